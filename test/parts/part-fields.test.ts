import { describe, expect, test } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import type { Props } from "../../src/json.ts";
import { type Cloud, changeOf, cloud } from "../support/run.ts";

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

const ok = { StatusCode: "200", ResponseParameters: { "method.response.header.A": true } };

/** A method whose response is a part of its own. */
const apart = (more: object) => async (): Promise<void> => {
  const of = await place();
  await AWS.ApiGateway.Method("get", {
    ...of,
    AuthorizationType: "NONE",
    Integration: { Type: "MOCK" },
    MethodResponses: [ok],
  });
  await AWS.ApiGateway.IntegrationResponse("reply", { ...of, StatusCode: "200", ...more });
};

/** A method with its response inside. */
const inside = (more: object) => async (): Promise<void> => {
  await AWS.ApiGateway.Method("get", {
    ...(await place()),
    AuthorizationType: "NONE",
    MethodResponses: [ok],
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

/** The fields of the CloudFormation type that may go, each with two values. */
const fieldsOfV2: readonly (readonly [string, unknown, unknown])[] = [
  ["ContentHandlingStrategy", "CONVERT_TO_TEXT", "CONVERT_TO_BINARY"],
  [
    "ResponseParameters",
    { "method.response.header.A": "'1'" },
    { "method.response.header.A": "integration.response.header.B" },
  ],
  ["ResponseTemplates", { "application/json": "{}" }, { "text/plain": "$input.body" }],
  ["TemplateSelectionExpression", "${integration.response.statuscode}", "\\$default"],
];

/** A WebSocket API with two integrations, and a response of the one that is named. */
const replyOf =
  (more: object = {}, { api = "api", of = "a" } = {}) =>
  async (): Promise<string> => {
    const ApiId = await AWS.ApiGatewayV2.Api(api, {
      Name: "chat",
      ProtocolType: "WEBSOCKET",
      RouteSelectionExpression: "$request.body.action",
    });
    const [a, b] = await Promise.all(
      ["a", "b"].map((id) => AWS.ApiGatewayV2.Integration(id, { ApiId, IntegrationType: "MOCK" })),
    );
    const { IntegrationId = "" } = (of === "a" ? a : b) ?? {};
    const reply = await AWS.ApiGatewayV2.IntegrationResponse("reply", {
      ApiId,
      IntegrationId,
      IntegrationResponseKey: "/400/",
      ...more,
    });
    return reply.IntegrationResponseId;
  };

const repliesIn = ({ emulator }: Cloud): Props[] =>
  emulator
    .resources()
    .filter(({ TypeName }) => TypeName === "AWS::ApiGatewayV2::IntegrationResponse")
    .map(({ Properties }) => Properties);

describe("a V2 integration response", () => {
  test.each(fieldsOfV2)("takes, changes and drops %s without interruption", async (name, one, other) => {
    const here = await cloud();
    const { deploy } = here;
    expect(changeOf(await deploy(replyOf({ [name]: one })), "reply").move).toBe("create");
    const [first = {}] = repliesIn(here);
    const { ApiId, IntegrationId, IntegrationResponseId } = first;
    const named = { ApiId, IntegrationId, IntegrationResponseId, IntegrationResponseKey: "/400/" };
    expect(first).toEqual({ ...named, [name]: one });
    expect(changeOf(await deploy(replyOf({ [name]: other })), "reply").move).toBe("update");
    expect(repliesIn(here)).toEqual([{ ...named, [name]: other }]);
    expect(changeOf(await deploy(replyOf()), "reply").move).toBe("update");
    expect(repliesIn(here)).toEqual([named]);
    expect(changeOf(await deploy(replyOf()), "reply").move).toBe("nothing");
  });

  test("changes its IntegrationResponseKey without interruption", async () => {
    const here = await cloud();
    await here.deploy(replyOf());
    const [before] = repliesIn(here);
    const report = await here.deploy(replyOf({ IntegrationResponseKey: "$default" }));
    expect(changeOf(report, "reply").patch).toEqual([
      { op: "replace", path: "/IntegrationResponseKey", from: "/400/", value: "$default" },
    ]);
    expect(repliesIn(here)).toEqual([{ ...before, IntegrationResponseKey: "$default" }]);
  });

  test.each([
    ["IntegrationId", { of: "b" }],
    ["ApiId", { api: "another" }],
  ])("is another one under another %s", async (name, parent) => {
    const here = await cloud();
    await here.deploy(replyOf());
    const [before] = repliesIn(here);
    const report = await here.deploy(replyOf({}, parent));
    expect(changeOf(report, "reply").move).toBe("replace");
    const because = changeOf(report, "reply").because?.map(({ path, from }) => `${path} ${String(from)}`);
    expect(because).toContain(`/${name} ${String(before?.[name])}`);
    expect(repliesIn(here)).toHaveLength(1);
    expect(repliesIn(here)[0]?.[name]).not.toBe(before?.[name]);
  });

  test("resolves with what Ref is to CloudFormation, its IntegrationResponseId, by which it is read", async () => {
    const here = await cloud();
    const seen: unknown[] = [];
    await here.deploy(async () => {
      const ref = await replyOf()();
      const [{ ApiId, IntegrationId, IntegrationResponseId } = {}] = repliesIn(here);
      const read = await AWS.ApiGatewayV2.IntegrationResponse.get([ApiId, IntegrationId, ref].join("/"));
      seen.push(ref === IntegrationResponseId, read.IntegrationResponseKey);
    });
    expect(seen).toEqual([true, "/400/"]);
  });
});
