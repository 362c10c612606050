import { describe, expect, test } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import { catalogue } from "../../src/errors.ts";
import type { Event, Report } from "../../src/events.ts";
import type { Json } from "../../src/json.ts";
import { ndjson } from "../../src/render/ndjson.ts";
import { cloud } from "../support/run.ts";
import { reported } from "../support/render/report.ts";
import { faultsIn } from "../support/render/json-schema.ts";

const noon = Date.UTC(2026, 0, 2, 12);

/** The lines that are written for events. */
function written(events: readonly Event[]): string[] {
  const texts: string[] = [];
  const listener = ndjson(
    (text) => texts.push(text),
    () => noon,
  );
  for (const event of events) listener(event);
  return texts;
}

const json = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;
const parsed = (events: readonly Event[]): Json[] => written(events).map((line) => JSON.parse(line) as Json);
const queue = (id: string, more: object = {}) => AWS.SQS.Queue(id, { QueueName: id, ...more });

describe("events as JSON", () => {
  test("are one line each, with version, time and the event's own fields", () => {
    expect(
      written([
        { name: "notice", message: "two\nlines" },
        { name: "call", api: "GetResource" },
      ]),
    ).toEqual([
      '{"version":2,"time":"2026-01-02T12:00:00.000Z","name":"notice","message":"two\\nlines"}\n',
      '{"version":2,"time":"2026-01-02T12:00:00.000Z","name":"call","api":"GetResource"}\n',
    ]);
  });

  test("follow their schema whatever kind they are", () => {
    const about = { id: "jobs", type: "AWS::SQS::Queue" };
    const change = { ...about, move: "nothing", durationMs: 0 } as const;
    const events: Event[] = [
      { ...about, name: "started", move: "update", patch: [{ op: "move", from: "/A", path: "/B~1C/0" }] },
      { ...about, name: "started", move: "create", uses: ["net"] },
      { ...about, name: "step", step: "waiting", waitsFor: ["net"] },
      { ...about, name: "step", step: "queued", why: "its turn" },
      { ...about, name: "progress", elapsedMs: 1 },
      { ...about, name: "retry", reason: "Rate exceeded", code: "THROTTLED", attempt: 1, waitMs: 1 },
      { ...about, name: "warning", message: "m" },
      { ...about, name: "done", change },
      { ...about, name: "planned", change },
      { ...about, name: "failed", change },
      { name: "call", api: "GetResource" },
      { name: "notice", message: "m" },
      { name: "request", api: "GetResource", attempt: 1, ms: 12 },
      { ...about, name: "decision", move: "update", why: "w", paths: ["/A/0"] },
      { name: "record", id: "jobs", done: "written", status: "pending", intent: "create", bytes: 9 },
      { name: "record", id: "jobs", done: "removed" },
    ];
    expect(parsed(events).flatMap((line) => faultsIn(line, "events.schema.json"))).toEqual([]);
  });

  test.each<[string, object]>([
    ["an unknown name", { name: "begun", id: "a", type: "b" }],
    ["a field that is missing", { name: "started", id: "a", type: "b" }],
    ["a field of another kind", { name: "notice", message: 1 }],
    ["a step that is none", { name: "step", id: "a", type: "b", step: "making" }],
    ["a move that is none", { name: "started", id: "a", type: "b", move: "make" }],
    [
      "a path that is no pointer",
      { name: "started", id: "a", type: "b", move: "update", patch: [{ op: "remove", path: "A" }] },
    ],
    ["a field that is not described", { name: "notice", message: "m", level: 1 }],
  ])("do not follow it with %s", (_, event) => {
    const line = json({ version: 2, time: new Date(noon).toISOString(), ...event });
    expect(faultsIn(line, "events.schema.json")).not.toEqual([]);
  });
});

describe("real runs", () => {
  /** Every phase, with a replacement, an adoption, a failure, a throttle, a rename, drift and a plan that stops. */
  async function runs(): Promise<{ readonly events: readonly Event[]; readonly reports: readonly Report[] }> {
    const { deploy, destroy, emulator, events } = await cloud();
    const vpc = (CidrBlock: string) => AWS.EC2.VPC("net", { CidrBlock });
    emulator.put("AWS::Logs::LogGroup", { LogGroupName: "/app", RetentionInDays: 30 });
    const first = async (): Promise<void> => {
      await queue("jobs", { DelaySeconds: 1 });
      await queue("kept", { protect: true });
      await vpc("10.0.0.0/16");
      await AWS.Logs.LogGroup("app", { LogGroupName: "/app", RetentionInDays: 7, adopt: true });
      await AWS.SecretsManager.Secret("token", { Name: "token", SecretString: "hunter2-hunter2" });
    };
    const second = async (): Promise<void> => {
      await queue("jobs", { DelaySeconds: 2 });
      await vpc("10.1.0.0/16");
      await AWS.Logs.LogGroup("log", { LogGroupName: "/app" });
      const table = await AWS.DynamoDB.Table("table", {
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        BillingMode: "PAY_PER_REQUEST",
      });
      if (table.ProvisionedThroughput) await queue("never");
    };
    const renamed = async (): Promise<void> => {
      await AWS.Logs.LogGroup("log", { LogGroupName: "/app" });
    };
    const reports: Report[] = [];
    reports.push(await deploy(first, { phase: "plan" }), await deploy(first));
    reports.push(await deploy(second, { phase: "plan", unmanaged: true }));
    reports.push(await deploy(renamed, { phase: "plan" }));
    emulator.change("AWS::Logs::LogGroup", "/app", (now) => ({ ...now, RetentionInDays: 1 }));
    reports.push(await deploy(() => Promise.resolve(), { phase: "drift" }));
    reports.push(await deploy(second), await destroy(), await destroy());
    return { events, reports };
  }

  test("tell events and reports that their schemas describe", async () => {
    const { events, reports } = await runs();
    const names = new Set(events.map(({ name }) => name));
    expect([...names].toSorted()).toEqual(
      expect.arrayContaining(["call", "done", "failed", "planned", "progress", "started", "step"]),
    );
    const moves = new Set(reports.flatMap(({ changes }) => changes.map(({ move }) => move)));
    expect([...moves].toSorted()).toEqual(["adopt", "create", "delete", "nothing", "replace", "update"]);
    expect(reports.some(({ stopped }) => stopped)).toBe(true);
    expect(reports.some(({ renames }) => renames)).toBe(true);
    expect(reports.some(({ criticalPath }) => criticalPath)).toBe(true);
    expect(parsed(events).flatMap((line) => faultsIn(line, "events.schema.json"))).toEqual([]);
    expect(reports.flatMap((report) => faultsIn(json(report), "report.schema.json"))).toEqual([]);
  });
});

test("every code of the catalogue is one that the schema allows", () => {
  const codes = [...Object.keys(catalogue), "UNKNOWN"];
  const failures = codes.map((code) => ({ code, kind: "state", message: "m", advice: "" }));
  const { changes: _, ...report } = reported([]);
  const changes = failures.map((error) => ({ id: "a", type: "t", move: "create", error, durationMs: 0 }));
  expect(faultsIn(json({ ...report, changes }), "report.schema.json")).toEqual([]);
});
