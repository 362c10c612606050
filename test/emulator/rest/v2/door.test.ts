import { describe, expect, test } from "vitest";
import { type Desk, openDesk, signed, startedAt } from "../../../support/emulator/desk.ts";

interface World {
  readonly desk: Desk;
  readonly api: string;
  readonly integration: string;
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Got>;
}

interface Got {
  readonly status: number;
  readonly errorType: string | null;
  readonly body: Record<string, unknown>;
}

const type = (noun: string) => `AWS::ApiGatewayV2::${noun}`;

async function openWorld(): Promise<World> {
  const desk = await openDesk();
  const { emulator } = desk;
  const { Identifier: api } = emulator.put(type("Api"), {
    Name: "chat",
    ProtocolType: "WEBSOCKET",
    RouteSelectionExpression: "$request.body.action",
    Tags: { Team: "x" },
    CorsConfiguration: { AllowOrigins: ["*"] },
  });
  const { Properties: made } = emulator.put(type("Integration"), { ApiId: api, IntegrationType: "MOCK" });
  const get: World["get"] = async (path, headers = signed) => {
    const response = await fetch(emulator.url + path, { headers });
    return {
      status: response.status,
      errorType: response.headers.get("x-amzn-errortype"),
      body: (await response.json()) as Got["body"],
    };
  };
  return { desk, api, integration: String(made["IntegrationId"]), get };
}

describe("the control plane of API Gateway V2", () => {
  test("shows an API with camelCase members, map keys as they are", async () => {
    const { get, api } = await openWorld();
    const shown = {
      apiId: api,
      name: "chat",
      protocolType: "WEBSOCKET",
      routeSelectionExpression: "$request.body.action",
      apiKeySelectionExpression: "$request.header.x-api-key",
      tags: { Team: "x" },
      corsConfiguration: { allowOrigins: ["*"] },
      apiEndpoint: `wss://${api}.execute-api.us-east-1.amazonaws.com`,
      createdDate: new Date(startedAt).toISOString(),
    };
    expect((await get(`/v2/apis/${api}`)).body).toMatchObject(shown);
    expect((await get("/v2/apis")).body).toMatchObject({ items: [shown] });
  });

  test("shows integration responses below their integration, without the parents' names", async () => {
    const { get, api, integration, desk } = await openWorld();
    const { Properties: made } = desk.emulator.put(type("IntegrationResponse"), {
      ApiId: api,
      IntegrationId: integration,
      IntegrationResponseKey: "/200/",
      ResponseTemplates: { "application/json": "{}" },
    });
    const shown = {
      integrationResponseId: made["IntegrationResponseId"],
      integrationResponseKey: "/200/",
      responseTemplates: { "application/json": "{}" },
    };
    const path = `/v2/apis/${api}/integrations/${integration}/integrationresponses`;
    expect(await get(path)).toEqual({ status: 200, errorType: null, body: { items: [shown] } });
    const one = await get(`${path}/${String(made["IntegrationResponseId"])}`);
    expect(one.body).toEqual(shown);
    const { body: above } = await get(`/v2/apis/${api}/integrations/${integration}`);
    expect(above).toMatchObject({ integrationId: integration, integrationType: "MOCK" });
    expect(above).not.toHaveProperty("apiId");
  });

  test("lists routes in pages", async () => {
    const { get, api, desk } = await openWorld();
    const keys = ["$connect", "$default", "$disconnect"];
    for (const key of keys) desk.emulator.put(type("Route"), { ApiId: api, RouteKey: key });
    const first = await get(`/v2/apis/${api}/routes?maxResults=2`);
    const second = await get(
      `/v2/apis/${api}/routes?nextToken=${encodeURIComponent(String(first.body["nextToken"]))}`,
    );
    const items = [...(first.body["items"] as Got["body"][]), ...(second.body["items"] as Got["body"][])];
    expect(first.body["items"]).toHaveLength(2);
    expect(items.map((item) => item["routeKey"])).toEqual(keys);
    expect(second.body).not.toHaveProperty("nextToken");
  });

  test.each([
    ["an API", () => "/v2/apis/nothing", "Invalid API identifier specified 123456789012:nothing"],
    [
      "the API above",
      () => "/v2/apis/nothing/routes",
      "Invalid API identifier specified 123456789012:nothing",
    ],
    [
      "an integration above",
      (api: string) => `/v2/apis/${api}/integrations/no/integrationresponses`,
      "Unable to find Integration by id no",
    ],
    ["a route", (api: string) => `/v2/apis/${api}/routes/no`, "Unable to find Route by id no"],
  ])("does not find %s that is not there", async (_, path, message) => {
    const { get, api } = await openWorld();
    expect(await get(path(api))).toEqual({ status: 404, errorType: "NotFoundException", body: { message } });
  });

  test("refuses a page size or a token that makes no sense", async () => {
    const { get } = await openWorld();
    for (const query of ["maxResults=0", "maxResults=x", "nextToken=abc"]) {
      expect(await get(`/v2/apis?${query}`)).toMatchObject({ status: 400, errorType: "BadRequestException" });
    }
  });

  test("refuses a request that is not signed, and a path that it does not have", async () => {
    const { get } = await openWorld();
    const missing = { status: 403, errorType: "MissingAuthenticationTokenException" };
    expect(await get("/v2/apis", {})).toMatchObject(missing);
    expect(await get("/v2/nothing")).toMatchObject(missing);
  });

  test("is noted by operation", async () => {
    const { get, api, integration, desk } = await openWorld();
    await get("/v2/apis?maxResults=5");
    await get(`/v2/apis/${api}/integrations/${integration}/integrationresponses`);
    expect(desk.emulator.calls.map(({ api: name, body }) => [name, body])).toEqual([
      ["apigatewayv2:GetApis", { maxResults: "5" }],
      ["apigatewayv2:GetIntegrationResponses", {}],
    ]);
  });
});
