import { describe, expect, test } from "vitest";
import { openDesk } from "../../../support/emulator/desk.ts";
import { absent, conflict, restOf } from "../../../support/emulator/rest/rest.ts";

const webSocket = {
  name: "chat",
  protocolType: "WEBSOCKET",
  routeSelectionExpression: "$request.body.action",
};

async function openWorld() {
  const desk = await openDesk();
  const send = restOf(desk);
  const { body: made } = await send("POST", "/v2/apis", webSocket);
  const apiId = String(made["apiId"]);
  const api = `/v2/apis/${apiId}`;
  const { body: integration } = await send("POST", `${api}/integrations`, { integrationType: "MOCK" });
  const { body: route } = await send("POST", `${api}/routes`, { routeKey: "$default" });
  return {
    desk,
    send,
    api,
    apiId,
    integration: `${api}/integrations/${String(integration["integrationId"])}`,
    route: `${api}/routes/${String(route["routeId"])}`,
    ids: { ApiId: apiId, IntegrationId: String(integration["integrationId"]) },
  };
}

type World = Awaited<ReturnType<typeof openWorld>>;

/** Something to create in a collection, and a change to it. */
interface Sample {
  readonly thing: string;
  readonly path: (world: World) => string;
  /** The member of the answer that names it in the path. */
  readonly key: string;
  readonly body: object;
  readonly change: object;
}

describe("writes to API Gateway V2 by REST", () => {
  test.each<Sample>([
    {
      thing: "an API",
      path: () => "/v2/apis",
      key: "apiId",
      body: { ...webSocket, tags: { a: "b" } },
      change: { description: "d" },
    },
    {
      thing: "an integration",
      path: ({ api }) => `${api}/integrations`,
      key: "integrationId",
      body: { integrationType: "HTTP", integrationUri: "https://a.b", requestTemplates: { x: "{}" } },
      change: { timeoutInMillis: 1000 },
    },
    {
      thing: "an integration response",
      path: ({ integration }) => `${integration}/integrationresponses`,
      key: "integrationResponseId",
      body: { integrationResponseKey: "/2\\d\\d/", responseTemplates: { "application/json": "{}" } },
      change: { integrationResponseKey: "/200/", responseTemplates: { $default: "x" } },
    },
    {
      thing: "a route",
      path: ({ api }) => `${api}/routes`,
      key: "routeId",
      body: { routeKey: "send", authorizerId: "abc" },
      change: { target: "integrations/x" },
    },
    {
      thing: "a route response",
      path: ({ route }) => `${route}/routeresponses`,
      key: "routeResponseId",
      body: { routeResponseKey: "$default" },
      change: { modelSelectionExpression: "x" },
    },
    {
      thing: "a stage",
      path: ({ api }) => `${api}/stages`,
      key: "stageName",
      body: { stageName: "dev", defaultRouteSettings: { throttlingBurstLimit: 5 } },
      change: { autoDeploy: true },
    },
    {
      thing: "a deployment",
      path: ({ api }) => `${api}/deployments`,
      key: "deploymentId",
      body: {},
      change: { description: "d" },
    },
    {
      thing: "a model",
      path: ({ api }) => `${api}/models`,
      key: "modelId",
      body: { name: "Pet", schema: '{"type":"object"}' },
      change: { schema: '{"type":"array"}' },
    },
    {
      thing: "an authorizer",
      path: ({ api }) => `${api}/authorizers`,
      key: "authorizerId",
      body: { name: "who", authorizerType: "REQUEST", identitySource: ["route.request.header.a"] },
      change: { authorizerUri: "arn:x" },
    },
  ])("$thing is created, changed and deleted", async ({ path, key, body, change }) => {
    const world = await openWorld();
    const { send } = world;
    const all = path(world);
    const made = await send("POST", all, body);
    expect(made).toMatchObject({ status: 201, body });
    const one = `${all}/${String(made.body[key])}`;
    expect((await send("GET", one)).body).toEqual(made.body);
    const changed = { ...made.body, ...change };
    expect(await send("PATCH", one, change)).toEqual({ status: 200, errorType: null, body: changed });
    expect(await send("DELETE", one)).toEqual({ status: 204, errorType: null, body: {} });
    expect(await send("GET", one)).toMatchObject({ status: 404 });
  });

  test("are writes to what Cloud Control reads, and the other way round", async () => {
    const { desk, send, integration, ids } = await openWorld();
    const path = `${integration}/integrationresponses`;
    const { body: made } = await send("POST", path, { integrationResponseKey: "/200/" });
    const type = "AWS::ApiGatewayV2::IntegrationResponse";
    const id = `${ids.ApiId}|${ids.IntegrationId}|${String(made["integrationResponseId"])}`;
    expect(await desk.read(type, id)).toMatchObject({ IntegrationResponseKey: "/200/" });
    await desk.update(type, id, [{ op: "add", path: "/TemplateSelectionExpression", value: "x" }]);
    const one = `${path}/${String(made["integrationResponseId"])}`;
    expect((await send("GET", one)).body).toMatchObject({ templateSelectionExpression: "x" });
  });

  test("refuse what Cloud Control refuses", async () => {
    const { send, api, integration } = await openWorld();
    const path = `${integration}/integrationresponses`;
    const body = { integrationResponseKey: "$default" };
    await send("POST", path, body);
    expect(await send("POST", path, body)).toEqual(
      conflict("IntegrationResponse with key $default already exists for this Integration"),
    );
    expect(await send("POST", `${api}/integrations/none/integrationresponses`, body)).toEqual(
      absent("Unable to find Integration by id none"),
    );
    const other = await send("POST", path, { integrationResponseKey: "/200/" });
    const one = `${path}/${String(other.body["integrationResponseId"])}`;
    expect(await send("PATCH", one, body)).toMatchObject({ status: 409 });
    for (const wrong of [{}, { integrationResponseKey: 7 }, { ...body, contentHandlingStrategy: "ZIP" }]) {
      expect(await send("POST", path, wrong)).toMatchObject({
        status: 400,
        errorType: "BadRequestException",
      });
    }
  });

  test("never change what names a resource or was fixed at its creation", async () => {
    const { send, api, apiId } = await openWorld();
    const changed = await send("PATCH", api, { apiId: "other", protocolType: "HTTP", name: "new" });
    expect(changed.body).toMatchObject({ apiId, protocolType: "WEBSOCKET", name: "new" });
  });

  test("name only the keys to change of parameters and variables, and take out what is empty", async () => {
    const { send, api } = await openWorld();
    const stage = `${api}/stages/dev`;
    await send("POST", `${api}/stages`, { stageName: "dev", stageVariables: { a: "1", b: "2" } });
    const changed = await send("PATCH", stage, { stageVariables: { b: "", c: "3" } });
    expect(changed.body).toMatchObject({ stageVariables: { a: "1", c: "3" } });
    expect(changed.body["stageVariables"]).not.toHaveProperty("b");
  });

  test("a deployment moves the stage it names, which must be there", async () => {
    const { send, api } = await openWorld();
    const deploy = () => send("POST", `${api}/deployments`, { stageName: "dev" });
    expect(await deploy()).toEqual(absent("Unable to find Stage by name dev"));
    await send("POST", `${api}/stages`, { stageName: "dev" });
    const { body: made } = await deploy();
    expect((await send("GET", `${api}/stages/dev`)).body).toMatchObject({
      deploymentId: made["deploymentId"],
    });
    await send("DELETE", `${api}/stages/dev`);
    expect((await send("GET", `${api}/deployments`)).body).toMatchObject({ items: [made] });
  });

  test("deleting an API deletes all below it", async () => {
    const { desk, send, api, apiId, route } = await openWorld();
    await send("POST", `${route}/routeresponses`, { routeResponseKey: "$default" });
    expect(await send("DELETE", api)).toMatchObject({ status: 204 });
    expect(desk.emulator.resources()).toEqual([]);
    expect(await send("DELETE", api)).toEqual(
      absent(`Invalid API identifier specified 123456789012:${apiId}`),
    );
  });

  test("are noted by operation with their body", async () => {
    const { desk, send, api } = await openWorld();
    await send("PATCH", api, { name: "new" });
    await send("DELETE", api);
    expect(desk.emulator.calls.map(({ api: name, body }) => [name, body])).toEqual([
      ["apigatewayv2:CreateApi", webSocket],
      ["apigatewayv2:CreateIntegration", { integrationType: "MOCK" }],
      ["apigatewayv2:CreateRoute", { routeKey: "$default" }],
      ["apigatewayv2:UpdateApi", { name: "new" }],
      ["apigatewayv2:DeleteApi", {}],
    ]);
  });
});
