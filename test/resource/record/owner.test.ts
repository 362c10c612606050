import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import type { Entry } from "../../../src/entry.ts";
import { isRecordOf } from "../../../src/resource/record/owner.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import { changeOf, cloud, movesOf } from "../../support/run.ts";

const log = (id: string, more: object = {}) => AWS.Logs.LogGroup(id, { LogGroupName: "/app", ...more });

describe("one AWS resource under two ids", () => {
  test("is adopted by one of them, whichever comes first, and refused to the other", async () => {
    const { deploy, emulator } = await cloud();
    emulator.put("AWS::Logs::LogGroup", { LogGroupName: "/app", RetentionInDays: 30 });
    const report = await deploy(() =>
      Promise.allSettled([
        log("a", { RetentionInDays: 7, adopt: true }),
        log("b", { RetentionInDays: 14, adopt: true }),
      ]),
    );
    const [taken, refused] = report.changes.toSorted(
      (one, other) => Number(!!one.error) - Number(!!other.error),
    );
    expect(taken).toMatchObject({ move: "adopt" });
    expect(refused?.error).toMatchObject({
      code: "OWNED",
      message: expect.stringContaining(`"${taken?.id}"`),
    });
    expect(emulator.resources()[0]?.Properties["RetentionInDays"]).toBe(taken?.id === "a" ? 7 : 14);
  });

  test("is refused although the other id is no longer declared, and is not deleted", async () => {
    const { deploy, emulator } = await cloud();
    await deploy(() => log("before"));
    const report = await deploy(() => log("after", { adopt: true }));
    expect(changeOf(report, "after").error).toMatchObject({
      code: "OWNED",
      advice: expect.stringContaining('renamedFrom: "before"'),
    });
    expect(emulator.resources()).toHaveLength(1);
    const renamed = await deploy(() => log("after", { adopt: true, renamedFrom: "before" }));
    expect(movesOf(renamed)).toEqual(["after: nothing"]);
  });

  test("is left to the first when a create answers with what is there", async () => {
    const store = memoryStore();
    const { deploy, emulator } = await cloud({}, store);
    await deploy(() => log("first"));
    emulator.remove("AWS::Logs::LogGroup", "/app");
    const report = await deploy(() => Promise.allSettled([log("second"), log("first")]));
    expect(movesOf(report)).toEqual(["first: nothing", "second: OWNED"]);
    const entries = await (await store.open("test", "dev")).entries();
    expect([...entries.keys()]).toEqual(["first"]);
  });

  test("is forgotten under the id that is no longer declared when a rename was cut off half-way", async () => {
    const store = memoryStore();
    const { deploy, emulator } = await cloud({}, store);
    await deploy(() => log("before"));
    const state = await store.open("test", "dev");
    const entry = (await state.entries()).get("before");
    if (!entry || entry instanceof Error) throw new Error("nothing was recorded");
    await state.put({ ...entry, id: "after" });
    expect(movesOf(await deploy(() => log("after", { renamedFrom: "before" })))).toEqual([
      "after: nothing",
      "before: forget",
    ]);
    expect(emulator.resources()).toHaveLength(1);
  });

  test("is deleted once by a destroy that finds it twice", async () => {
    const store = memoryStore();
    const { deploy, destroy, emulator } = await cloud({}, store);
    await deploy(() => log("one"));
    const state = await store.open("test", "dev");
    const entry = (await state.entries()).get("one");
    if (!entry || entry instanceof Error) throw new Error("nothing was recorded");
    await state.put({ ...entry, id: "two" });
    expect(movesOf(await destroy()).toSorted()).toEqual(["one: forget", "two: delete"]);
    expect(emulator.resources()).toEqual([]);
  });
});

describe("a rename", () => {
  const queue = (id: string, more: object = {}) => AWS.SQS.Queue(id, { QueueName: "jobs", ...more });

  test("keeps the resource and its fixed name, and may be left in the script", async () => {
    const { deploy, emulator } = await cloud();
    await deploy(() => queue("a"));
    const program = () => queue("b", { renamedFrom: "a" });
    expect((await deploy(program)).calls).toEqual({});
    expect((await deploy(program)).calls).toEqual({});
    await deploy(() => queue("c", { renamedFrom: "b", DelaySeconds: 1 }));
    expect(emulator.resources()).toHaveLength(1);
    expect(movesOf(await deploy(() => Promise.resolve()))).toEqual(["c: delete"]);
  });

  test("from an id that is declared still takes nothing from it", async () => {
    const { deploy, emulator } = await cloud();
    const program = async (): Promise<void> => {
      await queue("a");
      await AWS.SQS.Queue("b", { QueueName: "others", renamedFrom: "a" });
    };
    await deploy(() => queue("a"));
    expect(movesOf(await deploy(program))).toEqual(["a: nothing", "b: create"]);
    expect(emulator.resources()).toHaveLength(2);
  });

  test("of what was made elsewhere is refused and moves nothing", async () => {
    const store = memoryStore();
    const first = await cloud({}, store);
    const second = await cloud({}, store);
    await first.deploy(() => queue("a"));
    expect(movesOf(await second.deploy(() => queue("b", { renamedFrom: "a" })))).toEqual([
      "b: STATE_ELSEWHERE",
    ]);
    expect(movesOf(await first.deploy(() => queue("a")))).toEqual(["a: nothing"]);
  });

  test("to another type is a change of type", async () => {
    const { deploy, emulator } = await cloud();
    await deploy(() => queue("a"));
    expect(movesOf(await deploy(() => log("b", { renamedFrom: "a" })))).toEqual(["b: TYPE_CHANGED"]);
    expect(emulator.resources()).toHaveLength(1);
  });
});

test("a conflict during a replacement is adopted, and the old one is still deleted", async () => {
  const { deploy, emulator } = await cloud();
  const bucket = (BucketName: string) => () => AWS.S3.Bucket("files", { BucketName, allowReplace: true });
  await deploy(bucket("one"));
  emulator.put("AWS::S3::Bucket", { BucketName: "two" });
  const report = await deploy(bucket("two"), { adopt: true });
  expect(movesOf(report)).toEqual(["files: replace"]);
  expect(emulator.resources().map(({ Identifier }) => Identifier)).toEqual(["two"]);
});

describe("one name in two accounts", () => {
  const home = { region: "us-east-1", partition: "aws" };
  const entry = (more: object): Entry => ({
    version: 1,
    id: "theirs",
    type: "AWS::Logs::LogGroup",
    home,
    identifier: "/app",
    status: "settled",
    desired: {},
    digests: {},
    live: {},
    dependencies: [],
    updatedAt: "",
    ...more,
  });
  const claim = { id: "mine", type: "AWS::Logs::LogGroup", identifier: "/app", home };

  test("is two resources, where both are known or other profiles are asked for", () => {
    const of = (account: string): object => ({ home: { ...home, account } });
    expect(isRecordOf(entry(of("111111111111")), { ...claim, ...of("222222222222") })).toBe(false);
    expect(isRecordOf(entry(of("111111111111")), { ...claim, ...of("111111111111"), profile: "a" })).toBe(
      true,
    );
    expect(isRecordOf(entry({ profile: "dev" }), { ...claim, profile: "prod" })).toBe(false);
    expect(isRecordOf(entry({ profile: "dev" }), { ...claim, profile: "dev" })).toBe(true);
  });
});
