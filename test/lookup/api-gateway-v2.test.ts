import { describe, expect, onTestFinished, test } from "vitest";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../src/emulator/index.ts";
import type { Props } from "../../src/json.ts";
import { apiGatewayV2 } from "../../src/lookup/api-gateway-v2.ts";
import type { Lister } from "../../src/lookup/lister.ts";
import { identifierOf } from "../../src/schema/identifier.ts";
import { bundledFacts } from "../../src/schema/bundled.ts";
import { fakeClock } from "../support/wire/fake-clock.ts";
import { answer, scripted } from "../support/wire/scripted.ts";

const of = (type: string): string => `AWS::ApiGatewayV2::${type}`;

const listerAt = (endpoint: string): Lister =>
  apiGatewayV2({ region: "us-east-1", endpoint }, { clock: fakeClock(), concurrency: 10 });

async function open(options: EmulatorOptions = {}): Promise<{ emulator: Emulator; lister: Lister }> {
  const emulator = await startEmulator(options);
  onTestFinished(() => emulator.close());
  return { emulator, lister: listerAt(emulator.url) };
}

async function all(models: AsyncIterable<Props>): Promise<Props[]> {
  const found: Props[] = [];
  for await (const model of models) found.push(model);
  return found;
}

/** A WebSocket API with an integration, made by hand. */
function chat(emulator: Emulator, Name = "chat"): { ApiId: string; IntegrationId: string } {
  const RouteSelectionExpression = "$request.body.action";
  const api = { Name, ProtocolType: "WEBSOCKET", RouteSelectionExpression };
  const ApiId = emulator.put(of("Api"), api).Identifier;
  const { Properties } = emulator.put(of("Integration"), { ApiId, IntegrationType: "MOCK" });
  return { ApiId, IntegrationId: String(Properties["IntegrationId"]) };
}

describe("listing API Gateway V2", () => {
  test("finds integration responses below their parents, in Cloud Control's own capitals", async () => {
    const { emulator, lister } = await open();
    const parents = chat(emulator);
    const other = chat(emulator, "other");
    const wanted = {
      IntegrationResponseKey: "/200/",
      TemplateSelectionExpression: "${response.header.template}",
      ResponseTemplates: { "text/plain": "#set($a = 1)" },
    };
    const { Properties } = emulator.put(of("IntegrationResponse"), { ...parents, ...wanted });
    emulator.put(of("IntegrationResponse"), { ...other, IntegrationResponseKey: "$default" });
    expect(await all(lister.list(of("IntegrationResponse"), parents))).toEqual([Properties]);
  });

  test.each([
    ["Api", {}, {}],
    ["Route", { RouteKey: "$default" }, { ApiId: "" }],
    ["Stage", { StageName: "prod" }, { ApiId: "" }],
    ["Model", { Name: "m", Schema: "{}", ContentType: "application/json" }, { ApiId: "" }],
    ["Integration", { IntegrationType: "MOCK" }, { ApiId: "" }],
    [
      "Authorizer",
      {
        Name: "z",
        AuthorizerType: "REQUEST",
        AuthorizerUri: "arn:x",
        IdentitySource: ["route.request.header.A"],
      },
      { ApiId: "" },
    ],
  ])("gives every %s what its identifier is made of", async (type, desired, below) => {
    const { emulator, lister } = await open();
    const { ApiId } = chat(emulator);
    const parents: Props = "ApiId" in below ? { ApiId } : {};
    const made = type === "Api" ? ApiId : emulator.put(of(type), { ...desired, ...parents }).Identifier;
    const facts = bundledFacts(of(type)) ?? {};
    const identifiers = (await all(lister.list(of(type), parents))).map((model) =>
      identifierOf(facts, model),
    );
    expect(identifiers).toContain(made);
  });

  test("goes on to the last page", async () => {
    const { emulator, lister } = await open();
    const { ApiId } = chat(emulator);
    for (let i = 0; i < 230; i += 1) emulator.put(of("Route"), { ApiId, RouteKey: `r${i}` });
    const keys = (await all(lister.list(of("Route"), { ApiId }))).map(({ RouteKey }) => RouteKey);
    expect(new Set(keys).size).toBe(230);
    expect(emulator.calls.filter(({ api }) => api === "apigatewayv2:GetRoutes").length).toBeGreaterThan(1);
  });

  test("writes instants as text, as JSON has them", async () => {
    const { emulator, lister } = await open();
    chat(emulator);
    const [api] = await all(lister.list(of("Api"), {}));
    expect(api?.["CreatedDate"]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  test("goes on after throttles and lost answers", async () => {
    const { emulator, lister } = await open({
      faults: ({ count }) =>
        count === 1 ? { throttle: true } : count === 2 ? { dropBefore: true } : undefined,
    });
    chat(emulator);
    expect(await all(lister.list(of("Api"), {}))).toHaveLength(1);
  });

  test("says NOT_FOUND where the parent is not there, and whose permission is missing", async () => {
    const { lister } = await open();
    await expect(all(lister.list(of("Route"), { ApiId: "nothing" }))).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    const denied = answer({ message: "no apigateway:GET" }, 403, {
      "x-amzn-errortype": "AccessDeniedException",
    });
    const server = await scripted(denied);
    await expect(all(listerAt(server.url).list(of("Api"), {}))).rejects.toMatchObject({
      code: "ACCESS_DENIED",
      what: "no apigateway:GET",
    });
  });

  test.each([{}, { ApiId: "" }, { ApiId: null }])(
    "asks for a parent that is missing: %j",
    async (parents) => {
      const { emulator, lister } = await open();
      await expect(all(lister.list(of("Route"), parents))).rejects.toMatchObject({
        code: "VALIDATION",
        what: "the list below an API needs its parents: ApiId is missing",
      });
      expect(emulator.calls).toEqual([]);
    },
  );

  test("knows its own types and lists nothing of others", async () => {
    const { emulator, lister } = await open();
    expect(
      ["Api", "Route", "IntegrationResponse", "VpcLink"].map(of).filter((type) => !lister.lists(type)),
    ).toEqual([]);
    expect(["AWS::S3::Bucket", "constructor", of("Deployment")].filter((type) => lister.lists(type))).toEqual(
      [],
    );
    expect(await all(lister.list("constructor", {}))).toEqual([]);
    expect(emulator.calls).toEqual([]);
  });
});
