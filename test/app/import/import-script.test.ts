import { describe, expect, test } from "vitest";
import { importScript } from "../../../src/app/import/import-script.ts";
import { AWS } from "../../../src/aws/namespace.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import { type Cloud, cloud, movesOf } from "../../support/run.ts";
import { programOf } from "../../support/app/script-of.ts";

/** A WebSocket API as somebody else has made it. */
async function chat({ deploy }: Cloud): Promise<string> {
  let ApiId = "";
  const report = await deploy(
    async () => {
      const api = await AWS.ApiGatewayV2.Api("api", {
        Name: "chat",
        ProtocolType: "WEBSOCKET",
        RouteSelectionExpression: "$request.body.action",
      });
      ({ ApiId } = api);
      const mock = await AWS.ApiGatewayV2.Integration("mock", {
        ApiId: api,
        IntegrationType: "MOCK",
        TemplateSelectionExpression: "200",
        RequestTemplates: { "200": '{"statusCode":200}' },
      });
      await AWS.ApiGatewayV2.IntegrationResponse("reply", {
        ApiId: api,
        IntegrationId: mock,
        IntegrationResponseKey: "$default",
        ResponseTemplates: { "application/json": 'a `tick` and ${"dollars"}' },
      });
      const route = await AWS.ApiGatewayV2.Route("ping", {
        ApiId: api,
        RouteKey: "ping",
        Target: `integrations/${mock.IntegrationId}`,
      });
      await AWS.ApiGatewayV2.RouteResponse("answer", {
        ApiId: api,
        RouteId: route,
        RouteResponseKey: "$default",
      });
      await AWS.ApiGatewayV2.Stage("live", { ApiId: api, StageName: "live", AutoDeploy: true });
    },
    { store: memoryStore() },
  );
  expect(report.ok).toBe(true);
  return ApiId;
}

const apiOf = (identifier: string) => [{ type: "AWS::ApiGatewayV2::Api", identifier }];

describe("an import", () => {
  test("of a tree declares all of it, with references, and a plan of the script changes nothing", async () => {
    const here = await cloud();
    const ApiId = await chat(here);
    const options = { endpoint: here.emulator.url, store: here.store };
    const text = await importScript({ app: "test", resources: apiOf(ApiId), tree: true }, options);
    expect(text).toContain("Target: `integrations/${integration.IntegrationId}`");
    expect(text).toMatch(/ApiId: apiChat\.ApiId/);
    expect(text.match(/= await AWS\./g)).toHaveLength(6);
    const plan = await here.deploy(programOf(text), { phase: "plan" });
    expect(plan.ok).toBe(true);
    expect(plan.changes.map(({ move, patch }) => [move, patch])).toEqual(
      Array.from({ length: 6 }, () => ["adopt", []]),
    );
  });

  test("that is recorded too plans to nothing, and deploys without a call", async () => {
    const here = await cloud();
    const ApiId = await chat(here);
    const options = { endpoint: here.emulator.url, store: here.store };
    const text = await importScript(
      { app: "test", resources: apiOf(ApiId), tree: true, write: true },
      options,
    );
    expect(text).not.toContain("adopt");
    const before = here.emulator.calls.length;
    const report = await here.deploy(programOf(text));
    expect(movesOf(report).every((line) => line.endsWith(": nothing"))).toBe(true);
    expect(report.changes).toHaveLength(6);
    expect(here.emulator.calls).toHaveLength(before);
  });

  test("leaves out what AWS sets and what is the default anyway", async () => {
    const here = await cloud();
    await here.deploy(() => AWS.SQS.Queue("q", { QueueName: "jobs", VisibilityTimeout: 45 }), {
      store: memoryStore(),
    });
    const [queue] = here.emulator.resources();
    const resources = [{ type: "AWS::SQS::Queue", identifier: queue?.Identifier ?? "" }];
    const text = await importScript(
      { app: "test", resources },
      { endpoint: here.emulator.url, store: here.store },
    );
    expect(text).toContain("VisibilityTimeout: 45");
    expect(text).not.toMatch(/QueueUrl|Arn/);
  });

  test("of what is not there says so", async () => {
    const { emulator, store } = await cloud();
    const options = { endpoint: emulator.url, store };
    const resources = apiOf("nowhere123");
    await expect(importScript({ app: "test", resources }, options)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});
