import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import type { Report } from "../../src/events.ts";
import { changeOf, cloud, movesOf } from "../support/run.ts";

const plan = { phase: "plan" } as const;

const zoneOf = () => AWS.Route53.HostedZone("zone", { Name: "example.org" });
const panelOf = () => AWS.Route53RecoveryControl.ControlPanel("panel", { Name: "panel" });
const databaseOf = () =>
  AWS.RDS.DBInstance("db", { Engine: "postgres", DBInstanceClass: "db.t4g.micro", AllocatedStorage: "20" });
const queue = (id: string, more: object = {}) => AWS.SQS.Queue(id, { QueueName: id, ...more });

/** The plan of a program; what it caught stays its own affair. */
async function planned(program: () => Promise<unknown>): Promise<Report> {
  const { deploy } = await cloud();
  return deploy(program, plan);
}

/** As a program sees a value that it does not know the type of. */
type Any = Record<string, (...given: unknown[]) => unknown> & Iterable<unknown> & { readonly length: number };

const looks: readonly (readonly [string, (value: Any) => unknown])[] = [
  ["JSON.stringify", (value) => JSON.stringify({ value })],
  ["a template", (value) => `text ${value as unknown as string}`],
  ["String()", String],
  ["String.raw", (value) => String.raw`${value}`],
  ["concatenation", (value) => "a".concat(value as unknown as string)],
  ["a loop", (value) => [...value]],
  [
    "for in",
    (value) => {
      const names: string[] = [];
      for (const name in value) names.push(name);
      return names;
    },
  ],
  ["destructuring", ([first]: Any) => first],
  ["destructuring by name", ({ first }: Any) => first],
  ["spread into an object", (value) => ({ ...(value as object) })],
  ["spread into arguments", (value) => Math.max(...(value as Iterable<number>))],
  ["an index", (value) => value[0]],
  [".at()", (value) => value["at"]?.(0)],
  [".map()", (value) => value["map"]?.((one: unknown) => one)],
  [".split()", (value) => value["split"]?.(",")],
  [".length", (value) => value.length],
  [".toString()", (value) => value.toString()],
  ["Object.keys", (value) => Object.keys(value)],
  ["Object.entries", (value) => Object.entries(value)],
  ["Object.assign", (value) => Object.assign({}, value)],
  ["in", (value) => "a" in value],
  ["Array.from", (value) => Array.from(value)],
  ["Array.prototype.concat", (value) => (Array.isArray(value) ? ["a"].concat(value) : [...value])],
  ["Array.prototype.flat", (value) => (Array.isArray(value) ? [value].flat() : [...value])],
  ["new Set", (value) => new Set(value)],
  ["Number()", Number],
  ["BigInt()", (value) => BigInt(value as never)],
  ["parseInt", (value) => parseInt(value as never, 10)],
  ["isNaN", (value) => isNaN(value as never)],
  ["plus", (value) => +value],
  ["a sum", (value) => (value as never) + 1],
  [">", (value) => (value as never) > 3],
  ["==", (value) => (value as unknown) == 3],
  ["a property's name", (value) => ({ [value as never]: 1 })],
  ["new Date", (value) => new Date(value as never)],
  ["encodeURIComponent", (value) => encodeURIComponent(value as never)],
  ["a change", (value) => Object.assign(value, { a: 1 })],
  ["Object.freeze", (value) => Object.freeze(value)],
];

describe.each([
  ["a list", async () => (await zoneOf()).NameServers, "zone.NameServers"],
  ["a number", async () => (await panelOf()).RoutingControlCount, "panel.RoutingControlCount"],
  ["a boolean", async () => (await panelOf()).DefaultControlPanel, "panel.DefaultControlPanel"],
  ["a list in a copy", async () => ({ ...(await zoneOf()) }).NameServers, "zone.NameServers"],
  [
    "a number in a copy",
    async () => ({ ...(await panelOf()) }).RoutingControlCount,
    "panel.RoutingControlCount",
  ],
] as const)("%s that is known only after apply", (_, get, name) => {
  test.each(looks)("ends the plan where the program looks into it: %s", async (__, look) => {
    const report = await planned(async () => {
      const value = (await get()) as unknown as Any;
      look(value);
      await queue("never");
    });
    expect(report.stopped).toMatchObject({ code: "UNKNOWN_AT_PLAN" });
    expect(report.stopped?.message).toContain(`${name} is known only after apply`);
    expect(movesOf(report).join()).not.toContain("never");
  });

  test("may be passed on whole, awaited, returned, logged and asked what it is not", async () => {
    const report = await planned(async () => {
      const value = await get();
      expect(inspect(value)).toContain(`⟨${name}⟩`);
      expect(inspect({ value }, { showProxy: false })).toContain(`⟨${name}⟩`);
      const resolved = await Promise.resolve(value ?? []);
      await AWS.Route53.RecordSet("takes", {
        HostedZoneId: "Z1",
        Name: "a.example.org",
        Type: "NS",
        TTL: "60",
        ResourceRecords: resolved as never,
      });
    });
    expect(report.stopped).toBeUndefined();
    expect(changeOf(report, "takes")).toMatchObject({
      desired: { ResourceRecords: `⟨${name}⟩` },
      unknown: ["/ResourceRecords"],
    });
  });
});

describe("a scalar that is known only after apply", () => {
  test.each<readonly [string, (panel: Awaited<ReturnType<typeof panelOf>>) => unknown]>([
    ["if", (panel) => (panel.DefaultControlPanel ? queue("never") : undefined)],
    ["!", (panel) => (!panel.DefaultControlPanel ? undefined : queue("never"))],
    ["&&", (panel) => panel.DefaultControlPanel && queue("never")],
    ["===", (panel) => (panel.RoutingControlCount === 0 ? undefined : queue("never"))],
    [
      "switch",
      (panel) => {
        switch (panel.RoutingControlCount) {
          case 1:
            return undefined;
          default:
            return queue("never");
        }
      },
    ],
    ["typeof", (panel) => (typeof panel.RoutingControlCount === "number" ? undefined : queue("never"))],
    [
      "Number.isInteger",
      (panel) => (Number.isInteger(panel.RoutingControlCount) ? undefined : queue("never")),
    ],
    ["a choice", (panel) => queue("never", { DelaySeconds: panel.DefaultControlPanel ? 1 : 2 })],
    ["destructuring", ({ DefaultControlPanel }) => (DefaultControlPanel ? queue("never") : undefined)],
  ])("ends the plan where the program decides by it: %s", async (_, decide) => {
    const { deploy } = await cloud();
    await deploy(() => queue("old"));
    const report = await deploy(async () => {
      await queue("before");
      await decide(await panelOf());
      await queue("after");
    }, plan);
    expect(report.stopped).toMatchObject({ code: "UNKNOWN_AT_PLAN" });
    expect(movesOf(report)).toEqual(["before: create", "panel: create"]);
  });
});

describe("an object that is known only after apply", () => {
  test("is an object of placeholders", async () => {
    const seen: unknown[] = [];
    const report = await planned(async () => {
      const db = await databaseOf();
      const { Endpoint } = db;
      seen.push(
        `postgres://${Endpoint?.Address}:${Endpoint?.Port}/app`,
        { ...Endpoint }.Address,
        db.MasterUserSecret?.SecretArn,
      );
      await queue("takes", {
        RedrivePolicy: { Endpoint },
        KmsMasterKeyId: `at ${Endpoint?.Address ?? "none"}`,
      });
    });
    expect(report.stopped).toBeUndefined();
    expect(seen).toEqual([
      "postgres://⟨db.Endpoint.Address⟩:⟨db.Endpoint.Port⟩/app",
      "⟨db.Endpoint.Address⟩",
      "⟨db.MasterUserSecret.SecretArn⟩",
    ]);
    expect(changeOf(report, "takes").desired).toMatchObject({
      KmsMasterKeyId: "at ⟨db.Endpoint.Address⟩",
      RedrivePolicy: { Endpoint: { Address: "⟨db.Endpoint.Address⟩" } },
    });
  });

  test("is there inside what the script has stated", async () => {
    const report = await planned(async () => {
      const fn = await AWS.CloudFront.Function("fn", {
        Name: "fn",
        FunctionCode: "x",
        FunctionConfig: { Comment: "", Runtime: "cloudfront-js-2.0" },
        FunctionMetadata: {},
      } as never);
      await queue("takes", {
        KmsMasterKeyId: (fn as { FunctionMetadata?: { FunctionARN?: string } }).FunctionMetadata?.FunctionARN,
      });
    });
    expect(changeOf(report, "takes").desired).toMatchObject({
      KmsMasterKeyId: "⟨fn.FunctionMetadata.FunctionARN⟩",
    });
  });
});

describe("text that is known only after apply", () => {
  test.each<readonly [string, (text: string) => string]>([
    ["split", (text) => text.split(".")[0] ?? ""],
    ["slice", (text) => text.slice(3)],
    ["substring in other text", (text) => `a-${text.substring(0, 3)}-b`],
    ["an index", (text) => text[0] ?? ""],
    ["replace", (text) => text.replace("⟩", "")],
  ])("ends the plan where a piece of it is passed on: %s", async (_, cut) => {
    const report = await planned(async () => {
      const { Arn } = await queue("jobs");
      await queue("never", { KmsMasterKeyId: cut(Arn) });
    });
    expect(report.stopped).toMatchObject({ code: "UNKNOWN_AT_PLAN" });
    expect(report.stopped?.message).toContain("/KmsMasterKeyId holds a piece of");
  });

  test("may go into other text, upper case, lists and JSON", async () => {
    const report = await planned(async () => {
      const { Arn } = await queue("jobs");
      const policy = JSON.stringify({ Resource: [Arn, `${Arn}/*`, Arn.toUpperCase()] });
      await queue("takes", { KmsMasterKeyId: policy });
    });
    expect(report.stopped).toBeUndefined();
    expect(changeOf(report, "takes").unknown).toEqual(["/KmsMasterKeyId"]);
  });
});

test("outputs themselves can be logged, copied, awaited and asked for their names", async () => {
  const report = await planned(async () => {
    for (const outputs of [await zoneOf(), await panelOf(), await databaseOf()]) {
      expect(inspect(outputs, { depth: 5 })).toContain("⟨");
      expect(await Promise.resolve(outputs)).toBe(outputs);
      expect(Object.keys(outputs).length).toBeGreaterThan(1);
      expect("Name" in { ...outputs } || "Engine" in { ...outputs }).toBe(true);
    }
  });
  expect(report.stopped).toBeUndefined();
});

test("a copy asks for what the script states, and a deploy does the same", async () => {
  const { deploy } = await cloud();
  const program = async (): Promise<void> => {
    const zone = await zoneOf();
    await AWS.Route53.HostedZone("copy", { ...zone, Name: "example.com" });
    await AWS.Route53.RecordSet("ns", {
      Name: "sub.example.org",
      Type: "NS",
      TTL: "300",
      HostedZoneId: zone.Id,
      ResourceRecords: zone.NameServers,
    });
  };
  const report = await deploy(program, plan);
  expect(report.stopped).toBeUndefined();
  expect(changeOf(report, "ns").unknown).toContain("/ResourceRecords");
  const { changes } = report;
  const file = { version: 1, app: "test", stage: "dev", plannedAt: "", changes } as const;
  const done = await deploy(program, { plan: file });
  expect(done.changes.map(({ error }) => error?.message)).toEqual([undefined, undefined, undefined]);
});
