import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import type { Operation } from "../../../src/emulator/index.ts";
import { type Cloud, cloud, movesOf } from "../../support/run.ts";

/** A cloud in which one kind of write outlasts a run whose time is up at once. */
const slow = (kind: Operation): Promise<Cloud> =>
  cloud({ operationMs: (operation) => (operation === kind ? 600 : 1) });

const cutOff = { timeout: 1 };
const isOver = (): Promise<void> => sleep(700);

const queue = (id: string, more: object = {}) => AWS.SQS.Queue(id, { QueueName: id, ...more });
const topic = (TopicName: string, more: object = {}) => AWS.SNS.Topic("t", { TopicName, ...more });

const typesIn = ({ emulator }: Cloud): string[] => emulator.resources().map(({ TypeName }) => TypeName);

describe("a write that was cut off", () => {
  test("is settled as the type that its id had then, so that nothing is lost", async () => {
    const here = await slow("CREATE");
    await here.deploy(() => queue("x", cutOff));
    await isOver();
    const another = () => AWS.SNS.Topic("x", { TopicName: "other" });
    expect(movesOf(await here.deploy(another))).toEqual(["x: TYPE_CHANGED"]);
    expect(movesOf(await here.destroy())).toEqual(["x: delete"]);
    expect(typesIn(here)).toEqual([]);
  });

  test("keeps the protection that it was made with", async () => {
    const here = await slow("CREATE");
    await here.deploy(() => queue("x", { protect: true, ...cutOff }));
    await isOver();
    expect(movesOf(await here.destroy())).toEqual(["x: PROTECTED"]);
    expect(typesIn(here)).toHaveLength(1);
  });

  test("of a replacement keeps the old one where the script asks for it", async () => {
    const here = await slow("CREATE");
    await here.deploy(() => topic("one"));
    await here.deploy(() => topic("two", { retain: true, ...cutOff }));
    await isOver();
    await here.deploy(() => topic("two", { retain: true }));
    expect(here.emulator.resources().map(({ Properties }) => Properties["TopicName"])).toEqual([
      "one",
      "two",
    ]);
  });

  test("of a delete is not taken for that of a namesake of another type", async () => {
    const here = await cloud({ operationMs: (operation) => (operation === "DELETE" ? 1_500 : 1) });
    const bucket = () => AWS.S3.Bucket("x", { BucketName: "shared-name", allowReplace: true });
    await here.deploy(() => AWS.Logs.LogGroup("x", { LogGroupName: "shared-name" }));
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 800);
    await here.deploy(bucket, { signal: stop.signal, grace: 0 });
    await sleep(1_500);
    expect(movesOf(await here.deploy(bucket))).toEqual(["x: nothing"]);
    expect((await (await here.store.open("test", "dev")).entries()).size).toBe(1);
  });

  test("or failed half-way is ours: what it had added goes when the script takes it back", async () => {
    let isFailing = false;
    const here = await cloud({
      faults: ({ api }) =>
        isFailing && api === "UpdateResource"
          ? { failWith: { code: "NotStabilized", identifier: true, created: true } }
          : undefined,
    });
    await here.deploy(() => queue("x"));
    isFailing = true;
    await here.deploy(() => queue("x", { DelaySeconds: 7 }));
    isFailing = false;
    const [made] = here.emulator.resources();
    here.emulator.change("AWS::SQS::Queue", made?.Identifier ?? "", (now) => ({ ...now, DelaySeconds: 7 }));
    expect(movesOf(await here.deploy(() => queue("x")))).toEqual(["x: update"]);
    expect(here.emulator.resources()[0]?.Properties).not.toMatchObject({ DelaySeconds: 7 });
  });
});

describe("what is ignored", () => {
  test("has not been applied: once it is no longer ignored, it is", async () => {
    const { deploy, emulator } = await cloud();
    await deploy(() => queue("x", { DelaySeconds: 5 }));
    const ignoring = () => queue("x", { DelaySeconds: 10, ignoreChanges: ["/DelaySeconds"] });
    expect(movesOf(await deploy(ignoring))).toEqual(["x: nothing"]);
    expect((await deploy(ignoring)).calls).toEqual({});
    expect(movesOf(await deploy(() => queue("x", { DelaySeconds: 10 })))).toEqual(["x: update"]);
    expect(emulator.resources()[0]?.Properties).toMatchObject({ DelaySeconds: 10 });
  });

  test("stays as it is in an exact adoption", async () => {
    const { deploy, emulator } = await cloud();
    emulator.put("AWS::Logs::LogGroup", { LogGroupName: "/a", Tags: [{ Key: "team", Value: "a" }] });
    await deploy(() =>
      AWS.Logs.LogGroup("log", {
        LogGroupName: "/a",
        RetentionInDays: 7,
        adopt: { exact: true },
        ignoreChanges: ["/Tags"],
      }),
    );
    expect(emulator.resources()[0]?.Properties).toMatchObject({
      RetentionInDays: 7,
      Tags: [{ Key: "team", Value: "a" }],
    });
  });
});
