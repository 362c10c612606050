import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import { resourceFunction } from "../../../src/aws/resource-function.ts";
import type { Props } from "../../../src/json.ts";
import { cloud } from "../../support/run.ts";
import { answer, scripted } from "../../support/wire/scripted.ts";
import { asked, cloudOf, probe, putProbes } from "../../support/resource/probe.ts";

const Probe = resourceFunction<Props, Props, "Id">(probe.typeName);

describe("find", () => {
  test.each([
    ["a name", { Name: "n3" }],
    ["several properties", { Name: "n3", Colour: "red" }],
    ["a member of an object", { Limits: { Low: 3 } }],
    ["a tag among others", { Tags: [{ Key: "Name", Value: "t3" }] }],
    ["what AWS has set", { Name: "n3", Limits: { Low: 3, High: 9 } }],
  ])("goes by %s", async (_, key) => {
    const made = await cloudOf([probe]);
    const identifiers = putProbes(made, 5, (i) => ({
      Name: `n${i}`,
      Colour: "red",
      Limits: { Low: i, High: 9 },
      Tags: [
        { Key: "team", Value: "x" },
        { Key: "Name", Value: `t${i}` },
      ],
    }));
    const found = await asked(made, () => Probe.find({ Project: "p", ...key }));
    expect(found).toMatchObject({ identifier: identifiers[3], Id: identifiers[3], Project: "p" });
  });

  test("also compares what AWS sets", async () => {
    const { emulator, deploy } = await cloud();
    const queues = ["a", "b"].map((QueueName) => emulator.put("AWS::SQS::Queue", { QueueName }));
    const { Arn } = queues[1]?.Properties ?? {};
    const found = await asked({ deploy }, () => AWS.SQS.Queue.find({ Arn } as object));
    expect(found?.QueueName).toBe("b");
  });

  test("does not take what the identifier names where another property differs", async () => {
    const made = await cloud();
    made.emulator.put("AWS::Logs::LogGroup", { LogGroupName: "/app", RetentionInDays: 7 });
    const find = (RetentionInDays: number) => () =>
      AWS.Logs.LogGroup.find({ LogGroupName: "/app", RetentionInDays });
    expect(await asked(made, find(7))).toMatchObject({ LogGroupName: "/app" });
    expect(await asked(made, find(30))).toBeUndefined();
  });

  test("tells how many were read where they were many", async () => {
    const made = await cloudOf([probe]);
    putProbes(made, 25, (i) => ({ Name: `n${i}` }));
    await asked(made, () => Probe.find({ Project: "p", Name: "n9" }));
    expect(made.events).toContainEqual({ name: "notice", message: expect.stringContaining("25 were read") });
  });

  test("takes a resource for a parent, and its own outputs for an identifier", async () => {
    const made = await cloud();
    const ApiId = made.emulator.put("AWS::ApiGatewayV2::Api", { Name: "a", ProtocolType: "HTTP" }).Identifier;
    made.emulator.put("AWS::ApiGatewayV2::Route", { ApiId, RouteKey: "GET /" });
    const route = await asked(made, async () => {
      const api = await AWS.ApiGatewayV2.Api.get(ApiId);
      const found = await AWS.ApiGatewayV2.Route.find({ ApiId: api, RouteKey: "GET /" });
      return found && AWS.ApiGatewayV2.Route.get(found);
    });
    expect(route?.RouteKey).toBe("GET /");
  });

  test("takes an empty value for one that must not be there, and goes by the others", async () => {
    const made = await cloud();
    const { Identifier: ApiId } = made.emulator.put("AWS::ApiGatewayV2::Api", {
      Name: "a",
      ProtocolType: "HTTP",
    });
    for (const RouteKey of ["GET /a", "GET /b"])
      made.emulator.put("AWS::ApiGatewayV2::Route", { ApiId, RouteKey, OperationName: RouteKey.slice(-1) });
    made.emulator.put("AWS::ApiGatewayV2::Route", { ApiId, RouteKey: "GET /c" });
    const find = (RouteKey: string) =>
      asked(made, () => AWS.ApiGatewayV2.Route.find({ ApiId, RouteKey, OperationName: "" }));
    expect(await find("GET /a")).toBeUndefined();
    expect((await find("GET /c"))?.RouteKey).toBe("GET /c");
  });

  test("asks the region that it is told", async () => {
    const { deploy } = await cloud();
    const group = { Identifier: "/app", Properties: '{"LogGroupName":"/app"}' };
    const server = await scripted(answer({ ResourceDescription: group }));
    const found: unknown[] = [];
    const ask = async () =>
      void found.push(await AWS.Logs.LogGroup.find({ LogGroupName: "/app" }, { region: "eu-west-3" }));
    await deploy(ask, { endpoint: server.url });
    expect(found).toMatchObject([{ LogGroupName: "/app" }]);
    expect(server.requests[0]?.headers.authorization).toContain("/eu-west-3/");
  });
});

describe("inside a plan", () => {
  test("what is known only after apply cannot be asked for, and the plan says so", async () => {
    const made = await cloud();
    const program = async () => {
      const queue = await AWS.SQS.Queue("orders", { QueueName: "orders" });
      await AWS.SQS.Queue.get(queue.QueueUrl);
    };
    const report = await made.deploy(program, { phase: "plan" });
    expect(report.stopped).toMatchObject({ code: "UNKNOWN_AT_PLAN" });
    expect(made.emulator.calls.some(({ api }) => api === "GetResource")).toBe(false);
  });

  test("what is there is found", async () => {
    const made = await cloud();
    made.emulator.put("AWS::Logs::LogGroup", { LogGroupName: "/app" });
    const found: unknown[] = [];
    await made.deploy(async () => void found.push(await AWS.Logs.LogGroup.find({ LogGroupName: "/app" })), {
      phase: "plan",
    });
    expect(found).toMatchObject([{ LogGroupName: "/app" }]);
  });
});
