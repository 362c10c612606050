import { describe, expect, test } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import type { Props } from "../../src/json.ts";
import { type Cloud, cloud, movesOf } from "../support/run.ts";
import { asked } from "../support/resource/probe.ts";

/** What the six resources are called in the cloud. */
interface Names {
  readonly RestApiId: string;
  readonly ParentId: string;
  readonly ResourceId: string;
}

/** The six resources of Pulumi's page on the integration response, put there by somebody else. */
function sixByHand({ emulator }: Cloud): Names {
  const made = (type: string, props: Props): Props =>
    emulator.put(`AWS::ApiGateway::${type}`, props).Properties;
  const { RestApiId = "", RootResourceId: ParentId = "" } = made("RestApi", { Name: "MyDemoAPI" });
  const { ResourceId = "" } = made("Resource", { RestApiId, ParentId, PathPart: "mydemoresource" });
  const names = { RestApiId, ParentId, ResourceId } as unknown as Names;
  made("Method", {
    ...methodOf(names),
    AuthorizationType: "NONE",
    Integration: { Type: "MOCK", IntegrationResponses: [{ StatusCode: "200" }, sibling] },
    MethodResponses: [{ StatusCode: "200" }, { StatusCode: "404" }],
  });
  return names;
}

/** A response that no program here names. */
const sibling = {
  StatusCode: "404",
  SelectionPattern: "404",
  ResponseTemplates: { "text/plain": "by hand" },
};

const methodOf = ({ RestApiId, ResourceId }: Names) =>
  ({ RestApiId, ResourceId, HttpMethod: "GET" }) as const;

const methodIn = ({ emulator }: Cloud): Props | undefined =>
  emulator.resources().find(({ TypeName }) => TypeName === "AWS::ApiGateway::Method")?.Properties;

/** One of the six by itself, the others known by their names alone. */
interface Alone {
  readonly declare: (names: Names, more?: object) => Promise<unknown>;
  readonly find: (names: Names) => Promise<object | undefined>;
  /** What is left of the method once this one is gone. */
  readonly left: (method: Props) => Props | undefined;
}

const adopt = true;
const { ApiGateway } = AWS;
const parts = (method: Props): { Integration: Props; MethodResponses: Props[] } =>
  method as unknown as { Integration: Props; MethodResponses: Props[] };

/** The method without one member. */
function less(method: Props, name: string): Props {
  const { [name]: _, ...rest } = method;
  return rest;
}

const six: Readonly<Record<string, Alone>> = {
  RestApi: {
    declare: (_, more) => ApiGateway.RestApi("one", { Name: "MyDemoAPI", adopt, ...more }),
    find: () => ApiGateway.RestApi.find({ Name: "MyDemoAPI" }),
    left: () => undefined,
  },
  Resource: {
    declare: ({ RestApiId, ParentId }, more) =>
      ApiGateway.Resource("one", { RestApiId, ParentId, PathPart: "mydemoresource", adopt, ...more }),
    find: ({ RestApiId, ParentId }) =>
      ApiGateway.Resource.find({ RestApiId, ParentId, PathPart: "mydemoresource" }),
    left: () => undefined,
  },
  Method: {
    declare: (names, more) => ApiGateway.Method("one", { ...methodOf(names), adopt, ...more }),
    find: (names) => ApiGateway.Method.find(methodOf(names)),
    left: () => undefined,
  },
  Integration: {
    declare: (names, more) =>
      ApiGateway.Integration("one", { ...methodOf(names), Type: "MOCK", adopt, ...more }),
    find: (names) => ApiGateway.Integration.find(methodOf(names)),
    left: (method) => less(method, "Integration"),
  },
  MethodResponse: {
    declare: (names, more) =>
      ApiGateway.MethodResponse("one", { ...methodOf(names), StatusCode: "200", adopt, ...more }),
    find: (names) => ApiGateway.MethodResponse.find({ ...methodOf(names), StatusCode: "200" }),
    left: (method) => ({ ...method, MethodResponses: parts(method).MethodResponses.slice(1) }),
  },
  IntegrationResponse: {
    declare: (names, more) =>
      ApiGateway.IntegrationResponse("one", { ...methodOf(names), StatusCode: "200", adopt, ...more }),
    find: (names) => ApiGateway.IntegrationResponse.find({ ...methodOf(names), StatusCode: "200" }),
    left: (method) => ({
      ...method,
      Integration: { ...parts(method).Integration, IntegrationResponses: [sibling] },
    }),
  },
};

describe.each(Object.entries(six))("the %s of Pulumi's page, by itself,", (type, { declare, find, left }) => {
  test("is found, adopted into an empty store without a patch, and left alone by a second run", async () => {
    const here = await cloud();
    const names = sixByHand(here);
    const before = here.emulator.resources();
    expect(await asked(here, () => find(names))).toBeDefined();
    const report = await here.deploy(() => declare(names));
    expect(movesOf(report)).toEqual(["one: adopt"]);
    expect(report.changes[0]?.patch ?? []).toEqual([]);
    expect(here.emulator.resources()).toEqual(before);
    const { length } = here.emulator.calls;
    expect(movesOf(await here.deploy(() => declare(names)))).toEqual(["one: nothing"]);
    expect(here.emulator.calls).toHaveLength(length);
  });

  test("is destroyed, and its siblings stay as they are", async () => {
    const here = await cloud();
    const names = sixByHand(here);
    // The method response of a reply cannot go before the reply does.
    if (type === "MethodResponse")
      here.emulator.change("AWS::ApiGateway::Method", nameOf(names), withoutReply);
    const before = methodIn(here) ?? {};
    await here.deploy(() => declare(names));
    const report = await here.destroy();
    expect(movesOf(report)).toEqual(["one: delete"]);
    expect(await asked(here, () => find(names))).toBeUndefined();
    expect(methodIn(here)).toEqual(left(before));
  });
});

const nameOf = ({ RestApiId, ResourceId }: Names): string => `${RestApiId}|${ResourceId}|GET`;

const withoutReply = (method: Props): Props => ({
  ...method,
  Integration: { ...parts(method).Integration, IntegrationResponses: [sibling] },
});

test("another path is another resource, and what lived below it is made below the new one", async () => {
  const here = await cloud();
  const program = (PathPart: string) => async (): Promise<void> => {
    const api = await ApiGateway.RestApi("api", { Name: "MyDemoAPI" });
    const { RestApiId, RootResourceId: ParentId } = api;
    const { ResourceId } = await ApiGateway.Resource("resource", { RestApiId, ParentId, PathPart });
    const of = methodOf({ RestApiId, ParentId, ResourceId });
    await ApiGateway.Method("method", { ...of, AuthorizationType: "NONE" });
    await ApiGateway.Integration("integration", { ...of, Type: "MOCK" });
    await ApiGateway.MethodResponse("answer", { ...of, StatusCode: "200" });
    await ApiGateway.IntegrationResponse("reply", { ...of, StatusCode: "200" });
  };
  await here.deploy(program("before"));
  const before = methodIn(here);
  const report = await here.deploy(program("after"));
  expect(report.changes.filter(({ error }) => error)).toEqual([]);
  // The old resource takes its method along when it goes, so that the five are made rather than replaced.
  expect(movesOf(report).slice(0, 2)).toEqual(["api: nothing", "resource: replace"]);
  const after = methodIn(here);
  const [old, now] = [before, after].map((method) => String(method?.["ResourceId"]));
  expect(now).not.toBe(old);
  expect(JSON.stringify(after)).toBe(JSON.stringify(before).replaceAll(old ?? "", now ?? ""));
  expect(here.emulator.resources()).toHaveLength(3);
});
