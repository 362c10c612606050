import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import type { Event } from "../../../src/events.ts";
import { cloud, movesOf } from "../../support/run.ts";

const warnings = (events: readonly Event[]): string[] =>
  events.flatMap((event) => (event.name === "warning" ? [event.message] : []));

const reply = (ApiId: string, IntegrationId: string) =>
  AWS.ApiGatewayV2.IntegrationResponse("reply", {
    ApiId,
    IntegrationId,
    IntegrationResponseKey: "$default",
  });

const webSocket = { ProtocolType: "WEBSOCKET", RouteSelectionExpression: "$request.body.action" };

/** An API, an integration and its response. */
const chat =
  ({ api = webSocket, type = "MOCK" }: { readonly api?: object; readonly type?: string } = {}) =>
  async (): Promise<void> => {
    const { ApiId } = await AWS.ApiGatewayV2.Api("api", { Name: "chat", ...api });
    const { IntegrationId } = await AWS.ApiGatewayV2.Integration("to", {
      ApiId,
      IntegrationType: type,
      ...(type !== "MOCK" && { IntegrationUri: "https://a.example", IntegrationMethod: "POST" }),
    });
    await reply(ApiId, IntegrationId);
  };

const onProxy =
  "AWS::ApiGatewayV2::Integration /IntegrationType is HTTP_PROXY: what a proxy integration answers";

describe("a V2 integration response", () => {
  test("of a mapped integration is nothing to warn of", async () => {
    const { deploy, events } = await cloud();
    await deploy(chat());
    expect(warnings(events)).toEqual([]);
  });

  test.each(["deploy", "plan"] as const)("of a proxy integration is warned of in a %s", async (phase) => {
    const { deploy, events } = await cloud();
    expect((await deploy(chat({ type: "HTTP_PROXY" }), { phase })).ok).toBe(true);
    expect(warnings(events)).toEqual([expect.stringContaining(onProxy)]);
    await deploy(chat({ type: "HTTP_PROXY" }));
    const told = events.length;
    await deploy(chat({ type: "HTTP_PROXY" }));
    expect(warnings(events.slice(told))).toEqual([]);
  });

  test("of an HTTP API is warned of in a plan, whatever the service then says", async () => {
    const { deploy, events } = await cloud();
    await deploy(chat({ api: { ProtocolType: "HTTP" } }), { phase: "plan" });
    expect(warnings(events)).toEqual([
      expect.stringContaining("/ProtocolType is HTTP: only WebSocket APIs use these responses"),
    ]);
  });

  test("of what is recorded nowhere is judged by what is there, and made all the same", async () => {
    const { deploy, emulator, events } = await cloud();
    const { Identifier: ApiId } = emulator.put("AWS::ApiGatewayV2::Api", { Name: "chat", ...webSocket });
    const { Properties } = emulator.put("AWS::ApiGatewayV2::Integration", {
      ApiId,
      IntegrationType: "HTTP_PROXY",
      IntegrationUri: "https://a.example",
      IntegrationMethod: "POST",
    });
    const IntegrationId = String(Properties["IntegrationId"]);
    const report = await deploy(() => reply(ApiId, IntegrationId));
    expect(movesOf(report)).toEqual(["reply: create"]);
    expect(warnings(events)).toEqual([expect.stringContaining(onProxy)]);
  });
});

describe("a V1 integration response", () => {
  const rest =
    (StatusCode: string, Type = "MOCK") =>
    async () => {
      const RestApiId = await AWS.ApiGateway.RestApi("api", { Name: "shop" });
      const of = { RestApiId, ResourceId: RestApiId.RootResourceId, HttpMethod: "GET" };
      await AWS.ApiGateway.Method("get", {
        ...of,
        AuthorizationType: "NONE",
        MethodResponses: [{ StatusCode }],
      });
      await AWS.ApiGateway.Integration("to", {
        ...of,
        Type,
        ...(Type !== "MOCK" && { Uri: "https://a.example", IntegrationHttpMethod: "GET" }),
      });
      await AWS.ApiGateway.IntegrationResponse("reply", { ...of, StatusCode: "200" });
    };

  test("of a proxy integration is warned of", async () => {
    const { deploy, events } = await cloud();
    await deploy(rest("200", "HTTP_PROXY"));
    expect(warnings(events)).toEqual([
      expect.stringContaining("AWS::ApiGateway::Integration /Type is HTTP_PROXY: what a proxy"),
    ]);
  });

  test("whose method response is nowhere waits for it, says so, and then goes on with a warning", async () => {
    const { deploy, events } = await cloud();
    await deploy(rest("400"));
    const waits = events.flatMap((event) => (event.name === "progress" ? [event.message] : []));
    expect(waits).toContain("waits for /MethodResponses with StatusCode 200");
    expect(warnings(events)).toEqual([
      "stands upon /MethodResponses with StatusCode 200, which is not there",
    ]);
  });
});
