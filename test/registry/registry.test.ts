import { describe, expect, test } from "vitest";
import { bundledFacts } from "../../src/schema/bundled.ts";
import { emulated, probe, run, served } from "../support/registry/desk.ts";

const bucket = "AWS::S3::Bucket";

describe("a registry that answers", () => {
  test("tells which places are write-only", async () => {
    const { url } = await emulated();
    const { facts, calls, events } = run({ endpoint: url });
    const database = await facts("AWS::RDS::DBInstance");
    expect({ calls, events }).toEqual({ calls: ["DescribeType"], events: [] });
    expect(database.writeOnly).toContain("/MasterUserPassword");
  });

  test("is completed with what only this version knows", async () => {
    const { url } = await emulated();
    const { stateful, references } = await run({ endpoint: url }).facts("AWS::DynamoDB::Table");
    expect(stateful).toBe(true);
    expect(references).toMatchObject(bundledFacts("AWS::DynamoDB::Table")?.references ?? {});
  });

  test("knows private and third-party types too", async () => {
    const { url } = await emulated({ facts: (type) => (type === probe.type ? probe : undefined) });
    const { type, primaryIdentifier, readOnly, writeOnly, createOnly, members } = await run({
      endpoint: url,
    }).facts("Acme::Monitor::Probe");
    expect({ type, primaryIdentifier, readOnly, writeOnly, createOnly }).toEqual({
      type: "Acme::Monitor::Probe",
      primaryIdentifier: ["/Id"],
      readOnly: ["/Id"],
      writeOnly: ["/Token"],
      createOnly: ["/Name"],
    });
    expect(members?.properties).toMatchObject({ Name: "string", Token: "string" });
  });

  test("is asked once a type, also by calls that overlap", async () => {
    const { url } = await emulated();
    const { facts, calls } = run({ endpoint: url });
    const [first, ...others] = await Promise.all([facts(bucket), facts(bucket), facts(bucket)]);
    expect(others).toEqual([first, first]);
    await facts(bucket);
    expect(calls).toHaveLength(1);
    await facts("AWS::SQS::Queue");
    expect(calls).toHaveLength(2);
  });

  test("is asked for each version of a type by its own", async () => {
    const emulator = await emulated();
    const { facts } = run({ endpoint: emulator.url });
    await Promise.all([facts(bucket), facts(bucket, "00000007")]);
    const versions = emulator.calls.map(({ body }) => new Map(Object.entries(body ?? {})).get("VersionId"));
    expect(versions).toEqual(expect.arrayContaining([undefined, "00000007"]));
  });

  test("is asked again after a throttle", async () => {
    const emulator = await emulated({ faults: ({ count }) => (count < 3 ? { throttle: true } : undefined) });
    const { facts, calls, events } = run({ endpoint: emulator.url });
    expect((await facts("AWS::RDS::DBInstance")).writeOnly).toContain("/MasterUserPassword");
    expect({ calls: calls.length, events }).toEqual({ calls: 3, events: [] });
  });
});

describe("a registry that does not answer", () => {
  const types = [bucket, "AWS::SQS::Queue", "AWS::IAM::Role", "Acme::Monitor::Probe"];

  const afterAll = async (endpoint: string) => {
    const { facts, calls, events } = run({ endpoint });
    const found = [];
    for (const type of types) found.push(await facts(type));
    expect(found).toEqual([...types.slice(0, 3).map(bundledFacts), { type: "Acme::Monitor::Probe" }]);
    return { calls: calls.length, events };
  };

  test("refuses once, and is not asked again in the run", async () => {
    const refusal = { type: "AccessDenied", message: "User x is not authorized", status: 403 };
    const { url } = await emulated({ faults: () => ({ error: refusal }) });
    expect(await afterAll(url)).toEqual({
      calls: 1,
      events: [
        expect.stringMatching(
          /AWS::S3::Bucket \(ACCESS_DENIED: User x is not authorized\).*cloudformation:DescribeType/,
        ),
      ],
    });
  });

  test("is given up when nobody listens there", async () => {
    expect(await afterAll("http://127.0.0.1:1")).toMatchObject({ calls: 1, events: [expect.any(String)] });
  });

  test("is given up after its time when it hangs", async () => {
    const url = await served(() => undefined);
    const { calls, events } = await afterAll(url);
    expect({ calls, events }).toEqual({
      calls: 1,
      events: [expect.stringContaining("no answer within 5 s")],
    });
  });

  test("is given up after its time when it fails on and on", async () => {
    const url = await served((_, response) => {
      setTimeout(() => response.writeHead(503).end("<html>Service Unavailable</html>"), 20);
    });
    const { calls, events } = await afterAll(url);
    expect(calls).toBeGreaterThan(1);
    expect(events).toHaveLength(1);
  });

  test.each([
    ["HTML", 404, "<html>Not here</html>"],
    ["HTML of a portal", 200, "<html>Log in first</html>"],
    ["nothing", 200, ""],
    ["XML without a schema", 200, "<DescribeTypeResponse><DescribeTypeResult/></DescribeTypeResponse>"],
    ["a schema that is none", 200, schemaAnswer("[1]")],
    ["a schema without properties", 200, schemaAnswer("{}")],
    ["a schema that is no JSON", 200, schemaAnswer("{")],
  ])("is left alone when it answers with %s", async (_, status, text) => {
    const url = await served((_, response) =>
      response.writeHead(status, { "content-type": "text/xml" }).end(text),
    );
    expect((await afterAll(url)).events).toHaveLength(1);
  });

  test("says once that types are unknown, and goes on asking for others", async () => {
    const known = (type: string) => (type === bucket ? bundledFacts(type) : undefined);
    const { url } = await emulated({ facts: known });
    const { facts, calls, events } = run({ endpoint: url });
    expect(await facts("Acme::No::Where")).toEqual({ type: "Acme::No::Where" });
    expect(await facts("AWS::SQS::Queue")).toEqual(bundledFacts("AWS::SQS::Queue"));
    expect((await facts(bucket)).handlers).toBeDefined();
    expect({ calls: calls.length, events: events.length }).toEqual({ calls: 3, events: 1 });
  });
});

test("bundled schemas ask nobody", async () => {
  const { facts, calls, events } = run({ endpoint: "http://127.0.0.1:1" }, { schemas: "bundled" });
  expect(await facts(bucket)).toEqual(bundledFacts(bucket));
  expect(await facts("Acme::Monitor::Probe")).toEqual({ type: "Acme::Monitor::Probe" });
  expect({ calls, events }).toEqual({ calls: [], events: [] });
});

function schemaAnswer(schema: string): string {
  return `<DescribeTypeResponse><DescribeTypeResult><Schema>${schema}</Schema></DescribeTypeResult></DescribeTypeResponse>`;
}
