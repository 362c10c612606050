import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import { secret } from "../../../src/resource/secrets/secret.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import { changeOf, cloud, movesOf } from "../../support/run.ts";

const queue = (id: string, more: object = {}) => AWS.SQS.Queue(id, { QueueName: id, ...more });

describe("ignoreChanges", () => {
  test("sets a property at creation and leaves it alone from then on", async () => {
    const { deploy, emulator } = await cloud();
    const program = (DelaySeconds: number, VisibilityTimeout: number) => () =>
      queue("jobs", { DelaySeconds, VisibilityTimeout, ignoreChanges: ["/DelaySeconds"] });
    const model = () => emulator.resources()[0]?.Properties;
    await deploy(program(1, 30));
    expect(model()).toMatchObject({ DelaySeconds: 1 });
    expect(movesOf(await deploy(program(2, 30)))).toEqual(["jobs: nothing"]);
    emulator.change("AWS::SQS::Queue", emulator.resources()[0]?.Identifier ?? "", (now) => ({
      ...now,
      DelaySeconds: 9,
    }));
    expect(movesOf(await deploy(program(2, 60), { refresh: true }))).toEqual(["jobs: update"]);
    expect(model()).toMatchObject({ DelaySeconds: 9, VisibilityTimeout: 60 });
  });

  test("leaves what an adoption finds alone as well", async () => {
    const { deploy, emulator } = await cloud();
    emulator.put("AWS::Logs::LogGroup", { LogGroupName: "/app", RetentionInDays: 30 });
    const report = await deploy(() =>
      AWS.Logs.LogGroup("log", {
        LogGroupName: "/app",
        RetentionInDays: 7,
        adopt: true,
        ignoreChanges: ["/RetentionInDays"],
      }),
    );
    expect(changeOf(report, "log")).toMatchObject({ move: "adopt", patch: [] });
  });
});

describe("retain and protect", () => {
  test("count as soon as the script says so, and until it no longer does", async () => {
    const { deploy, destroy, emulator } = await cloud();
    await deploy(() => queue("jobs"));
    await deploy(() => queue("jobs", { protect: true }));
    expect(movesOf(await destroy())).toEqual(["jobs: PROTECTED"]);
    await deploy(() => queue("jobs", { retain: true }));
    expect(movesOf(await destroy())).toEqual(["jobs: forget"]);
    expect(emulator.resources()).toHaveLength(1);
  });

  test("a retained name is not freed for its own replacement", async () => {
    const { deploy, emulator } = await cloud();
    const rule = (more: object) => () =>
      AWS.Events.Rule("rule", { Name: "nightly", ScheduleExpression: "rate(1 day)", ...more });
    await deploy(rule({}));
    expect(movesOf(await deploy(rule({ replace: true, retain: true })))).toEqual(["rule: REPLACE_REFUSED"]);
    expect(emulator.calls.filter(({ api }) => api === "DeleteResource")).toEqual([]);
  });
});

describe("dependencies", () => {
  test("are today's: what is no longer used is deleted in any order again", async () => {
    const store = memoryStore();
    const { deploy } = await cloud({}, store);
    const program = (joined: boolean) => async (): Promise<void> => {
      const first = await queue("first");
      await queue("second", joined ? { dependsOn: [first] } : {});
    };
    const recorded = async (): Promise<unknown> => {
      const entry = (await (await store.open("test", "dev")).entries()).get("second");
      return entry && "dependencies" in entry ? entry.dependencies : undefined;
    };
    await deploy(program(true));
    expect(await recorded()).toEqual(["first"]);
    expect((await deploy(program(false))).calls).toEqual({});
    expect(await recorded()).toEqual([]);
  });

  test("on an id that was not declared and awaited before are refused", async () => {
    const { deploy, emulator } = await cloud();
    const report = await deploy(() => queue("second", { dependsOn: ["frist"] }));
    expect(changeOf(report, "second").error).toMatchObject({
      code: "VALIDATION",
      message: expect.stringContaining("frist"),
    });
    expect(emulator.calls).toEqual([]);
  });
});

test("a resource that vanishes between the look and the update is created again", async () => {
  const { deploy, emulator } = await cloud({
    faults: ({ api }) => {
      if (api === "UpdateResource")
        emulator.remove("AWS::SQS::Queue", emulator.resources()[0]?.Identifier ?? "");
      return undefined;
    },
  });
  await deploy(() => queue("jobs"));
  const report = await deploy(() => queue("jobs", { DelaySeconds: 5 }));
  expect(report.ok).toBe(true);
  expect(emulator.resources()).toHaveLength(1);
  expect(emulator.resources()[0]?.Properties).toMatchObject({ DelaySeconds: 5 });
});

test("a secret that cannot change in place is named by its path alone", async () => {
  const { deploy, events } = await cloud();
  const encrypted =
    (text: string, more: object = {}) =>
    () =>
      AWS.EFS.FileSystem("files", { Encrypted: true, KmsKeyId: secret(text), ...more });
  await deploy(encrypted("hush-one"));
  const refused = await deploy(encrypted("hush-two"));
  expect(changeOf(refused, "files").error).toMatchObject({
    code: "REPLACE_REFUSED",
    message: expect.stringContaining("/KmsKeyId"),
  });
  const replaced = await deploy(encrypted("hush-two", { allowReplace: true }));
  expect(changeOf(replaced, "files").because).toEqual([
    { path: "/KmsKeyId", from: "‹secret›", to: "‹secret›" },
  ]);
  expect(
    JSON.stringify([refused, replaced.changes[0]?.because, events.filter(({ name }) => name === "warning")]),
  ).not.toContain("hush");
});
