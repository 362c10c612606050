import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import { changeOf, cloud, movesOf } from "../../support/run.ts";

const names = { RestApiId: "a", ResourceId: "b", HttpMethod: "GET" };
const reply = (more: object) => () =>
  AWS.ApiGateway.IntegrationResponse("reply", { ...names, StatusCode: "200", ...more });

describe("what API Gateway would refuse late is refused at once", () => {
  test.each([
    [{ StatusCode: "2xx" }, "/StatusCode"],
    [{ ContentHandling: "TEXT" }, "/ContentHandling"],
    [{ ResponseParameters: { "header.X": "'1'" } }, "/ResponseParameters/header.X"],
    [
      { ResponseParameters: { "method.response.header.X": "1" } },
      "/ResponseParameters/method.response.header.X",
    ],
  ])("%j", async (more, path) => {
    const { deploy, emulator } = await cloud();
    const report = await deploy(reply(more));
    expect(movesOf(report)).toEqual(["reply: VALIDATION"]);
    expect(changeOf(report, "reply").error?.message).toContain(path);
    expect(emulator.calls).toEqual([]);
  });

  test("a second response without a pattern inside one method", async () => {
    const { deploy, emulator } = await cloud();
    const report = await deploy(() =>
      AWS.ApiGateway.Method("get", {
        ...names,
        Integration: { Type: "MOCK", IntegrationResponses: [{ StatusCode: "200" }, { StatusCode: "400" }] },
      }),
    );
    expect(changeOf(report, "get").error?.message).toContain(
      "/Integration/IntegrationResponses/1/SelectionPattern",
    );
    expect(emulator.calls).toEqual([]);
  });
});

describe("what it may well take", () => {
  test.each([
    "'*'",
    "integration.response.header.ETag",
    "integration.response.body.error.message",
    "context.requestId",
  ])("is left to it: %s", async (value) => {
    const { deploy } = await cloud();
    const report = await deploy(reply({ ResponseParameters: { "method.response.header.X": value } }));
    expect(movesOf(report)).toEqual(["reply: PARENT_NOT_FOUND"]);
  });

  test("a V2 key of unusual form, as in CloudFormation's own example, is warned of and sent", async () => {
    const { deploy, events } = await cloud();
    const report = await deploy(async () => {
      const api = await AWS.ApiGatewayV2.Api("api", {
        Name: "chat",
        ProtocolType: "WEBSOCKET",
        RouteSelectionExpression: "$request.body.action",
      });
      const mock = await AWS.ApiGatewayV2.Integration("mock", { ApiId: api, IntegrationType: "MOCK" });
      const of = { ApiId: api, IntegrationId: mock };
      await AWS.ApiGatewayV2.IntegrationResponse("usual", { ...of, IntegrationResponseKey: "/200/" });
      await AWS.ApiGatewayV2.IntegrationResponse("plain", { ...of, IntegrationResponseKey: "200" });
    });
    expect(report.ok).toBe(true);
    const warned = events.flatMap((event) => (event.name === "warning" ? [event] : []));
    expect(warned.map(({ id }) => id)).toEqual(["plain"]);
    expect(warned[0]?.message).toContain("/IntegrationResponseKey");
  });
});

describe("what a mapping takes, and else is warned of and left to the service", () => {
  const warned = async (program: () => Promise<unknown>): Promise<string[]> => {
    const { deploy, events } = await cloud();
    await deploy(program, { phase: "plan" });
    return events.flatMap((event) => (event.name === "warning" ? [event.message.split(": ")[0] ?? ""] : []));
  };
  const transformed = (Destination: string, Source: string) => ({
    ResponseParameters: { "500": { ResponseParameters: [{ Destination, Source }] } },
  });
  const here = "/ResponseParameters/500/ResponseParameters/0";
  const integration = (more: object) => () =>
    AWS.ApiGatewayV2.Integration("it", { ApiId: "a", IntegrationType: "HTTP_PROXY", ...more });

  test.each<[string, object, string[]]>([
    ["a header that is overwritten", transformed("overwrite:header.X", "$response.header.Y"), []],
    [
      "a header that is appended",
      transformed("append:header.X", "${response.body.a} and ${context.requestId}"),
      [],
    ],
    ["a header that is removed", transformed("remove:header.X", "''"), []],
    ["the status", transformed("overwrite:statuscode", "404"), []],
    ["static text with a sign of money", transformed("overwrite:header.X", "costs $5"), []],
    ["stage variables", transformed("overwrite:header.X", "$stageVariables.colour"), []],
    ["a destination without a verb", transformed("header.X", "1"), [`${here}/Destination`]],
    [
      "a destination with a dot for the colon",
      transformed("overwrite.header.X", "1"),
      [`${here}/Destination`],
    ],
    ["another verb", transformed("replace:header.X", "1"), [`${here}/Destination`]],
    ["a status under another verb", transformed("append:statuscode", "404"), [`${here}/Destination`]],
    ["a query string of a response", transformed("append:querystring.X", "1"), [`${here}/Destination`]],
    ["a source of V1", transformed("append:header.X", "integration.response.header.X"), [`${here}/Source`]],
    ["a source of the request", transformed("append:header.X", "$request.header.X"), [`${here}/Source`]],
    ["a variable of nothing", transformed("append:header.X", "a ${header.X}"), [`${here}/Source`]],
    ["no status", { ResponseParameters: { default: {} } }, ["/ResponseParameters/default"]],
    ["a class of status", { ResponseParameters: { "5xx": {} } }, ["/ResponseParameters/5xx"]],
    ["a request header", { RequestParameters: { "append:header.X": "$request.header.Y" } }, []],
    ["a parameter of a service", { RequestParameters: { QueueUrl: "$request.header.Y" } }, []],
    ["a request of a WebSocket API", { RequestParameters: { "integration.request.header.X": "'a'" } }, []],
    [
      "a request header without a verb",
      { RequestParameters: { "header.X": "1" } },
      ["/RequestParameters/header.X"],
    ],
  ])("of a V2 integration: %s", async (_, more, paths) => {
    expect(await warned(integration(more))).toEqual(paths);
  });

  const names = { RestApiId: "a", ResourceId: "b", HttpMethod: "GET" };
  const method = (more: object) =>
    AWS.ApiGateway.Method("it", { ...names, AuthorizationType: "NONE", ...more });
  const mock = (more: object) => AWS.ApiGateway.Integration("it", { ...names, Type: "MOCK", ...more });
  const answer = (map: Record<string, string>) =>
    AWS.ApiGateway.GatewayResponse("it", {
      RestApiId: "a",
      ResponseType: "DEFAULT_4XX",
      ResponseParameters: map,
    });
  const named = (name: string) => ({
    MethodResponses: [{ StatusCode: "200", ResponseParameters: { [name]: true } }],
  });

  test.each<[string, () => Promise<unknown>, string[]]>([
    [
      "a request that a method names",
      () => method({ RequestParameters: { "method.request.path.id": true } }),
      [],
    ],
    [
      "one of an integration",
      () => method({ RequestParameters: { "integration.request.path.id": true } }),
      ["/RequestParameters/integration.request.path.id"],
    ],
    ["a header that a method names", () => method(named("method.response.header.X")), []],
    ["a bare header", () => method(named("X")), ["/MethodResponses/0/ResponseParameters/X"]],
    [
      "a mapped request inside",
      () =>
        method({
          Integration: {
            Type: "MOCK",
            RequestParameters: { "integration.request.path.id": "method.request.path.id" },
          },
        }),
      [],
    ],
    [
      "a static one without quotes inside",
      () =>
        method({
          Integration: { Type: "MOCK", RequestParameters: { "integration.request.header.X": "a" } },
        }),
      ["/Integration/RequestParameters/integration.request.header.X"],
    ],
    [
      "a body apart",
      () => mock({ RequestParameters: { "integration.request.header.X": "method.request.body.a" } }),
      [],
    ],
    [
      "a key of the method apart",
      () => mock({ RequestParameters: { "method.request.header.X": "'a'" } }),
      ["/RequestParameters/method.request.header.X"],
    ],
    ["a gateway response", () => answer({ "gatewayresponse.header.X": "'*'" }), []],
    [
      "a method's header in it",
      () => answer({ "method.response.header.X": "'*'" }),
      ["/ResponseParameters/method.response.header.X"],
    ],
    [
      "a static value without quotes in it",
      () => answer({ "gatewayresponse.header.X": "*" }),
      ["/ResponseParameters/gatewayresponse.header.X"],
    ],
  ])("of V1: %s", async (_, program, paths) => {
    expect(await warned(program)).toEqual(paths);
  });
});
