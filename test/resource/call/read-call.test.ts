import { describe, expect, test } from "vitest";
import { CloudControlResource } from "../../../src/aws/cloud-control-resource.ts";
import { AWS } from "../../../src/aws/namespace.ts";
import { changeOf, cloud, movesOf } from "../../support/run.ts";

/** What a JavaScript user may write, whom no compiler stops. */
const untyped = (value: object): never => value as never;

describe("what a script passes", () => {
  const refused = async (props: object): Promise<{ message: string; calls: number }> => {
    const { deploy, emulator } = await cloud();
    const report = await deploy(() => AWS.ApiGatewayV2.Api("api", untyped(props)));
    expect(emulator.calls).toEqual([]);
    const { error } = changeOf(report, "api");
    expect(error?.code).toBe("VALIDATION");
    return { message: error?.message ?? "", calls: emulator.calls.length };
  };

  test("an unknown property is refused with the nearest name before any call", async () => {
    expect((await refused({ Nmae: "chat" })).message).toMatch(/Nmae.*Name/);
  });

  test("a missing required property is named", async () => {
    const { deploy } = await cloud();
    const report = await deploy(() => AWS.ApiGatewayV2.Route("route", untyped({ ApiId: "abcdefghij" })));
    expect(changeOf(report, "route").error).toMatchObject({
      code: "VALIDATION",
      message: expect.stringContaining("RouteKey"),
    });
  });

  test("a read-only property is refused", async () => {
    expect((await refused({ Name: "chat", ApiEndpoint: "wss://x" })).message).toContain("/ApiEndpoint");
  });

  test("an unknown option is refused with the nearest one", async () => {
    expect((await refused({ Name: "chat", adpot: true })).message).toMatch(/adpot.*adopt/);
  });

  test("a value that no JSON can hold is refused by its place", async () => {
    expect((await refused({ Name: "chat", CorsConfiguration: { MaxAge: Number.NaN } })).message).toContain(
      "/CorsConfiguration/MaxAge",
    );
    expect((await refused({ Name: "chat", Description: () => "x" })).message).toContain("/Description");
  });

  test("a promise is refused with the advice to await it", async () => {
    expect((await refused({ Name: Promise.resolve("chat") })).message).toMatch(/\/Name.*await/);
  });

  test("properties that are not an object are refused", async () => {
    await refused(untyped([]));
  });

  test("null and undefined members are absent", async () => {
    const { deploy, emulator } = await cloud();
    const report = await deploy(() =>
      AWS.SQS.Queue("jobs", untyped({ QueueName: "jobs", DelaySeconds: undefined, KmsMasterKeyId: null })),
    );
    expect(report.ok).toBe(true);
    expect(emulator.calls.find(({ api }) => api === "CreateResource")?.body).toMatchObject({
      DesiredState: JSON.stringify({ QueueName: "jobs" }),
    });
  });
});

describe("references", () => {
  test("a resource stands for the property that names it, and is deleted after its users", async () => {
    const { deploy, destroy, emulator } = await cloud();
    await deploy(async () => {
      const api = await AWS.ApiGatewayV2.Api("api", { Name: "http", ProtocolType: "HTTP" });
      await AWS.ApiGatewayV2.Stage("stage", { ApiId: api, StageName: "test" });
    });
    expect(emulator.resources()[1]?.Properties["ApiId"]).toBe(emulator.resources()[0]?.Identifier);
    expect(movesOf(await destroy())).toEqual(["stage: delete", "api: delete"]);
  });

  test("an output found whole inside a string is an edge too", async () => {
    const { deploy, destroy } = await cloud();
    await deploy(async () => {
      const queue = await AWS.SQS.Queue("jobs", { QueueName: "jobs" });
      await AWS.SQS.Queue("dead", {
        QueueName: "other",
        RedrivePolicy: { deadLetterTargetArn: queue.Arn, maxReceiveCount: 3 },
      });
    });
    expect(movesOf(await destroy())).toEqual(["dead: delete", "jobs: delete"]);
  });

  test("dependsOn orders what nothing else joins", async () => {
    const { deploy, destroy } = await cloud();
    await deploy(async () => {
      const first = await AWS.SQS.Queue("first", { QueueName: "first" });
      await AWS.SQS.Queue("second", { QueueName: "second", dependsOn: [first] });
    });
    expect(movesOf(await destroy())).toEqual(["second: delete", "first: delete"]);
  });

  test("a resource where no property of it is asked is refused with those it has", async () => {
    const { deploy } = await cloud();
    const report = await deploy(async () => {
      const queue = await AWS.SQS.Queue("jobs", { QueueName: "jobs" });
      await AWS.ApiGatewayV2.Api("api", untyped({ Name: queue, ProtocolType: "HTTP" }));
    });
    expect(changeOf(report, "api").error).toMatchObject({
      code: "VALIDATION",
      advice: expect.stringContaining("QueueName"),
    });
  });
});

describe("CloudControlResource", () => {
  test("declares any type by its name, options beside it", async () => {
    const { deploy, emulator } = await cloud();
    const program = () =>
      CloudControlResource("jobs", {
        TypeName: "AWS::SQS::Queue",
        DesiredState: { QueueName: "jobs" },
        protect: true,
      });
    expect((await deploy(program)).ok).toBe(true);
    expect((await deploy(program)).calls).toEqual({});
    expect(emulator.resources()).toHaveLength(1);
  });

  test("an unknown type is the service's to refuse", async () => {
    const { deploy } = await cloud();
    const report = await deploy(() =>
      CloudControlResource("probe", { TypeName: "Acme::Monitor::Probe", DesiredState: { url: "x" } }),
    );
    expect(movesOf(report)).toEqual(["probe: UNSUPPORTED_TYPE"]);
  });
});

test("the same id twice in one run is a programmer's slip", async () => {
  const { deploy } = await cloud();
  const queue = () => AWS.SQS.Queue("jobs", { QueueName: "jobs" });
  await expect(deploy(async () => [await queue(), await queue()])).rejects.toThrow(TypeError);
});
