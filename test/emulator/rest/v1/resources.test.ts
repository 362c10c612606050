import { describe, expect, test } from "vitest";
import { absent, bad, conflict, patch } from "../../../support/emulator/rest/rest.ts";
import { openMock, openWorld } from "../../../support/emulator/rest/v1/world.ts";

describe("the resources of an API by REST", () => {
  test("are listed by path, the root among them", async () => {
    const { send, api, root, resource } = await openMock();
    const { body: child } = await send("POST", `${api}/resources/${resource}`, { pathPart: "{id}" });
    await send("POST", `${api}/resources/${root}`, { pathPart: "dogs" });
    const listed = (await send("GET", `${api}/resources`)).body["item"] as Record<string, unknown>[];
    expect(listed.map(({ path }) => path)).toEqual(["/", "/dogs", "/pets", "/pets/{id}"]);
    expect(listed[0]).toEqual({ id: root, path: "/" });
    expect(listed[2]).toEqual({
      id: resource,
      parentId: root,
      pathPart: "pets",
      path: "/pets",
      resourceMethods: { GET: {} },
    });
    expect((await send("GET", `${api}/resources/${String(child["id"])}`)).body).toEqual(child);
    expect((await send("GET", `${api}/resources/${root}`)).body).toEqual({ id: root, path: "/" });
  });

  test("show their methods whole where asked", async () => {
    const { send, api, method } = await openMock();
    const whole = (await send("GET", method)).body;
    const listed = await send("GET", `${api}/resources?embed=methods`);
    expect(listed.body).toMatchObject({ item: [{ path: "/" }, { resourceMethods: { GET: whole } }] });
    expect(whole).toHaveProperty("methodIntegration");
  });

  test("move, and go with what is below them", async () => {
    const { send, api, root, resource, desk } = await openMock();
    const { body: child } = await send("POST", `${api}/resources/${resource}`, { pathPart: "a" });
    const path = `${api}/resources/${resource}`;
    expect((await send("PATCH", path, patch("replace", "/pathPart", "cats"))).body).toMatchObject({
      path: "/cats",
    });
    expect(await send("DELETE", path)).toMatchObject({ status: 202 });
    expect((await send("GET", `${api}/resources`)).body).toEqual({ item: [{ id: root, path: "/" }] });
    expect(await send("DELETE", `${api}/resources/${String(child["id"])}`)).toEqual(
      absent("Invalid Resource identifier specified"),
    );
    expect(desk.emulator.resources()).toHaveLength(1);
  });

  test("never move below nothing or themselves", async () => {
    const { send, api, resource } = await openMock();
    const { body: child } = await send("POST", `${api}/resources/${resource}`, { pathPart: "a" });
    const move = (to: unknown) =>
      send("PATCH", `${api}/resources/${resource}`, patch("replace", "/parentId", String(to)));
    expect(await move("none")).toEqual(absent("Invalid Resource identifier specified"));
    expect(await move(child["id"])).toEqual(bad("Resources cannot be cyclical."));
    expect(await move(resource)).toEqual(bad("Resources cannot be cyclical."));
  });

  test("are refused where another has the name, or the parent is missing or greedy", async () => {
    const { send, api, root } = await openWorld();
    const add = (parent: string, pathPart: string) =>
      send("POST", `${api}/resources/${parent}`, { pathPart });
    expect(await add(root, "pets")).toEqual(
      conflict("Another resource with the same parent already has this name: pets"),
    );
    expect(await add("none", "x")).toEqual(absent("Invalid Resource identifier specified"));
    const { body: greedy } = await add(root, "{proxy+}");
    expect(await add(String(greedy["id"]), "x")).toEqual(
      bad("Cannot create a child of a resource with a greedy path variable: {proxy+}"),
    );
    expect(await add(root, "{id}")).toEqual(
      bad("A sibling ({proxy+}) of this resource already has a variable path part -- only one is allowed"),
    );
  });

  test("are those of Cloud Control", async () => {
    const { send, api, apiId, root, desk } = await openWorld();
    const made = await desk.create("AWS::ApiGateway::Resource", {
      RestApiId: apiId,
      ParentId: root,
      PathPart: "birds",
    });
    const [, id] = (made.Identifier ?? "").split("|");
    expect((await send("GET", `${api}/resources/${id}`)).body).toMatchObject({ path: "/birds" });
  });

  test("are noted by operation, writes with their body", async () => {
    const { desk } = await openWorld();
    expect(desk.emulator.calls.map(({ api, body }) => [api, body])).toEqual([
      ["apigateway:CreateRestApi", { name: "zoo", tags: { Team: "x" } }],
      ["apigateway:CreateResource", { pathPart: "pets" }],
      ["apigateway:PutMethod", { authorizationType: "NONE" }],
    ]);
  });

  test("are nowhere without a signature, by another path, or as no JSON", async () => {
    const { send, api, root, desk } = await openWorld();
    expect((await fetch(`${desk.emulator.url}${api}`)).status).toBe(403);
    expect(await send("PUT", `${api}/nothing`)).toMatchObject({
      status: 403,
      errorType: "MissingAuthenticationTokenException",
    });
    expect(await send("POST", `${api}/resources/${root}`, "{")).toMatchObject({
      status: 400,
      errorType: "SerializationException",
    });
  });
});
