import { describe, expect, test } from "vitest";
import { absent, bad, conflict, patch } from "../../../support/emulator/rest/rest.ts";
import { openMock, openWorld } from "../../../support/emulator/rest/v1/world.ts";

const type = "AWS::ApiGateway::Method";

describe("a method by REST", () => {
  test("is put, read, changed and deleted", async () => {
    const { send, method } = await openWorld();
    const plain = { httpMethod: "GET", authorizationType: "NONE", apiKeyRequired: false };
    expect(await send("GET", method)).toEqual({ status: 200, errorType: null, body: plain });
    expect(await send("PATCH", method, patch("replace", "/apiKeyRequired", "true"))).toMatchObject({
      status: 200,
      body: { apiKeyRequired: true },
    });
    const header = "/requestParameters/method.request.header.x";
    expect((await send("PATCH", method, patch("add", header, "true"))).body).toMatchObject({
      requestParameters: { "method.request.header.x": true },
    });
    expect(await send("DELETE", method)).toEqual({ status: 204, errorType: null, body: {} });
    expect(await send("GET", method)).toEqual(absent("Invalid Method identifier specified"));
    expect(await send("DELETE", method)).toEqual(absent("Invalid Method identifier specified"));
  });

  test("is the same that Cloud Control reads and changes", async () => {
    const { send, method, desk, apiId, resource } = await openMock();
    const id = `${apiId}|${resource}|GET`;
    expect(await desk.read(type, id)).toMatchObject({
      HttpMethod: "GET",
      Integration: { Type: "MOCK", TimeoutInMillis: 29_000, CacheNamespace: resource },
      MethodResponses: [{ StatusCode: "200" }, { StatusCode: "400" }],
    });
    await desk.update(type, id, [
      { op: "add", path: "/Integration/IntegrationResponses", value: [{ StatusCode: "200" }] },
    ]);
    expect((await send("GET", method)).body).toMatchObject({
      methodResponses: { "200": { statusCode: "200" }, "400": { statusCode: "400" } },
      methodIntegration: { type: "MOCK", integrationResponses: { "200": { statusCode: "200" } } },
    });
  });

  test("is refused where it is already, or can not be", async () => {
    const { send, method, api } = await openWorld();
    const put = (path: string) => send("PUT", path, { authorizationType: "NONE" });
    expect(await put(method)).toEqual(conflict("Method already exists for this resource"));
    const missing = absent("Invalid Resource identifier specified");
    expect(await put(`${api}/resources/none/methods/GET`)).toEqual(missing);
    expect(await put("/restapis/none/resources/none/methods/GET")).toEqual(missing);
    expect(await put(method.replace("GET", "FETCH"))).toEqual(
      bad("Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY"),
    );
  });

  test.each([
    ["add", "/authorizationType", "Invalid patch operation specified. Must be one of: [replace]"],
    ["replace", "/httpMethod", "Invalid patch path /httpMethod"],
    ["replace", "/requestParameters", "Invalid patch path /requestParameters"],
    ["add", "/requestModels/application/json", "Invalid patch path /requestModels/application/json"],
    ["replace", "/nothing", "Invalid patch path /nothing"],
  ])("refuses to %s %s", async (op, path, message) => {
    const { send, method } = await openWorld();
    expect(await send("PATCH", method, patch(op, path, "x"))).toEqual(bad(message));
  });

  test("names every operation that does not exist", async () => {
    const { send, method } = await openWorld();
    const refused = await send("PATCH", method, patch("put", "/operationName", "x"));
    expect(refused).toMatchObject({ status: 400, errorType: "ValidationException" });
    expect(refused.body["message"]).toBe(
      "1 validation error detected: Value 'put' at 'updateMethodInput.patchOperations.1.member.op' failed to satisfy constraint: Member must satisfy enum value set: [add, remove, move, test, replace, copy]",
    );
  });
});

describe("an integration by REST", () => {
  test("is put with its defaults, changed and deleted", async () => {
    const { send, method, resource } = await openWorld();
    const path = `${method}/integration`;
    expect(await send("GET", path)).toEqual(absent("Invalid Integration identifier specified"));
    const body = { type: "HTTP", httpMethod: "POST", uri: "https://example.com" };
    const shown = {
      ...body,
      cacheKeyParameters: [],
      cacheNamespace: resource,
      passthroughBehavior: "WHEN_NO_MATCH",
      timeoutInMillis: 29_000,
    };
    expect(await send("PUT", path, body)).toEqual({ status: 201, errorType: null, body: shown });
    expect(await send("GET", path)).toEqual({ status: 200, errorType: null, body: shown });
    const template = patch("add", "/requestTemplates/application~1json", "{}");
    expect((await send("PATCH", path, template)).body).toMatchObject({
      requestTemplates: { "application/json": "{}" },
    });
    const timeout = patch("replace", "/timeoutInMillis", "1000");
    expect((await send("PATCH", path, timeout)).body).toMatchObject({ timeoutInMillis: 1000 });
    expect(await send("DELETE", path)).toMatchObject({ status: 204 });
    expect((await send("GET", method)).body).not.toHaveProperty("methodIntegration");
  });

  test("loses its responses when it is put anew", async () => {
    const { send, method } = await openMock();
    await send("PUT", `${method}/integration/responses/200`, {});
    const again = await send("PUT", `${method}/integration`, { type: "MOCK" });
    expect(again.body).not.toHaveProperty("integrationResponses");
  });

  test("is missing below what is missing", async () => {
    const { send, api, resource } = await openWorld();
    const at = (path: string) => send("GET", `${path}/integration`);
    const noResource = absent("Invalid Resource identifier specified");
    expect(await at(`/restapis/none/resources/${resource}/methods/GET`)).toEqual(noResource);
    expect(await at(`${api}/resources/none/methods/GET`)).toEqual(noResource);
    const noMethod = absent("Invalid Method identifier specified");
    expect(await at(`${api}/resources/${resource}/methods/PUT`)).toEqual(noMethod);
  });
});
