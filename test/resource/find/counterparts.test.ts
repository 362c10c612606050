import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import type { Event } from "../../../src/events.ts";
import { briskCloud } from "../../support/resource/brisk-cloud.ts";
import { movesOf } from "../../support/run.ts";

const warnings = (events: readonly Event[]): string[] =>
  events.flatMap((event) => (event.name === "warning" ? [event.message] : []));

const [X, Y] = ["method.response.header.X", "method.response.header.Y"];
const lacks = (path: string): string =>
  `${path}: its method response has no such header among its ResponseParameters, and API Gateway refuses that`;

/** What the method response of 200 names, and what its integration response fills. */
interface Headers {
  readonly named?: readonly string[];
  readonly filled?: readonly string[];
}

const flags = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, false]));
const values = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, "'1'"]));

async function root() {
  const api = await AWS.ApiGateway.RestApi("api", { Name: "shop" });
  return { RestApiId: api.RestApiId, ResourceId: api.RootResourceId, HttpMethod: "GET" };
}

const ok = (named: readonly string[]) => ({ StatusCode: "200", ResponseParameters: flags(named) });
const filling = (filled: readonly string[]) => ({ StatusCode: "200", ResponseParameters: values(filled) });

/** The ways to write a method with its responses. */
const ways: Record<string, (headers: Required<Headers>) => Promise<void>> = {
  "inside the method": async ({ named, filled }) => {
    await AWS.ApiGateway.Method("get", {
      ...(await root()),
      AuthorizationType: "NONE",
      MethodResponses: [{ StatusCode: "400" }, ok(named)],
      Integration: { Type: "MOCK", IntegrationResponses: [filling(filled)] },
    });
  },
  "as parts": async ({ named, filled }) => {
    const of = await root();
    await AWS.ApiGateway.Method("method", { ...of, AuthorizationType: "NONE" });
    await AWS.ApiGateway.Integration("mock", { ...of, Type: "MOCK" });
    await AWS.ApiGateway.MethodResponse("ok", { ...of, ...ok(named) });
    await AWS.ApiGateway.IntegrationResponse("get", { ...of, ...filling(filled) });
  },
  "as parts that nobody waits for, the other way round": async ({ named, filled }) => {
    const of = await root();
    await AWS.ApiGateway.Method("method", { ...of, AuthorizationType: "NONE" });
    await AWS.ApiGateway.Integration("mock", { ...of, Type: "MOCK" });
    await Promise.all([
      AWS.ApiGateway.IntegrationResponse("get", { ...of, ...filling(filled) }),
      AWS.ApiGateway.MethodResponse("ok", { ...of, ...ok(named) }),
    ]);
  },
  "as one part, with the method response inside": async ({ named, filled }) => {
    const of = await root();
    await AWS.ApiGateway.Method("method", {
      ...of,
      AuthorizationType: "NONE",
      MethodResponses: [ok(named)],
      Integration: { Type: "MOCK" },
    });
    await AWS.ApiGateway.IntegrationResponse("get", { ...of, ...filling(filled) });
  },
};

const isApart = (way: string): boolean => way.startsWith("as ");

describe.each(Object.keys(ways))("a header that an integration response fills, %s", (way) => {
  const program =
    ({ named = [], filled = [] }: Headers) =>
    () =>
      ways[way]?.({ named, filled }) ?? Promise.resolve();
  const at = (name: string): string =>
    lacks(`${isApart(way) ? "" : "/Integration/IntegrationResponses/0"}/ResponseParameters/${name}`);

  test.each(["plan", "deploy"] as const)("is warned of in a %s where nothing names it", async (phase) => {
    const { deploy, events } = await briskCloud();
    const report = await deploy(program({ filled: [X] }), { phase });
    expect(warnings(events)).toEqual([at(X)]);
    const refused = phase === "deploy" ? ["get: INVALID_REQUEST"] : [];
    expect(movesOf(report).filter((move) => /: [A-Z]/.test(move))).toEqual(refused);
  });

  test("is nothing to warn of where it is named", async () => {
    const { deploy, events } = await briskCloud();
    expect(await deploy(program({ named: [X, Y], filled: [X] }), { phase: "plan" })).toMatchObject({
      ok: true,
    });
    expect(warnings(events)).toEqual([]);
  });

  test("is warned of alone among others, where a change brings it", async () => {
    const { deploy, events } = await briskCloud();
    await deploy(program({ named: [X], filled: [X] }));
    await deploy(program({ named: [X], filled: [X, Y] }), { phase: "plan" });
    expect(warnings(events)).toEqual([at(Y)]);
    expect(await deploy(program({ named: [X, Y], filled: [X, Y] }))).toMatchObject({ ok: true });
    expect(warnings(events)).toEqual([at(Y)]);
  });
});
