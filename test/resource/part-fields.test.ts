import { describe, expect, test } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import { type Cloud, changeOf, cloud } from "../run.ts";

interface Place {
  readonly RestApiId: string;
  readonly ResourceId: string;
  readonly HttpMethod: string;
}

/** The fields of the CloudFormation property, each with two values. */
const fields: readonly (readonly [string, unknown, unknown])[] = [
  ["ContentHandling", "CONVERT_TO_TEXT", "CONVERT_TO_BINARY"],
  ["ResponseParameters", { "method.response.header.A": "'1'" }, { "method.response.header.A": "'2'" }],
  ["ResponseTemplates", { "application/json": "{}" }, { "application/json": "[]" }],
  ["SelectionPattern", "4\\d\\d", "5\\d\\d"],
];

async function place(): Promise<Place> {
  const api = await AWS.ApiGateway.RestApi("api", { Name: "shop" });
  const HttpMethod = "GET";
  return { RestApiId: api.RestApiId, ResourceId: api.RootResourceId, HttpMethod };
}

const replyIn = ({ emulator }: Cloud): Record<string, unknown> | undefined => {
  const method = emulator.resources().find(({ TypeName }) => TypeName === "AWS::ApiGateway::Method");
  const { Integration } = (method?.Properties ?? {}) as {
    Integration?: { IntegrationResponses?: Record<string, unknown>[] };
  };
  return Integration?.IntegrationResponses?.[0];
};

/** A method whose response is a part of its own. */
const apart = (more: object) => async (): Promise<void> => {
  const of = await place();
  await AWS.ApiGateway.Method("get", {
    ...of,
    AuthorizationType: "NONE",
    Integration: { Type: "MOCK" },
    MethodResponses: [{ StatusCode: "200" }],
  });
  await AWS.ApiGateway.IntegrationResponse("reply", { ...of, StatusCode: "200", ...more });
};

/** A method with its response inside. */
const inside = (more: object) => async (): Promise<void> => {
  await AWS.ApiGateway.Method("get", {
    ...(await place()),
    AuthorizationType: "NONE",
    MethodResponses: [{ StatusCode: "200" }],
    Integration: { Type: "MOCK", IntegrationResponses: [{ StatusCode: "200", ...more }] },
  });
};

describe.each([
  ["as a part", apart, "reply"],
  ["inside its method", inside, "get"],
])("a V1 integration response %s", (_, program, id) => {
  test.each(fields)("takes, changes and drops %s, and keeps its StatusCode", async (name, one, other) => {
    const here = await cloud();
    const { deploy } = here;
    const first = await deploy(program({ [name]: one }));
    expect(first.changes.filter(({ error }) => error)).toEqual([]);
    expect(replyIn(here)).toEqual({ StatusCode: "200", [name]: one });
    expect(changeOf(await deploy(program({ [name]: other })), id).move).toBe("update");
    expect(replyIn(here)).toEqual({ StatusCode: "200", [name]: other });
    expect(changeOf(await deploy(program({})), id).move).toBe("update");
    expect(replyIn(here)).toEqual({ StatusCode: "200" });
    expect(changeOf(await deploy(program({})), id).move).toBe("nothing");
  });
});

test("another StatusCode is another response", async () => {
  const here = await cloud();
  const program = (StatusCode: string) => async (): Promise<void> => {
    const of = await place();
    await AWS.ApiGateway.Method("get", {
      ...of,
      AuthorizationType: "NONE",
      Integration: { Type: "MOCK" },
      MethodResponses: [{ StatusCode: "200" }, { StatusCode: "400" }],
    });
    await AWS.ApiGateway.IntegrationResponse("reply", { ...of, StatusCode, SelectionPattern: StatusCode });
  };
  await here.deploy(program("200"));
  expect(changeOf(await here.deploy(program("400")), "reply").move).toBe("replace");
  expect(replyIn(here)).toEqual({ StatusCode: "400", SelectionPattern: "400" });
});
