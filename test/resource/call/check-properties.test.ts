import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import { changeOf, cloud, movesOf } from "../../support/run.ts";

const names = { RestApiId: "a", ResourceId: "b", HttpMethod: "GET" };
const reply = (more: object) => () =>
  AWS.ApiGateway.IntegrationResponse("reply", { ...names, StatusCode: "200", ...more });

describe("what API Gateway would refuse late is refused at once", () => {
  test.each([
    [{ StatusCode: "2xx" }, "/StatusCode"],
    [{ ContentHandling: "TEXT" }, "/ContentHandling"],
    [{ ResponseParameters: { "header.X": "'1'" } }, "/ResponseParameters/header.X"],
    [
      { ResponseParameters: { "method.response.header.X": "1" } },
      "/ResponseParameters/method.response.header.X",
    ],
  ])("%j", async (more, path) => {
    const { deploy, emulator } = await cloud();
    const report = await deploy(reply(more));
    expect(movesOf(report)).toEqual(["reply: VALIDATION"]);
    expect(changeOf(report, "reply").error?.message).toContain(path);
    expect(emulator.calls).toEqual([]);
  });

  test("a second response without a pattern inside one method", async () => {
    const { deploy, emulator } = await cloud();
    const report = await deploy(() =>
      AWS.ApiGateway.Method("get", {
        ...names,
        Integration: { Type: "MOCK", IntegrationResponses: [{ StatusCode: "200" }, { StatusCode: "400" }] },
      }),
    );
    expect(changeOf(report, "get").error?.message).toContain(
      "/Integration/IntegrationResponses/1/SelectionPattern",
    );
    expect(emulator.calls).toEqual([]);
  });
});

describe("what it may well take", () => {
  test.each([
    "'*'",
    "integration.response.header.ETag",
    "integration.response.body.error.message",
    "context.requestId",
  ])("is left to it: %s", async (value) => {
    const { deploy } = await cloud();
    const report = await deploy(reply({ ResponseParameters: { "method.response.header.X": value } }));
    expect(movesOf(report)).toEqual(["reply: PARENT_NOT_FOUND"]);
  });

  test("a V2 key of unusual form, as in CloudFormation's own example, is warned of and sent", async () => {
    const { deploy, events } = await cloud();
    const report = await deploy(async () => {
      const api = await AWS.ApiGatewayV2.Api("api", {
        Name: "chat",
        ProtocolType: "WEBSOCKET",
        RouteSelectionExpression: "$request.body.action",
      });
      const mock = await AWS.ApiGatewayV2.Integration("mock", { ApiId: api, IntegrationType: "MOCK" });
      const of = { ApiId: api, IntegrationId: mock };
      await AWS.ApiGatewayV2.IntegrationResponse("usual", { ...of, IntegrationResponseKey: "/200/" });
      await AWS.ApiGatewayV2.IntegrationResponse("plain", { ...of, IntegrationResponseKey: "200" });
    });
    expect(report.ok).toBe(true);
    const warned = events.flatMap((event) => (event.name === "warning" ? [event] : []));
    expect(warned.map(({ id }) => id)).toEqual(["plain"]);
    expect(warned[0]?.message).toContain("/IntegrationResponseKey");
  });
});
