import { afterEach, describe, expect, test, vi } from "vitest";
import { tracesAskedIn } from "../../../src/app/options/debug.ts";
import { AWS } from "../../../src/aws/namespace.ts";
import type { Event, Trace } from "../../../src/events.ts";
import { isTrace } from "../../../src/events.ts";
import { secret } from "../../../src/resource/secrets/secret.ts";
import type { Json } from "../../../src/json.ts";
import { faultsIn } from "../../support/render/json-schema.ts";
import { cloud } from "../../support/run.ts";

afterEach(() => vi.unstubAllEnvs());

const debug = (channels: string): unknown => vi.stubEnv("AWAIT_AWS_DEBUG", channels);
const queue = (id: string, more: object = {}) => AWS.SQS.Queue(id, { QueueName: id, ...more });

function tracesOf<Name extends Trace["name"]>(
  events: readonly Event[],
  name: Name,
): Extract<Trace, { name: Name }>[] {
  return events.filter((event): event is Extract<Trace, { name: Name }> => event.name === name);
}

describe("AWAIT_AWS_DEBUG", () => {
  test.each<[string | undefined, readonly string[]]>([
    [undefined, []],
    ["", []],
    [" , ,", []],
    ["wire", ["request"]],
    ["wire,decide,state", ["request", "decision", "record"]],
    [" state , wire ,state", ["record", "request"]],
  ])("%j asks for %j", (text, names) => {
    expect([...tracesAskedIn(text)]).toEqual(names);
  });

  test.each([
    ["wires", '"wires", did you mean wire?'],
    ["wire,decied", '"decied", did you mean decide?'],
    ["State", '"State", did you mean state?'],
    ["wire;state", '"wire;state"; there are wire, decide, state'],
    ["*", '"*"; there are wire, decide, state'],
    ["toString", '"toString"; there are wire, decide, state'],
    ["1", '"1"; there are wire, decide, state'],
  ])("%s is refused, with the nearest channel", (text, message) => {
    expect(() => tracesAskedIn(text)).toThrow(`AWAIT_AWS_DEBUG has no channel ${message}`);
  });

  test("ends a run with a slip in it before anything is sent", async () => {
    debug("wrie");
    const { deploy, emulator } = await cloud();
    await expect(deploy(() => queue("jobs"))).rejects.toThrow("did you mean wire?");
    expect(emulator.resources()).toEqual([]);
  });

  test("tells nothing where it is not set, and of what is asked nothing but that", async () => {
    const { deploy, events } = await cloud();
    await deploy(() => queue("jobs"));
    expect(events.filter(isTrace)).toEqual([]);
    debug("decide");
    await deploy(() => queue("jobs", { DelaySeconds: 1 }));
    expect(events.filter(isTrace).map(({ name }) => name)).toEqual(["decision"]);
  });

  test("is told as the schema of events says", async () => {
    debug("wire,decide,state");
    const { deploy, destroy, events } = await cloud();
    await deploy(() => queue("jobs", { DelaySeconds: 1 }));
    await deploy(() => queue("jobs", { DelaySeconds: 2 }));
    await destroy();
    const time = new Date(0).toISOString();
    const lines = events
      .filter(isTrace)
      .map((trace) => JSON.parse(JSON.stringify({ version: 2, time, ...trace })) as Json);
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.flatMap((line) => faultsIn(line, "events.schema.json"))).toEqual([]);
  });
});

describe("the channel wire", () => {
  test("tells every request once, with the tokens that tie a write to its polls", async () => {
    debug("wire");
    const { deploy, events } = await cloud();
    await deploy(() => queue("jobs"));
    const requests = tracesOf(events, "request");
    expect(requests.map(({ api }) => api).toSorted()).toEqual(
      events.flatMap((event) => (event.name === "call" ? [event.api] : [])).toSorted(),
    );
    const write = requests.find(({ api }) => api === "CreateResource");
    expect(write).toMatchObject({ type: "AWS::SQS::Queue", attempt: 1 });
    expect(write?.clientToken).toMatch(/^[-0-9a-f]{36}$/);
    const poll = requests.find(({ api }) => api === "GetResourceRequestStatus");
    expect(poll).toMatchObject({ requestToken: write?.requestToken, type: "AWS::SQS::Queue" });
    const read = requests.find(({ api }) => api === "GetResource");
    expect(read?.identifier).toBe(poll?.identifier);
    expect(requests.every(({ ms }) => ms >= 0)).toBe(true);
  });

  test("tells each try, and how it failed", async () => {
    debug("wire");
    const { deploy, events } = await cloud({
      faults: ({ api, count }) => (api === "CreateResource" && count <= 2 ? { throttle: true } : undefined),
    });
    await deploy(() => queue("jobs"));
    const tries = tracesOf(events, "request").filter(({ api }) => api === "CreateResource");
    expect(tries.map(({ attempt, code }) => `${attempt} ${code ?? "ok"}`)).toEqual([
      "1 THROTTLED",
      "2 THROTTLED",
      "3 ok",
    ]);
    expect(new Set(tries.map(({ clientToken }) => clientToken)).size).toBe(1);
  });

  test("tells of requests to other services than Cloud Control", async () => {
    debug("wire");
    const { deploy, events, emulator } = await cloud();
    emulator.put("AWS::SQS::Queue", { QueueName: "jobs" });
    await deploy(async () => {
      const api = await AWS.ApiGatewayV2.Api("api", { Name: "api", ProtocolType: "HTTP" });
      const routes = AWS.ApiGatewayV2.Route.list({ ApiId: api.ApiId });
      for await (const route of routes) expect(route).toBeDefined();
      await queue("jobs", { DelaySeconds: 3, adopt: true });
    });
    const about = tracesOf(events, "request").map(({ api, type }) => `${api} ${type}`);
    expect(about).toContain("GetRoutes AWS::ApiGatewayV2::Route");
    expect(about).toContain("DescribeType AWS::SQS::Queue");
  });
});

describe("the channel decide", () => {
  test("tells why of every move, by its places", async () => {
    debug("decide");
    const { deploy, destroy, events, emulator } = await cloud();
    emulator.put("AWS::Logs::LogGroup", { LogGroupName: "/app", RetentionInDays: 30 });
    const vpc = (CidrBlock: string) => AWS.EC2.VPC("net", { CidrBlock, allowReplace: true });
    await deploy(async () => {
      await queue("jobs", { DelaySeconds: 1 });
      await queue("old");
      await vpc("10.0.0.0/16");
      await AWS.Logs.LogGroup("log", { LogGroupName: "/app", RetentionInDays: 7, adopt: true });
    });
    await deploy(
      async () => {
        await queue("jobs", { DelaySeconds: 2 });
        await vpc("10.1.0.0/16");
        await AWS.Logs.LogGroup("log", { LogGroupName: "/app", RetentionInDays: 7, adopt: true });
      },
      { allowDelete: true },
    );
    await destroy();
    expect(
      tracesOf(events, "decision").map(({ id, move, why, paths = [] }) =>
        [id, `${move}: ${why}`, ...paths].join(" | "),
      ),
    ).toEqual([
      "jobs | create: nothing is recorded of it",
      "old | create: nothing is recorded of it",
      "net | create: nothing is recorded of it",
      "log | adopt: /app exists and is taken over | /RetentionInDays",
      "jobs | update: live is not as it is asked for; replaced if AWS refuses | /DelaySeconds",
      "net | replace: what is fixed at creation differs, create-first | /CidrBlock",
      "log | nothing: settled, and asked for as it is recorded",
      "old | delete: it is no longer declared",
      "jobs | delete: all that is recorded is to go",
      "net | delete: all that is recorded is to go",
      "log | delete: all that is recorded is to go",
    ]);
  });
});

describe("the channel state", () => {
  test("tells each write of an entry, by its status, the move begun and its size", async () => {
    debug("state");
    const { deploy, destroy, events } = await cloud();
    await deploy(() => queue("jobs"));
    await destroy();
    const records = tracesOf(events, "record");
    expect(records.map(({ done, status, intent }) => [done, status, intent].join(" ").trim())).toEqual([
      // Begun; nobody has its name; AWS has taken it on.
      "written pending create",
      "written pending create",
      "written pending create",
      "written settled",
      "written settled delete",
      "written settled delete",
      "removed",
    ]);
    expect(records.filter(({ done }) => done === "written").every(({ bytes = 0 }) => bytes > 100)).toBe(true);
  });

  test("tells nothing of a plan, which writes none", async () => {
    debug("state");
    const { deploy, events } = await cloud();
    await deploy(() => queue("jobs"), { phase: "plan" });
    expect(tracesOf(events, "record")).toEqual([]);
  });
});

describe("no secret", () => {
  const [marked, writeOnly] = ["correct-horse-battery", "Tr0ub4dor-and-3"];

  test("stands in any of it, whatever is done with it", async () => {
    debug("wire,decide,state");
    const { deploy, destroy, events, emulator } = await cloud();
    emulator.put("AWS::SQS::Queue", { QueueName: marked });
    const program = (size: string, name: string) => async () => {
      await AWS.SSM.Parameter("token", {
        Type: "String",
        Name: name,
        Value: secret(marked),
        Tags: { [marked]: size },
      });
      await AWS.RDS.DBInstance("db", {
        DBInstanceIdentifier: "db",
        DBInstanceClass: "db.t3.micro",
        Engine: "postgres",
        MasterUsername: "admin1",
        MasterUserPassword: writeOnly,
        AllocatedStorage: size,
      });
      for await (const one of AWS.SQS.Queue.list()) await AWS.SQS.Queue.get(one.identifier);
    };
    await deploy(program("20", "/a"));
    await deploy(program("30", "/a"));
    await deploy(program("30", "/b"), { allowReplace: true });
    await destroy();
    const told = JSON.stringify(events.filter(isTrace));
    expect(told).not.toContain(marked);
    expect(told).not.toContain(writeOnly);
    expect(told).toContain("‹secret›");
  });
});
