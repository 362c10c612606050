import { describe, expect, test } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import { memoryStore } from "../../src/state/memory.ts";
import { type Cloud, changeOf, cloud, movesOf } from "../support/run.ts";

interface Method {
  readonly RestApiId: string;
  readonly ResourceId: string;
  readonly HttpMethod: string;
}

/** Declares an API with one resource and its GET method, which parts may live in. */
async function method(): Promise<Method> {
  const api = await AWS.ApiGateway.RestApi("api", { Name: "shop" });
  const resource = await AWS.ApiGateway.Resource("items", {
    RestApiId: api,
    ParentId: api.RootResourceId,
    PathPart: "items",
  });
  const { RestApiId, ResourceId, HttpMethod } = await AWS.ApiGateway.Method("get", {
    RestApiId: api,
    ResourceId: resource,
    HttpMethod: "GET",
    AuthorizationType: "NONE",
  });
  return { RestApiId, ResourceId, HttpMethod };
}

const live = ({ emulator }: Cloud): Record<string, unknown> =>
  emulator.resources().find(({ TypeName }) => TypeName === "AWS::ApiGateway::Method")?.Properties ?? {};

const responses = (here: Cloud): unknown =>
  (live(here)["Integration"] as { IntegrationResponses?: unknown } | undefined)?.IntegrationResponses;

const patches = ({ emulator }: Cloud): number =>
  emulator.calls.filter(({ api }) => api === "UpdateResource").length;

async function whole(more: object = {}): Promise<void> {
  const of = await method();
  await AWS.ApiGateway.Integration("mock", {
    ...of,
    Type: "MOCK",
    RequestTemplates: { "application/json": '{"statusCode":200}' },
  });
  await AWS.ApiGateway.MethodResponse("ok", { ...of, StatusCode: "200" });
  await AWS.ApiGateway.IntegrationResponse("reply", { ...of, StatusCode: "200", ...more });
}

describe("a part", () => {
  test("is created, left alone, updated and deleted by itself, and nothing of a sibling changes", async () => {
    const here = await cloud();
    const { deploy } = here;
    const report = await deploy(() => whole());
    expect(report.changes.filter(({ error }) => error)).toEqual([]);
    expect(changeOf(report, "reply")).toMatchObject({ move: "create" });
    expect(responses(here)).toEqual([{ StatusCode: "200" }]);
    const calls = here.emulator.calls.length;
    expect((await deploy(() => whole())).changes.every(({ move }) => move === "nothing")).toBe(true);
    expect(here.emulator.calls).toHaveLength(calls);

    const before = live(here);
    const changed = await deploy(() => whole({ ResponseTemplates: { "application/json": "{}" } }));
    expect(movesOf(changed).filter((line) => !line.endsWith("nothing"))).toEqual(["reply: update"]);
    expect(live(here)).toEqual({
      ...before,
      Integration: {
        ...(before["Integration"] as object),
        IntegrationResponses: [{ StatusCode: "200", ResponseTemplates: { "application/json": "{}" } }],
      },
    });

    const gone = await deploy(async () => {
      const of = await method();
      await AWS.ApiGateway.Integration("mock", {
        ...of,
        Type: "MOCK",
        RequestTemplates: { "application/json": '{"statusCode":200}' },
      });
      await AWS.ApiGateway.MethodResponse("ok", { ...of, StatusCode: "200" });
    });
    expect(movesOf(gone)).toContain("reply: delete");
    expect(responses(here)).toBeUndefined();
    expect(live(here)["MethodResponses"]).toEqual([{ StatusCode: "200" }]);
  });

  test("is read, listed and found by names or by a path, as Pulumi writes it", async () => {
    const here = await cloud();
    let of: Method | undefined;
    let seen: unknown[] = [];
    await here.deploy(async () => {
      await whole({ SelectionPattern: "2\\d\\d" });
      of = { ...(await AWS.ApiGateway.IntegrationResponse.get(identifier(here))) } as unknown as Method;
      const { RestApiId, ResourceId, HttpMethod } = of;
      const listed: string[] = [];
      for await (const one of AWS.ApiGateway.IntegrationResponse.list({
        RestApiId,
        ResourceId,
        HttpMethod,
      })) {
        listed.push(one.StatusCode);
      }
      const path = [RestApiId, ResourceId, HttpMethod, "200"].join("/");
      const byPath = await AWS.ApiGateway.IntegrationResponse.get(path);
      const found = await AWS.ApiGateway.IntegrationResponse.find({
        RestApiId,
        ResourceId,
        HttpMethod,
        StatusCode: "200",
      });
      seen = [listed, byPath.SelectionPattern, found?.SelectionPattern];
    });
    expect(seen).toEqual([["200"], "2\\d\\d", "2\\d\\d"]);
  });

  test("that exists is adopted where asked, and otherwise left to whoever made it", async () => {
    const here = await cloud();
    await here.deploy(() => whole({ SelectionPattern: "5\\d\\d" }));
    const of = { ...live(here) } as unknown as Method;
    const names = { RestApiId: of.RestApiId, ResourceId: of.ResourceId, HttpMethod: of.HttpMethod };
    const reply = (more: object) => () =>
      AWS.ApiGateway.IntegrationResponse("mine", { ...names, StatusCode: "200", ...more });
    const store = memoryStore();
    expect(movesOf(await here.deploy(reply({}), { store }))).toEqual(["mine: ALREADY_EXISTS"]);
    const taking = reply({ adopt: true, ContentHandling: "CONVERT_TO_TEXT" });
    const report = await here.deploy(taking, { store });
    expect(movesOf(report)).toEqual(["mine: adopt"]);
    expect(responses(here)).toEqual([
      { StatusCode: "200", SelectionPattern: "5\\d\\d", ContentHandling: "CONVERT_TO_TEXT" },
    ]);
  });

  test("without its owner is refused with the owner's name", async () => {
    const { deploy } = await cloud();
    const report = await deploy(() =>
      AWS.ApiGateway.IntegrationResponse("lost", {
        RestApiId: "a",
        ResourceId: "b",
        HttpMethod: "GET",
        StatusCode: "200",
      }),
    );
    expect(changeOf(report, "lost").error).toMatchObject({ code: "PARENT_NOT_FOUND" });
    expect(changeOf(report, "lost").error?.message).toContain("a|b|GET");
  });

  test("is destroyed before what it stands upon", async () => {
    const here = await cloud();
    await here.deploy(() => whole());
    const report = await here.destroy();
    expect(report.ok).toBe(true);
    expect(movesOf(report).slice(0, 2)).toEqual([
      "reply: delete",
      expect.stringMatching(/^(?:ok|mock): delete$/),
    ]);
    expect(here.emulator.resources()).toEqual([]);
  });
});

test("parts declared at once go out in two patches at most", async () => {
  const here = await cloud({ operationMs: 50 });
  const report = await here.deploy(async () => {
    const of = await method();
    const statuses = ["200", "400", "404", "500"];
    await Promise.all([
      AWS.ApiGateway.Integration("mock", { ...of, Type: "MOCK" }),
      ...statuses.map((StatusCode) => AWS.ApiGateway.MethodResponse(`m${StatusCode}`, { ...of, StatusCode })),
      ...statuses.map((StatusCode) =>
        AWS.ApiGateway.IntegrationResponse(`i${StatusCode}`, {
          ...of,
          StatusCode,
          SelectionPattern: StatusCode,
        }),
      ),
    ]);
  });
  expect(report.changes.filter(({ error }) => error)).toEqual([]);
  expect(responses(here)).toHaveLength(4);
  expect(patches(here)).toBeLessThanOrEqual(2);
});

test("one that the service refuses fails alone", async () => {
  const here = await cloud();
  const report = await here.deploy(async () => {
    const of = await method();
    await Promise.allSettled([
      AWS.ApiGateway.Integration("mock", { ...of, Type: "MOCK" }),
      AWS.ApiGateway.MethodResponse("ok", { ...of, StatusCode: "200" }),
      AWS.ApiGateway.MethodResponse("bad", { ...of, StatusCode: "400" }),
      AWS.ApiGateway.IntegrationResponse("first", { ...of, StatusCode: "200" }),
      AWS.ApiGateway.IntegrationResponse("second", { ...of, StatusCode: "400" }),
    ]);
  });
  const failed = report.changes.filter(({ error }) => error).map(({ id }) => id);
  expect(failed).toHaveLength(1);
  expect(["first", "second"]).toContain(failed[0]);
  expect(responses(here)).toHaveLength(1);
});

function identifier(here: Cloud): string {
  const { RestApiId, ResourceId, HttpMethod } = live(here) as unknown as Method;
  return [RestApiId, ResourceId, HttpMethod, "200"].join("|");
}
