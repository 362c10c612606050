import { describe, expect, test } from "vitest";
import { openDesk } from "../../support/emulator/desk.ts";

const type = (noun: string) => `AWS::ApiGateway::${noun}`;

async function openApi() {
  const desk = await openDesk();
  const { emulator } = desk;
  const { Properties: api } = emulator.put(type("RestApi"), { Name: "old" });
  const RestApiId = String(api["RestApiId"]);
  const ResourceId = String(api["RootResourceId"]);
  const put = (responses: readonly object[]) =>
    emulator.put(type("Method"), {
      RestApiId,
      ResourceId,
      HttpMethod: "GET",
      Integration: { Type: "MOCK", IntegrationResponses: structuredClone(responses) as never },
      MethodResponses: [{ StatusCode: "200" }, { StatusCode: "400" }],
    });
  return { desk, emulator, RestApiId, ResourceId, put };
}

describe("AWS::ApiGateway::Method", () => {
  test("is named by what the user gave, and gets defaults inside its integration", async () => {
    const { put, RestApiId, ResourceId } = await openApi();
    const { Identifier: id, Properties: shown } = put([{ StatusCode: "200" }]);
    expect(id).toBe(`${RestApiId}|${ResourceId}|GET`);
    expect(shown["Integration"]).toMatchObject({
      PassthroughBehavior: "WHEN_NO_MATCH",
      TimeoutInMillis: 29_000,
    });
  });

  test.each([
    ["a status that no method response declares", [{ StatusCode: "500" }], "Invalid Response status code"],
    [
      "two default patterns",
      [{ StatusCode: "200" }, { StatusCode: "400" }],
      "selection pattern default already exists",
    ],
    [
      "the same pattern twice",
      [
        { StatusCode: "200", SelectionPattern: "x" },
        { StatusCode: "400", SelectionPattern: "x" },
      ],
      "Integration response with selection pattern x already exists",
    ],
  ])("refuses %s", async (_, responses, message) => {
    const { put } = await openApi();
    expect(() => put(responses)).toThrow(message);
  });

  test("lists its responses by status, in whatever order they were sent", async () => {
    const { put } = await openApi();
    const { Properties: shown } = put([{ StatusCode: "400", SelectionPattern: "x" }, { StatusCode: "200" }]);
    const integration = shown["Integration"] as { IntegrationResponses: { StatusCode: string }[] };
    expect(integration.IntegrationResponses.map(({ StatusCode: status }) => status)).toEqual(["200", "400"]);
  });

  test("is refused a second time, naming the first", async () => {
    const { desk, RestApiId, ResourceId, put } = await openApi();
    put([]);
    const desired = { RestApiId, ResourceId, HttpMethod: "GET" };
    expect(await desk.create(type("Method"), desired)).toMatchObject({
      ErrorCode: "AlreadyExists",
      StatusMessage: "Method already exists for this resource",
      Identifier: `${RestApiId}|${ResourceId}|GET`,
    });
  });

  test("is kept to its rules by updates too", async () => {
    const { desk, put } = await openApi();
    const { Identifier: id } = put([{ StatusCode: "200" }]);
    const path = "/Integration/IntegrationResponses/-";
    const add = (value: object) => desk.update(type("Method"), id, [{ op: "add", path, value }]);
    expect(await add({ StatusCode: "404", SelectionPattern: "4" })).toMatchObject({
      ErrorCode: "NotFound",
      StatusMessage: "Invalid Response status code specified",
    });
    expect(await add({ StatusCode: "400" })).toMatchObject({
      ErrorCode: "AlreadyExists",
      StatusMessage: "Integration response with selection pattern default already exists",
    });
  });

  test.each([
    ["Resource", { ParentId: "none", PathPart: "a" }],
    ["Method", { ResourceId: "none", HttpMethod: "GET" }],
  ])("cannot be, as a %s, below a resource that is not there", async (noun, desired) => {
    const { desk, RestApiId } = await openApi();
    expect(await desk.create(type(noun), { RestApiId, ...desired })).toMatchObject({
      ErrorCode: "NotFound",
      StatusMessage: "Invalid Resource identifier specified",
    });
  });

  test("goes with its API, as resources do", async () => {
    const { emulator, RestApiId, ResourceId, put } = await openApi();
    put([]);
    const desired = { RestApiId, ParentId: ResourceId, PathPart: "a" };
    emulator.put(type("Resource"), desired);
    expect(() => emulator.put(type("Resource"), desired)).toThrow("Another resource with the same parent");
    emulator.remove(type("RestApi"), RestApiId);
    expect(emulator.resources()).toEqual([]);
  });
});

describe("what is below a REST API", () => {
  test.each([
    ["Resource", { ParentId: "x", PathPart: "a" }],
    ["Deployment", {}],
    ["Model", { Name: "Pet" }],
    ["Authorizer", { Name: "who", Type: "TOKEN" }],
    ["RequestValidator", {}],
    ["GatewayResponse", { ResponseType: "DEFAULT_4XX" }],
  ])("cannot be, as a %s, where the API is not", async (noun, desired) => {
    const desk = await openDesk();
    const failed = await desk.create(type(noun), { RestApiId: "none", ...desired });
    expect(failed).toMatchObject({
      ErrorCode: "NotFound",
      StatusMessage: "Invalid API identifier specified 123456789012:none",
    });
  });

  test("goes with it, and is sought in vain then", async () => {
    const { desk, emulator, RestApiId, put } = await openApi();
    const { Identifier: method } = put([]);
    const { Identifier: deployment } = emulator.put(type("Deployment"), { RestApiId, StageName: "dev" });
    emulator.put(type("Model"), { RestApiId, Name: "Pet" });
    emulator.put(type("Authorizer"), { RestApiId, Name: "who", Type: "TOKEN" });
    expect((await desk.remove(type("RestApi"), RestApiId)).OperationStatus).toBe("SUCCESS");
    expect(emulator.resources()).toEqual([]);
    for (const [noun, id] of [
      ["Method", method],
      ["Deployment", deployment],
      ["Stage", `${RestApiId}|dev`],
      ["Model", `${RestApiId}|Pet`],
    ] as const) {
      expect(await desk.remove(type(noun), id)).toMatchObject({ ErrorCode: "NotFound" });
    }
  });
});

describe("AWS::ApiGateway::Deployment", () => {
  test("needs methods with integrations, unless the API was imported", async () => {
    const { desk, emulator, RestApiId, ResourceId } = await openApi();
    const deploy = () => desk.create(type("Deployment"), { RestApiId });
    expect(await deploy()).toMatchObject({
      ErrorCode: "InvalidRequest",
      StatusMessage: "The REST API doesn't contain any methods",
    });
    emulator.put(type("Method"), { RestApiId, ResourceId, HttpMethod: "GET" });
    expect(await deploy()).toMatchObject({ StatusMessage: "No integration defined for method" });
    const imported = emulator.put(type("RestApi"), { Body: { info: { title: "doc" } } });
    expect(imported.Properties).toMatchObject({ Name: "doc" });
    const of = { RestApiId: imported.Identifier };
    expect(await desk.create(type("Deployment"), of)).toMatchObject({ OperationStatus: "SUCCESS" });
  });

  test("makes the stage that it names, and takes it along", async () => {
    const { desk, emulator, RestApiId, put } = await openApi();
    put([]);
    const made = await desk.create(type("Deployment"), {
      RestApiId,
      StageName: "dev",
      StageDescription: { Description: "first", CachingEnabled: true },
    });
    const [deployment = ""] = (made.Identifier ?? "").split("|");
    expect(await desk.read(type("Stage"), `${RestApiId}|dev`)).toMatchObject({
      DeploymentId: deployment,
      Description: "first",
    });
    expect((await desk.remove(type("Deployment"), made.Identifier ?? "")).OperationStatus).toBe("SUCCESS");
    expect(emulator.resources().map(({ TypeName }) => TypeName)).toEqual([type("RestApi"), type("Method")]);
  });

  test("stays while a stage of another's making points to it", async () => {
    const { desk, emulator, RestApiId, put } = await openApi();
    put([]);
    const deployment = emulator.put(type("Deployment"), { RestApiId });
    const { DeploymentId } = deployment.Properties;
    const desired = { RestApiId, StageName: "dev", DeploymentId: DeploymentId ?? "" };
    emulator.put(type("Stage"), desired);
    expect(await desk.remove(type("Deployment"), deployment.Identifier)).toMatchObject({
      ErrorCode: "InvalidRequest",
      StatusMessage: "Active stages pointing to this deployment must be moved or deleted",
    });
    expect(
      await desk.create(type("Stage"), { ...desired, StageName: "no", DeploymentId: "none" }),
    ).toMatchObject({ ErrorCode: "NotFound", StatusMessage: "Invalid Deployment identifier specified" });
    await desk.remove(type("Stage"), `${RestApiId}|dev`);
    expect(await desk.remove(type("Deployment"), deployment.Identifier)).toMatchObject({
      OperationStatus: "SUCCESS",
    });
  });
});
