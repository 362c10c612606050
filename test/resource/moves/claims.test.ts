import * as fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { runAll } from "../../../src/app/run.ts";
import type { RunOptions } from "../../../src/app/options/run-options.ts";
import { settingsOf } from "../../../src/app/options/settings.ts";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../../src/emulator/index.ts";
import { isResourceError } from "../../../src/errors.ts";
import type { Report } from "../../../src/events.ts";
import AWS from "../../../src/index.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import { changeOf, movesOf } from "../../support/run.ts";
import { fakeClock } from "../../support/wire/fake-clock.ts";

const codes =
  "InvalidRequest AccessDenied InternalFailure GeneralServiceException NotStabilized ServiceInternalError NetworkFailure " +
  "ResourceConflict Throttling ServiceLimitExceeded NotUpdatable NotFound AlreadyExists ServiceTimeout " +
  "InvalidCredentials HandlerFailure";

type Run = (phase: Report["phase"], program: () => Promise<unknown>, more?: RunOptions) => Promise<Report>;

/** A cloud on a clock that sleeping moves: hours pass at once. */
async function world(
  options: EmulatorOptions = {},
): Promise<{ emulator: Emulator; run: Run; wait: (ms: number) => void; recorded: () => Promise<string[]> }> {
  const clock = fakeClock();
  const emulator = await startEmulator({ operationMs: 1, now: () => clock.now(), ...options });
  onTestFinished(() => emulator.close());
  const store = memoryStore();
  const run: Run = (phase, program, more = {}) => {
    const settings = settingsOf("mine", { store, endpoint: emulator.url, schemas: "bundled", ...more }, {});
    return runAll({ ...settings, region: "us-east-1", clock }, { phase }, program);
  };
  const recorded = async (): Promise<string[]> => {
    const entries = [...(await (await store.open("mine", "dev")).entries()).values()];
    return entries.flatMap((entry) =>
      isResourceError(entry)
        ? []
        : [entry.identifier, ...(entry.superseded ?? []).map((old) => old.identifier)].filter(
            (one) => one !== undefined,
          ),
    );
  };
  return { emulator, run, recorded, wait: (ms) => clock.advance(ms) };
}

const nothing = (): Promise<void> => Promise.resolve();

describe("what existed before a create began", () => {
  const users = {
    TableName: "users",
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    BillingMode: "PAY_PER_REQUEST",
  };

  test.each(codes.split(" "))(
    "is not recorded when the create fails with %s and names it, and no destroy deletes it",
    async (code) => {
      const { emulator, run, recorded } = await world({
        faults: ({ api }) =>
          api === "CreateResource" ? { failWith: { code, identifier: true } } : undefined,
      });
      emulator.put("AWS::DynamoDB::Table", users);
      const report = await run("deploy", () => AWS.DynamoDB.Table("mine", users));
      expect(report.ok).toBe(false);
      expect(await recorded()).toEqual([]);
      await run("destroy", nothing);
      expect(emulator.resources().map(({ Identifier }) => Identifier)).toEqual(["users"]);
    },
  );

  test("is neither updated by the corrected script", async () => {
    let isBad = true;
    const { emulator, run } = await world({
      faults: ({ api }) =>
        api === "CreateResource" && isBad
          ? { failWith: { code: "InvalidRequest", identifier: true } }
          : undefined,
    });
    emulator.put("AWS::DynamoDB::Table", users);
    await run("deploy", () => AWS.DynamoDB.Table("mine", users));
    isBad = false;
    const report = await run("deploy", () =>
      AWS.DynamoDB.Table("mine", { ...users, Tags: [{ Key: "a", Value: "b" }] }),
    );
    expect(movesOf(report)).toEqual(["mine: ALREADY_EXISTS"]);
    expect(emulator.resources()[0]?.Properties).not.toHaveProperty("Tags");
  });
});

describe("what a failing create of ours has made", () => {
  const kinds: [string, () => Promise<unknown>][] = [
    ["named by its user", () => AWS.Logs.LogGroup("it", { LogGroupName: "/mine" })],
    ["named by AWS", () => AWS.EC2.VPC("it", { CidrBlock: "10.0.0.0/16" })],
  ];
  const made = codes.split(" ").filter((code) => code !== "AlreadyExists");
  test.each(kinds.flatMap(([kind, declare]) => made.map((code) => [code, kind, declare] as const)))(
    "with %s, %s, is healed by the next runs: one exists and is recorded",
    async (code, _, declare) => {
      let left = 1;
      const { emulator, run, recorded } = await world({
        faults: ({ api }) =>
          api === "CreateResource" && left-- > 0
            ? { failWith: { code, identifier: true, created: true } }
            : undefined,
      });
      await run("deploy", declare);
      const second = await run("deploy", declare);
      expect(second.changes.filter(({ error }) => error)).toEqual([]);
      const there = emulator.resources().map(({ Identifier }) => Identifier);
      expect(there).toHaveLength(1);
      expect(await recorded()).toEqual(there);
      expect(movesOf(await run("destroy", nothing))).toEqual(["it: delete"]);
      expect(emulator.resources()).toEqual([]);
    },
  );
});

describe("a create that succeeded", () => {
  const declares = [
    () => AWS.EC2.VPC("it", { CidrBlock: "10.0.0.0/16" }),
    () => AWS.SQS.Queue("it", { QueueName: "jobs" }),
    () => AWS.Logs.LogGroup("it", { LogGroupName: "/mine" }),
    () => AWS.SNS.Topic("it", { TopicName: "alerts" }),
  ];

  test("is never made again and never forgotten, however long reads lag (0 s to 1 h)", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(3),
        fc.integer({ min: 0, max: 3_600 }),
        fc.array(fc.integer({ min: 0, max: 1_800 }), { minLength: 1, maxLength: 4 }),
        async (which, staleSeconds, pauses) => {
          const declare = declares[which];
          if (!declare) return;
          const { emulator, run, recorded, wait } = await world({ staleReadMs: staleSeconds * 1000 });
          for (const seconds of pauses) {
            await run("deploy", declare);
            const there = emulator.resources().map(({ Identifier }) => Identifier);
            expect(there).toHaveLength(1);
            expect(await recorded()).toEqual(there);
            wait(seconds * 1000);
          }
          await run("destroy", nothing);
          expect(emulator.resources()).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  }, 120_000);
});

describe("NotFound", () => {
  test.each([
    [
      "KMS key",
      () => AWS.KMS.Key("it", { KeyPolicy: { Version: "2012-10-17", Statement: [] }, protect: true }),
    ],
    ["VPC", () => AWS.EC2.VPC("it", { CidrBlock: "10.0.0.0/16", protect: true })],
    ["queue", () => AWS.SQS.Queue("it", { QueueName: "q", protect: true })],
  ])("once of a settled %s makes no second one", async (_, declare) => {
    let isBlind = false;
    const { emulator, run } = await world({
      faults: ({ api }) => {
        if (api !== "GetResource" || !isBlind) return undefined;
        isBlind = false;
        return { error: { type: "ResourceNotFoundException", message: "was not found" } };
      },
    });
    await run("deploy", declare);
    isBlind = true;
    const report = await run("deploy", declare, { refresh: true });
    expect(movesOf(report)).toEqual(["it: nothing"]);
    expect(emulator.resources()).toHaveLength(1);
  });

  test("for good of a protected resource is refused, and of another told and made again", async () => {
    const { emulator, run } = await world();
    const queue = (protect: boolean) => () => AWS.SQS.Queue("it", { QueueName: "q", protect });
    await run("deploy", queue(true));
    for (const { TypeName, Identifier } of emulator.resources()) emulator.remove(TypeName, Identifier);
    expect(movesOf(await run("deploy", queue(true), { refresh: true }))).toEqual(["it: PROTECTED"]);
    expect(emulator.resources()).toEqual([]);
  });
});

describe("what the service says of a resource", () => {
  test("a remnant that shows a failed status is UNHEALTHY, and says what to do", async () => {
    const { run } = await world({
      faults: ({ api, count }) =>
        api === "CreateResource" && count === 1
          ? {
              failWith: {
                code: "NotStabilized",
                identifier: true,
                created: true,
                remnant: { State: "ERROR" },
              },
            }
          : undefined,
    });
    const canary = () =>
      AWS.Synthetics.Canary("it", {
        Name: "canary",
        ArtifactS3Location: "s3://artefacts",
        Code: { Handler: "index.handler", S3Bucket: "code", S3Key: "canary.zip" },
        ExecutionRoleArn: "arn:aws:iam::123456789012:role/canary",
        RuntimeVersion: "syn-nodejs-puppeteer-9.0",
        Schedule: { Expression: "rate(5 minutes)" },
      });
    expect(movesOf(await run("deploy", canary))).toEqual(["it: NOT_STABILIZED"]);
    const next = await run("deploy", canary);
    expect(movesOf(next)).toEqual(["it: UNHEALTHY"]);
    expect(changeOf(next, "it").error?.message).toMatch(/State is ERROR.*replace: true/s);
  });

  test("a create that had failed is settled only with a word about it, in the report too", async () => {
    const { run } = await world({
      faults: ({ api, count }) =>
        api === "CreateResource" && count === 1
          ? { failWith: { code: "NotStabilized", identifier: true, created: true } }
          : undefined,
    });
    const declare = () => AWS.Logs.LogGroup("it", { LogGroupName: "/mine" });
    await run("deploy", declare);
    const next = await run("deploy", declare);
    expect(changeOf(next, "it").warnings?.join()).toContain("NOT_STABILIZED");
  });

  test.each([
    ["a change", "/DelaySeconds", { DelaySeconds: 5 }, { DelaySeconds: 30 }],
    ["a switch", "/SqsManagedSseEnabled", { SqsManagedSseEnabled: false }, { SqsManagedSseEnabled: true }],
    ["a number", "/VisibilityTimeout", { VisibilityTimeout: 30 }, { VisibilityTimeout: 60 }],
    ["another number", "/MaximumMessageSize", { MaximumMessageSize: 2048 }, { MaximumMessageSize: 4096 }],
    ["a period", "/MessageRetentionPeriod", { MessageRetentionPeriod: 60 }, { MessageRetentionPeriod: 90 }],
  ])(
    "%s that it takes and does not heed is told, is drift, and is not sent again and again",
    async (_, path, before, after) => {
      const type = "AWS::SQS::Queue";
      let isDeaf = false;
      const ignores = {
        get [type]() {
          return isDeaf ? [path] : [];
        },
      };
      const { emulator, run } = await world({ ignores });
      const declare = (props: object) => () => AWS.SQS.Queue("it", { QueueName: "q", ...props });
      await run("deploy", declare(before));
      isDeaf = true;
      const report = await run("deploy", declare(after));
      expect(changeOf(report, "it").warnings?.join()).toContain(path);
      const drift = await run("drift", nothing);
      expect(changeOf(drift, "it")).toMatchObject({ drift: "drifted", paths: [path] });
      const updates = (): number => emulator.calls.filter(({ api }) => api === "UpdateResource").length;
      const sent = updates();
      await run("deploy", declare(after));
      expect(updates()).toBe(sent);
    },
  );
});
