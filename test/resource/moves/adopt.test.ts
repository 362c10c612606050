import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import type { Emulator } from "../../../src/emulator/index.ts";
import type { Props } from "../../../src/json.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import { changeOf, cloud, movesOf } from "../../support/run.ts";

/** Puts a WebSocket API with one integration there by hand. */
function parents(emulator: Emulator): { ApiId: string; IntegrationId: string } {
  const api = emulator.put("AWS::ApiGatewayV2::Api", {
    Name: "chat",
    ProtocolType: "WEBSOCKET",
    RouteSelectionExpression: "$request.body.action",
  });
  const ApiId = api.Identifier;
  const integration = emulator.put("AWS::ApiGatewayV2::Integration", { ApiId, IntegrationType: "MOCK" });
  return { ApiId, IntegrationId: String(integration.Properties["IntegrationId"]) };
}

const existing = (emulator: Emulator, key: string, more: Props = {}): string =>
  emulator.put("AWS::ApiGatewayV2::IntegrationResponse", {
    ...of(emulator),
    IntegrationResponseKey: key,
    ...more,
  }).Identifier;

const of = (emulator: Emulator): { ApiId: string; IntegrationId: string } => {
  const integration = emulator.resources().find(({ TypeName }) => TypeName.endsWith("::Integration"));
  const { ApiId, IntegrationId } = integration?.Properties ?? {};
  return integration ? { ApiId: String(ApiId), IntegrationId: String(IntegrationId) } : parents(emulator);
};

describe("adoption", () => {
  test("an existing response is taken over as it is when nothing differs", async () => {
    const { deploy, emulator } = await cloud();
    const identifier = existing(emulator, "$default", { TemplateSelectionExpression: "$.kind" });
    const ids = of(emulator);
    const program = () =>
      AWS.ApiGatewayV2.IntegrationResponse("reply", {
        ...ids,
        IntegrationResponseKey: "$default",
        adopt: true,
      });
    const report = await deploy(program);
    expect(changeOf(report, "reply")).toMatchObject({ move: "adopt", identifier, patch: [] });
    expect(report.calls).toEqual({ DescribeType: 1, GetIntegrationResponses: 1, GetResource: 1 });
    expect((await deploy(program)).calls).toEqual({});
  });

  test("only what is declared is patched and nothing is removed", async () => {
    const { deploy, emulator } = await cloud();
    existing(emulator, "/200/", {
      TemplateSelectionExpression: "$.kind",
      ResponseTemplates: { "application/json": "old", "text/plain": "kept" },
    });
    const report = await deploy(() =>
      AWS.ApiGatewayV2.IntegrationResponse("reply", {
        ...of(emulator),
        IntegrationResponseKey: "/200/",
        ResponseTemplates: { "application/json": "new" },
        adopt: true,
      }),
    );
    expect(changeOf(report, "reply").patch).toEqual([
      { op: "replace", path: "/ResponseTemplates/application~1json", from: "old", value: "new" },
    ]);
    expect(emulator.resources().at(-1)?.Properties).toMatchObject({
      TemplateSelectionExpression: "$.kind",
      ResponseTemplates: { "application/json": "new", "text/plain": "kept" },
    });
  });

  test("exact adoption removes what is not declared", async () => {
    const { deploy, emulator } = await cloud();
    existing(emulator, "/200/", { TemplateSelectionExpression: "$.kind" });
    await deploy(() =>
      AWS.ApiGatewayV2.IntegrationResponse("reply", {
        ...of(emulator),
        IntegrationResponseKey: "/200/",
        adopt: { exact: true },
      }),
    );
    expect(emulator.resources().at(-1)?.Properties).not.toHaveProperty("TemplateSelectionExpression");
  });

  test("what is not there is created", async () => {
    const { deploy, emulator } = await cloud();
    existing(emulator, "/200/");
    const report = await deploy(() =>
      AWS.ApiGatewayV2.IntegrationResponse("reply", {
        ...of(emulator),
        IntegrationResponseKey: "/404/",
        adopt: true,
      }),
    );
    expect(changeOf(report, "reply").move).toBe("create");
    expect(emulator.resources()).toHaveLength(4);
  });

  test("the whole run can adopt", async () => {
    const { deploy, emulator } = await cloud();
    existing(emulator, "/200/");
    const program = () =>
      AWS.ApiGatewayV2.IntegrationResponse("reply", { ...of(emulator), IntegrationResponseKey: "/200/" });
    expect(changeOf(await deploy(program, { adopt: true }), "reply").move).toBe("adopt");
  });

  test("without adopt a conflict is refused with the advice, and nothing is recorded", async () => {
    const { deploy, destroy, emulator } = await cloud();
    existing(emulator, "/200/");
    const report = await deploy(() =>
      AWS.ApiGatewayV2.IntegrationResponse("reply", { ...of(emulator), IntegrationResponseKey: "/200/" }),
    );
    expect(report.ok).toBe(false);
    expect(changeOf(report, "reply").error).toMatchObject({
      code: "ALREADY_EXISTS",
      kind: "conflict",
      advice: expect.stringContaining("adopt: true"),
    });
    await destroy();
    expect(emulator.resources()).toHaveLength(3);
  });

  test("a name that exists is adopted by the identifier that the properties spell out", async () => {
    const { deploy, emulator } = await cloud();
    emulator.put("AWS::Logs::LogGroup", { LogGroupName: "/app", RetentionInDays: 30 });
    const report = await deploy(() =>
      AWS.Logs.LogGroup("log", { LogGroupName: "/app", RetentionInDays: 7, adopt: true }),
    );
    expect(changeOf(report, "log")).toMatchObject({ move: "adopt", identifier: "/app" });
    expect(report.calls["CreateResource"]).toBeUndefined();
    expect(emulator.resources()[0]?.Properties["RetentionInDays"]).toBe(7);
  });

  test("an explicit identifier needs no key, in any of its spellings", async () => {
    const { deploy, emulator } = await cloud();
    const identifier = existing(emulator, "/200/");
    const [ApiId = "", IntegrationId = "", IntegrationResponseId = ""] = identifier.split("|");
    const spellings = [
      identifier,
      identifier.replaceAll("|", "/"),
      { ApiId, IntegrationId, IntegrationResponseId },
    ];
    for (const spelling of spellings) {
      const report = await deploy(
        () =>
          AWS.ApiGatewayV2.IntegrationResponse("reply", {
            ApiId,
            IntegrationId,
            IntegrationResponseKey: "/200/",
            adopt: { identifier: spelling },
          }),
        { store: memoryStore() },
      );
      expect(changeOf(report, "reply")).toMatchObject({ move: "adopt", identifier });
    }
  });

  test("two resources with the same key are told apart by nobody: AMBIGUOUS names both", async () => {
    const { deploy, emulator } = await cloud();
    const twins = ["a", "b"].map(
      () => emulator.put("AWS::ApiGatewayV2::Api", { Name: "twin", ProtocolType: "HTTP" }).Identifier,
    );
    const report = await deploy(() =>
      AWS.ApiGatewayV2.Api("api", { Name: "twin", ProtocolType: "HTTP", adopt: true }),
    );
    const { error } = changeOf(report, "api");
    expect(error?.code).toBe("AMBIGUOUS");
    for (const identifier of twins) expect(error?.message).toContain(identifier);
  });

  test("a create-only difference is refused with its path and nothing is touched", async () => {
    const { deploy, emulator } = await cloud();
    emulator.put("AWS::ApiGatewayV2::Api", { Name: "chat", ProtocolType: "HTTP" });
    const before = emulator.resources();
    const report = await deploy(() =>
      AWS.ApiGatewayV2.Api("api", {
        Name: "chat",
        ProtocolType: "WEBSOCKET",
        RouteSelectionExpression: "$request.body.action",
        adopt: true,
      }),
    );
    expect(changeOf(report, "api").error).toMatchObject({
      code: "ADOPT_MISMATCH",
      message: expect.stringContaining("/ProtocolType"),
    });
    expect(emulator.resources()).toEqual(before);
  });

  test("where only Cloud Control is sent elsewhere, ListResources finds the response", async () => {
    const { deploy, emulator } = await cloud();
    const identifier = existing(emulator, "/200/");
    const { env } = process;
    env["AWS_ENDPOINT_URL_CLOUDCONTROL"] = emulator.url;
    try {
      const report = await deploy(
        () =>
          AWS.ApiGatewayV2.IntegrationResponse("reply", {
            ...of(emulator),
            IntegrationResponseKey: "/200/",
            adopt: true,
          }),
        { endpoint: undefined },
      );
      expect(changeOf(report, "reply")).toMatchObject({ move: "adopt", identifier });
      expect(report.calls["GetIntegrationResponses"]).toBeUndefined();
      expect(report.calls["ListResources"]).toBe(1);
    } finally {
      delete env["AWS_ENDPOINT_URL_CLOUDCONTROL"];
    }
  });

  test("an adopted resource is destroyed like any other", async () => {
    const { deploy, destroy, emulator } = await cloud();
    existing(emulator, "/200/");
    const { ApiId, IntegrationId } = of(emulator);
    await deploy(() =>
      AWS.ApiGatewayV2.IntegrationResponse("reply", {
        ApiId,
        IntegrationId,
        IntegrationResponseKey: "/200/",
        adopt: true,
      }),
    );
    expect(movesOf(await destroy())).toEqual(["reply: delete"]);
    expect(emulator.resources()).toHaveLength(2);
  });

  test("with adopt but nothing to look by, the resource is created and an event says so", async () => {
    const { deploy, emulator, events } = await cloud();
    emulator.put("AWS::SQS::Queue", { QueueName: "theirs" });
    const report = await deploy(() => AWS.SQS.Queue("queue", { DelaySeconds: 0, adopt: true }));
    expect(changeOf(report, "queue").move).toBe("create");
    expect(events).toContainEqual(
      expect.objectContaining({ name: "warning", message: expect.stringContaining("nothing to look for") }),
    );
  });
});
