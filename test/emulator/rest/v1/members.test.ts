import { describe, expect, test } from "vitest";
import { startedAt } from "../../../support/emulator/desk.ts";
import { absent, bad, conflict, patch } from "../../../support/emulator/rest/rest.ts";
import { openMock, openWorld } from "../../../support/emulator/rest/v1/world.ts";

describe("a REST API by REST", () => {
  test("shows its defaults, its tags as a map and its instant in seconds", async () => {
    const { send, api, apiId, root } = await openWorld();
    const shown = {
      id: apiId,
      name: "zoo",
      rootResourceId: root,
      apiKeySource: "HEADER",
      disableExecuteApiEndpoint: false,
      endpointConfiguration: { types: ["EDGE"], ipAddressType: "ipv4" },
      tags: { Team: "x" },
      createdDate: startedAt / 1000,
    };
    expect((await send("GET", api)).body).toEqual(shown);
    expect((await send("GET", "/restapis")).body).toEqual({ item: [shown] });
  });

  test("is changed by patches: lists by item, numbers and flags from text", async () => {
    const { send, api, apiId, desk } = await openWorld();
    for (const [op, path, value] of [
      ["replace", "/description", "for all"],
      ["add", "/binaryMediaTypes/image~1png", undefined],
      ["add", "/binaryMediaTypes/image~1jpeg", undefined],
      ["replace", "/binaryMediaTypes/image~1png", "image~1gif"],
      ["replace", "/minimumCompressionSize", "10"],
      ["replace", "/disableExecuteApiEndpoint", "true"],
    ] as const) {
      expect(await send("PATCH", api, patch(op, path, value))).toMatchObject({ status: 200 });
    }
    expect(await desk.read("AWS::ApiGateway::RestApi", apiId)).toMatchObject({
      Description: "for all",
      BinaryMediaTypes: ["image/jpeg", "image/gif"],
      MinimumCompressionSize: 10,
      DisableExecuteApiEndpoint: true,
    });
    await send("PATCH", api, patch("remove", "/description"));
    expect((await send("GET", api)).body).not.toHaveProperty("description");
  });

  test("takes everything along when it is deleted", async () => {
    const { send, api, apiId, desk } = await openMock();
    await send("POST", `${api}/deployments`, { stageName: "dev" });
    await send("POST", `${api}/models`, { name: "Pet", contentType: "application/json", schema: "{}" });
    expect(await send("DELETE", api)).toMatchObject({ status: 202 });
    expect(desk.emulator.resources()).toEqual([]);
    const missing = absent(`Invalid API identifier specified 123456789012:${apiId}`);
    for (const path of [api, `${api}/models`, `${api}/resources`, `${api}/stages`]) {
      expect(await send("GET", path)).toEqual(missing);
    }
    expect(await send("DELETE", api)).toEqual(missing);
  });

  test("comes in pages", async () => {
    const { send } = await openWorld();
    for (const name of ["a", "b"]) await send("POST", "/restapis", { name });
    const first = (await send("GET", "/restapis?limit=2")).body;
    expect(first["item"]).toHaveLength(2);
    const second = await send("GET", `/restapis?position=${encodeURIComponent(String(first["position"]))}`);
    expect(second.body["item"]).toHaveLength(1);
    expect(await send("GET", "/restapis?limit=0")).toMatchObject({ status: 400 });
  });
});

describe("deployments and stages by REST", () => {
  test("a deployment to a named stage makes the stage, the next one moves it", async () => {
    const { send, api } = await openMock();
    const deploy = async () => {
      const { body } = await send("POST", `${api}/deployments`, {
        stageName: "dev",
        stageDescription: "first",
        variables: { v: "1" },
      });
      return String(body["id"]);
    };
    const first = await deploy();
    expect((await send("GET", `${api}/stages/dev`)).body).toMatchObject({
      stageName: "dev",
      deploymentId: first,
      description: "first",
      variables: { v: "1" },
      tracingEnabled: false,
    });
    const second = await deploy();
    expect((await send("GET", `${api}/stages`)).body).toMatchObject({ item: [{ deploymentId: second }] });
    expect((await send("GET", `${api}/stages?deploymentId=${first}`)).body).toEqual({ item: [] });
    expect(await send("DELETE", `${api}/deployments/${second}`)).toEqual(
      bad("Active stages pointing to this deployment must be moved or deleted"),
    );
    const moved = await send("PATCH", `${api}/stages/dev`, patch("replace", "/deploymentId", first));
    expect(moved).toMatchObject({ status: 200, body: { deploymentId: first } });
    expect(await send("DELETE", `${api}/deployments/${second}`)).toMatchObject({ status: 202 });
    expect(await send("DELETE", `${api}/stages/dev`)).toMatchObject({ status: 202 });
    expect(await send("GET", `${api}/stages/dev`)).toEqual(absent("Invalid stage identifier specified"));
  });

  test("a stage needs its deployment and a name of its own", async () => {
    const { send, api } = await openMock();
    const { body: made } = await send("POST", `${api}/deployments`, { description: "d" });
    const stage = { stageName: "dev", deploymentId: made["id"], tags: { a: "b" } };
    expect(await send("POST", `${api}/stages`, stage)).toMatchObject({ status: 201, body: stage });
    expect(await send("POST", `${api}/stages`, stage)).toEqual(conflict("Stage already exists"));
    const missing = absent("Invalid Deployment identifier specified");
    const other = { stageName: "prod", deploymentId: "none" };
    expect(await send("POST", `${api}/stages`, other)).toEqual(missing);
    expect(await send("PATCH", `${api}/stages/dev`, patch("replace", "/deploymentId", "none"))).toEqual(
      missing,
    );
    await send("PATCH", `${api}/stages/dev`, patch("replace", "/variables/v", "2"));
    expect((await send("GET", `${api}/stages/dev`)).body).toMatchObject({ variables: { v: "2" } });
  });

  test("a deployment needs methods, and each of them an integration", async () => {
    const { send, api, method } = await openWorld();
    const deploy = () => send("POST", `${api}/deployments`, {});
    expect(await deploy()).toEqual(bad("No integration defined for method"));
    await send("DELETE", method);
    expect(await deploy()).toEqual(bad("The REST API doesn't contain any methods"));
  });
});

describe("models, authorizers and validators by REST", () => {
  test.each([
    {
      segment: "models",
      key: "name",
      body: { name: "Pet", contentType: "application/json", schema: '{"type":"object"}' },
      change: patch("replace", "/schema", '{"type":"array"}'),
      changed: { schema: '{"type":"array"}' },
      missing: "Invalid model name specified: Pet",
    },
    {
      segment: "authorizers",
      key: "id",
      body: { name: "who", type: "TOKEN", authorizerUri: "arn:x", identitySource: "method.request.header.a" },
      change: patch("replace", "/authorizerResultTtlInSeconds", "60"),
      changed: { authorizerResultTtlInSeconds: 60 },
      missing: "Invalid Authorizer identifier specified",
    },
    {
      segment: "requestvalidators",
      key: "id",
      body: { name: "body", validateRequestBody: true },
      change: patch("replace", "/validateRequestParameters", "true"),
      changed: { validateRequestParameters: true },
      missing: "Invalid Request Validator identifier specified",
    },
  ])("$segment are made, listed, changed and deleted", async (row) => {
    const { segment, key, body, change, changed, missing } = row;
    const { send, api } = await openWorld();
    const all = `${api}/${segment}`;
    const made = await send("POST", all, body);
    expect(made).toMatchObject({ status: 201, body });
    const one = `${all}/${String(made.body[key])}`;
    expect((await send("GET", one)).body).toEqual(made.body);
    expect((await send("GET", all)).body).toEqual({ item: [made.body] });
    expect(await send("PATCH", one, change)).toMatchObject({ status: 200, body: { ...body, ...changed } });
    expect(await send("DELETE", one)).toMatchObject({ status: 202 });
    expect(await send("GET", one)).toEqual(absent(missing));
  });

  test("a model is not deleted while a method takes it", async () => {
    const { send, api, root, method } = await openWorld();
    await send("POST", `${api}/models`, { name: "Pet", contentType: "application/json", schema: "{}" });
    const models = { "application/json": "Pet" };
    const drop = () => send("DELETE", `${api}/models/Pet`);
    const rootMethod = `${api}/resources/${root}/methods/ANY`;
    await send("PUT", rootMethod, { authorizationType: "NONE", requestModels: models });
    const text = "Cannot delete model 'Pet', is referenced in method request:";
    expect(await drop()).toEqual(conflict(`${text} //ANY`));
    await send("DELETE", rootMethod);
    await send("PATCH", method, patch("add", "/requestModels/application~1json", "Pet"));
    expect(await drop()).toEqual(conflict(`${text} /pets/GET`));
    await send("PATCH", method, patch("remove", "/requestModels/application~1json"));
    expect(await drop()).toMatchObject({ status: 202 });
  });
});
