import { expect, onTestFinished, test } from "vitest";
import { runAll } from "../../../src/app/run.ts";
import { settingsOf } from "../../../src/app/options/settings.ts";
import { AWS } from "../../../src/aws/namespace.ts";
import { startEmulator } from "../../../src/emulator/index.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import { movesOf } from "../../support/run.ts";
import { fakeClock } from "../../support/wire/fake-clock.ts";

const policy = { Version: "2012-10-17", Statement: [] };

const types: Readonly<Record<string, () => Promise<unknown>>> = {
  "a queue": () => AWS.SQS.Queue("it", { QueueName: "ours" }),
  "a topic": () => AWS.SNS.Topic("it", { TopicName: "ours" }),
  "a managed policy": () =>
    AWS.IAM.ManagedPolicy("it", { ManagedPolicyName: "ours", PolicyDocument: policy }),
  "a log group": () => AWS.Logs.LogGroup("it", { LogGroupName: "/ours" }),
  "a role": () => AWS.IAM.Role("it", { RoleName: "ours", AssumeRolePolicyDocument: policy }),
  "a bucket": () => AWS.S3.Bucket("it", { BucketName: "ours-of-today" }),
};

const cases = Object.keys(types).flatMap((what) => [false, true].map((adopt) => [what, adopt] as const));

test.each(cases)(
  "what a first try has made and no read shows yet is the app's when a second one finds its name taken: %s, adopt %s",
  async (what, adopt) => {
    const clock = fakeClock();
    let tries = 0;
    let isLagging = false;
    const emulator = await startEmulator({
      operationMs: 1,
      now: () => clock.now(),
      faults: ({ api }) => {
        if (api === "CreateResource" && tries++ === 0) {
          isLagging = true;
          return { failWith: { code: "ResourceConflict", identifier: true, created: true } };
        }
        return api === "GetResource" && isLagging
          ? { error: { type: "ResourceNotFoundException", message: "not yet" } }
          : undefined;
      },
    });
    onTestFinished(() => emulator.close());
    const store = memoryStore();
    const run = async (phase: "deploy" | "destroy"): Promise<string[]> => {
      const settings = settingsOf(
        "test",
        { store, endpoint: emulator.url, schemas: "bundled", allowDelete: true, adopt },
        {},
      );
      const program = types[what] ?? (() => Promise.resolve());
      return movesOf(await runAll({ ...settings, region: "us-east-1", clock }, { phase }, program));
    };
    await run("deploy");
    isLagging = false;
    expect(emulator.resources()).toHaveLength(1);
    await run("deploy");
    expect(await run("deploy")).toEqual(["it: nothing"]);
    await run("destroy");
    expect(emulator.resources()).toEqual([]);
  },
);
