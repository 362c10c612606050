import { describe, expect, test } from "vitest";
import { type Desk, openDesk, operationMs } from "../../support/emulator/desk.ts";

const type = (noun: string) => `AWS::ApiGatewayV2::${noun}`;

const webSocket = {
  Name: "chat",
  ProtocolType: "WEBSOCKET",
  RouteSelectionExpression: "$request.body.action",
};

interface Gateway {
  readonly desk: Desk;
  readonly ApiId: string;
  readonly IntegrationId: string;
  readonly RouteId: string;
}

async function openGateway(): Promise<Gateway> {
  const desk = await openDesk();
  const { Identifier: ApiId } = desk.emulator.put(type("Api"), webSocket);
  const integration = desk.emulator.put(type("Integration"), { ApiId, IntegrationType: "MOCK" });
  const route = desk.emulator.put(type("Route"), { ApiId, RouteKey: "$default" });
  return {
    desk,
    ApiId,
    IntegrationId: String(integration.Properties["IntegrationId"]),
    RouteId: String(route.Properties["RouteId"]),
  };
}

describe("AWS::ApiGatewayV2::Api", () => {
  test("gets its id, its endpoint and its defaults from the service", async () => {
    const desk = await openDesk();
    const { Identifier: id = "" } = await desk.create(type("Api"), { Name: "web", ProtocolType: "HTTP" });
    expect(id).toMatch(/^[a-z0-9]{10}$/);
    expect(await desk.read(type("Api"), id)).toMatchObject({
      ApiId: id,
      ApiEndpoint: `https://${id}.execute-api.us-east-1.amazonaws.com`,
      ApiKeySelectionExpression: "$request.header.x-api-key",
      DisableExecuteApiEndpoint: false,
      IpAddressType: "ipv4",
      RouteSelectionExpression: "$request.method $request.path",
    });
  });

  test("may share its name", async () => {
    const desk = await openDesk();
    for (const _ of [1, 2]) {
      const made = await desk.create(type("Api"), { Name: "same", ProtocolType: "HTTP" });
      expect(made.OperationStatus).toBe("SUCCESS");
    }
  });

  test.each([
    ["a name", { ProtocolType: "HTTP" }],
    ["a protocol", { Name: "a" }],
    ["a known protocol", { Name: "a", ProtocolType: "GRPC" }],
    ["a route selection, being a WebSocket API", { Name: "a", ProtocolType: "WEBSOCKET" }],
  ])("is refused without %s", async (_, desired) => {
    const desk = await openDesk();
    const failed = await desk.create(type("Api"), desired);
    expect(failed).toMatchObject({ OperationStatus: "FAILED", ErrorCode: "InvalidRequest" });
  });

  test("takes its name from an imported document, which never reads back", async () => {
    const desk = await openDesk();
    const { Identifier: id = "" } = await desk.create(type("Api"), { Body: { info: { title: "doc" } } });
    const shown = await desk.read(type("Api"), id);
    expect(shown).toMatchObject({ Name: "doc", ProtocolType: "HTTP" });
    expect(shown).not.toHaveProperty("Body");
  });

  test("gets a default back that an update removed", async () => {
    const { desk, ApiId } = await openGateway();
    await desk.update(type("Api"), ApiId, [{ op: "remove", path: "/ApiKeySelectionExpression" }]);
    expect(await desk.read(type("Api"), ApiId)).toMatchObject({
      ApiKeySelectionExpression: "$request.header.x-api-key",
    });
  });
});

describe("AWS::ApiGatewayV2::IntegrationResponse", () => {
  test("gets an id of seven characters, below its parents' ids", async () => {
    const { desk, ApiId, IntegrationId } = await openGateway();
    const made = await desk.create(type("IntegrationResponse"), {
      ApiId,
      IntegrationId,
      IntegrationResponseKey: "$default",
    });
    expect(made.Identifier).toMatch(new RegExp(`^${ApiId}\\|${IntegrationId}\\|[a-z0-9]{7}$`));
  });

  test("refuses a second one of the same key, naming none", async () => {
    const { desk, ApiId, IntegrationId } = await openGateway();
    const desired = { ApiId, IntegrationId, IntegrationResponseKey: "/200/" };
    await desk.create(type("IntegrationResponse"), desired);
    const second = await desk.create(type("IntegrationResponse"), desired);
    expect(second).toMatchObject({ OperationStatus: "FAILED", ErrorCode: "AlreadyExists" });
    expect(second).not.toHaveProperty("Identifier");
    const other = { ...desired, IntegrationResponseKey: "/4\\d\\d/" };
    expect((await desk.create(type("IntegrationResponse"), other)).OperationStatus).toBe("SUCCESS");
  });

  test("changes its key in place, but not to a key that is taken", async () => {
    const { desk, ApiId, IntegrationId } = await openGateway();
    const put = (key: string) =>
      desk.emulator.put(type("IntegrationResponse"), { ApiId, IntegrationId, IntegrationResponseKey: key });
    const { Identifier: id } = put("/200/");
    put("/400/");
    const rename = (key: string) =>
      desk.update(type("IntegrationResponse"), id, [
        { op: "replace", path: "/IntegrationResponseKey", value: key },
      ]);
    expect((await rename("/201/")).OperationStatus).toBe("SUCCESS");
    expect(await rename("/400/")).toMatchObject({ OperationStatus: "FAILED", ErrorCode: "AlreadyExists" });
  });

  test("refuses a content handling that does not exist", async () => {
    const { desk, ApiId, IntegrationId } = await openGateway();
    const desired = { ApiId, IntegrationId, IntegrationResponseKey: "/2/", ContentHandlingStrategy: "ZIP" };
    expect(await desk.create(type("IntegrationResponse"), desired)).toMatchObject({
      ErrorCode: "InvalidRequest",
    });
  });
});

describe("children of an API", () => {
  test.each([
    ["Integration", { ApiId: "none", IntegrationType: "MOCK" }],
    ["Route", { ApiId: "none", RouteKey: "$default" }],
    ["Stage", { ApiId: "none", StageName: "dev" }],
    ["IntegrationResponse", { ApiId: "none", IntegrationId: "x", IntegrationResponseKey: "/2/" }],
  ])("%s cannot be where the API is not", async (noun, desired) => {
    const desk = await openDesk();
    expect(await desk.create(type(noun), desired)).toMatchObject({
      OperationStatus: "FAILED",
      ErrorCode: "NotFound",
      StatusMessage: "Invalid API identifier specified 123456789012:none",
    });
  });

  test.each([
    [
      "IntegrationResponse",
      { IntegrationId: "none", IntegrationResponseKey: "/2/" },
      "Unable to find Integration by id none",
    ],
    ["RouteResponse", { RouteId: "none", RouteResponseKey: "$default" }, "Unable to find Route by id none"],
  ])("%s cannot be where its parent is not", async (noun, desired, message) => {
    const { desk, ApiId } = await openGateway();
    expect(await desk.create(type(noun), { ApiId, ...desired })).toMatchObject({
      ErrorCode: "NotFound",
      StatusMessage: message,
    });
  });

  test("one route a key, one stage a name", async () => {
    const { desk, ApiId } = await openGateway();
    expect(await desk.create(type("Route"), { ApiId, RouteKey: "$default" })).toMatchObject({
      ErrorCode: "AlreadyExists",
      StatusMessage: "Route with key $default already exists for this API",
    });
    await desk.create(type("Stage"), { ApiId, StageName: "dev" });
    const second = await desk.create(type("Stage"), { ApiId, StageName: "dev" });
    expect(second).toMatchObject({ ErrorCode: "AlreadyExists", Identifier: `${ApiId}|dev` });
  });

  test("go with the integration, the route or the API", async () => {
    const { desk, ApiId, IntegrationId, RouteId } = await openGateway();
    const { emulator } = desk;
    emulator.put(type("IntegrationResponse"), { ApiId, IntegrationId, IntegrationResponseKey: "/2/" });
    emulator.put(type("RouteResponse"), { ApiId, RouteId, RouteResponseKey: "$default" });
    const nouns = () => emulator.resources().map(({ TypeName }) => TypeName.split("::")[2]);
    await desk.remove(type("Integration"), `${ApiId}|${IntegrationId}`);
    expect(nouns()).toEqual(["Api", "Route", "RouteResponse"]);
    await desk.remove(type("Route"), `${ApiId}|${RouteId}`);
    expect(nouns()).toEqual(["Api"]);
    emulator.put(type("Stage"), { ApiId, StageName: "dev" });
    await desk.remove(type("Api"), ApiId);
    expect(nouns()).toEqual([]);
  });

  test("are sought in vain once they have gone with their parent", async () => {
    const { desk, ApiId, IntegrationId } = await openGateway();
    const request = { TypeName: type("Integration"), Identifier: `${ApiId}|${IntegrationId}` };
    const { RequestToken: token } = await desk.start("DeleteResource", request);
    desk.emulator.remove(type("Api"), ApiId);
    desk.wait(operationMs);
    expect(await desk.poll(token)).toMatchObject({ OperationStatus: "FAILED", ErrorCode: "NotFound" });
  });
});
