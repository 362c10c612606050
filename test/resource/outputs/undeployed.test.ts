import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import { deploymentTrigger } from "../../../src/resource/outputs/deployment-trigger.ts";
import { type BriskCloud, briskCloud } from "../../support/resource/brisk-cloud.ts";

/** How a script words its API at one time. */
interface Said {
  readonly nth: number;
  /** How its deployment is declared; none unless told. */
  readonly deployment?: "fixed" | "following" | "before" | "beside" | undefined;
  readonly isAuto?: boolean;
  readonly without?: boolean;
}

type Script = (said: Said) => Promise<void>;

/** A WebSocket API in which one thing changes. */
const socket =
  (changing: "integration" | "reply" | "route" | "answer" | "model" | "authorizer"): Script =>
  async ({ nth, deployment, isAuto, without }) => {
    const { ApiId } = await AWS.ApiGatewayV2.Api("api", {
      Name: "chat",
      ProtocolType: "WEBSOCKET",
      RouteSelectionExpression: "$request.body.action",
    });
    const text = (of: typeof changing): string => (of === changing && nth > 0 ? `text ${nth}` : "text");
    const declare = async (): Promise<object[]> => {
      const mock = await AWS.ApiGatewayV2.Integration("mock", {
        ApiId,
        IntegrationType: "MOCK",
        Description: text("integration"),
      });
      const route = await AWS.ApiGatewayV2.Route("route", {
        ApiId,
        RouteKey: "ping",
        OperationName: text("route"),
        Target: `integrations/${mock.IntegrationId}`,
      });
      const rest = await Promise.all([
        AWS.ApiGatewayV2.RouteResponse("answer", {
          ApiId,
          RouteId: route.RouteId,
          RouteResponseKey: "$default",
          ModelSelectionExpression: text("answer"),
        }),
        AWS.ApiGatewayV2.Model("model", { ApiId, Name: "order", Schema: {}, Description: text("model") }),
        AWS.ApiGatewayV2.Authorizer("authorizer", {
          ApiId,
          Name: "who",
          AuthorizerType: "REQUEST",
          IdentitySource: [`route.request.header.${text("authorizer").replace(" ", "")}`],
        }),
      ]);
      if (without) return [mock, route, ...rest];
      const reply = await AWS.ApiGatewayV2.IntegrationResponse("reply", {
        ApiId,
        IntegrationId: mock.IntegrationId,
        IntegrationResponseKey: "$default",
        ResponseTemplates: { "application/json": text("reply") },
      });
      return [mock, route, ...rest, reply];
    };
    const deploy = (id: string) => AWS.ApiGatewayV2.Deployment(id, { ApiId });
    if (deployment === "before") await deploy(`release-${nth}`);
    const all = deployment === "beside" ? [] : await declare();
    if (deployment === "beside") await Promise.all([declare(), deploy(`release-${nth}`)]);
    if (deployment === "fixed") await deploy("release");
    if (deployment === "following") await deploy(`release-${deploymentTrigger(...all)}`);
    if (isAuto) await AWS.ApiGatewayV2.Stage("stage", { ApiId, StageName: "live", AutoDeploy: true });
  };

/** A REST API in which one thing changes. */
const rest =
  (changing: "get" | "mock" | "ok" | "reply" | "late" | "model"): Script =>
  async ({ nth, deployment }) => {
    const api = await AWS.ApiGateway.RestApi("api", { Name: "shop" });
    const of = { RestApiId: api.RestApiId, ResourceId: api.RootResourceId, HttpMethod: "GET" };
    const text = (part: typeof changing): string => (part === changing && nth > 0 ? `text${nth}` : "text");
    const made = [
      await AWS.ApiGateway.Method("get", { ...of, AuthorizationType: "NONE", OperationName: text("get") }),
      await AWS.ApiGateway.Integration("mock", {
        ...of,
        Type: "MOCK",
        RequestTemplates: { "application/json": text("mock") },
      }),
      await AWS.ApiGateway.MethodResponse("ok", {
        ...of,
        StatusCode: "200",
        ResponseModels: { "application/json": text("ok") === "text" ? "Empty" : `Model${nth}` },
      }),
      await AWS.ApiGateway.IntegrationResponse("reply", {
        ...of,
        StatusCode: "200",
        ResponseTemplates: { "application/json": text("reply") },
      }),
      await AWS.ApiGateway.GatewayResponse("late", {
        RestApiId: of.RestApiId,
        ResponseType: "DEFAULT_5XX",
        ResponseTemplates: { "application/json": text("late") },
      }),
      await AWS.ApiGateway.Model("model", {
        RestApiId: of.RestApiId,
        Name: "Order",
        ContentType: "application/json",
        Schema: {},
        Description: text("model"),
      }),
    ];
    const { RestApiId } = of;
    if (deployment === "fixed") await AWS.ApiGateway.Deployment("release", { RestApiId });
    if (deployment === "following")
      await AWS.ApiGateway.Deployment(`release-${deploymentTrigger(...made)}`, { RestApiId });
  };

const told = ({ events }: BriskCloud, name: "warning" | "notice"): string[] =>
  events.flatMap((event) =>
    event.name === name && /Deployment/.test(event.message)
      ? [`${"id" in event ? `${event.id} ` : ""}${event.message}`]
      : [],
  );

const sockets = {
  reply: "reply",
  integration: "mock",
  route: "route",
  answer: "answer",
  model: "model",
  authorizer: "authorizer",
} as const;
const rests = ["get", "mock", "ok", "reply", "late", "model"] as const;

/** Each family with its scripts, of which each changes one thing, and what that is. */
const families: readonly (readonly [string, readonly (readonly [string, Script])[]])[] = [
  ["V2", Object.entries(sockets).map(([one, id]) => [id, socket(one as keyof typeof sockets)] as const)],
  ["V1", rests.map((one) => [one, rest(one)] as const)],
];

describe.each(families)("what changes below a %s API", (_, scripts) => {
  const [, first] = scripts[0] ?? ["", () => Promise.resolve()];

  test("is told where the deployment stays as it is", async () => {
    const here = await briskCloud();
    expect((await here.deploy(() => first({ nth: 0, deployment: "fixed" }))).ok).toBe(true);
    expect(told(here, "warning")).toEqual([]);
    for (const [id, script] of scripts) {
      here.events.length = 0;
      await here.deploy(() => script({ nth: 2, deployment: "fixed" }), { phase: "plan" });
      const words = new RegExp(`^${id} changes \\(${id}\\), and no AWS::ApiGateway(V2)?::Deployment of`);
      expect(told(here, "warning")).toEqual([expect.stringMatching(words)]);
    }
    here.events.length = 0;
    await here.deploy(() => first({ nth: 2, deployment: "fixed" }));
    expect(told(here, "warning")).toEqual([expect.stringMatching(/^\w+ changed \(\w+\), and no/)]);
    await here.deploy(() => first({ nth: 2, deployment: "fixed" }));
    expect(told(here, "warning")).toHaveLength(1);
    expect(told(here, "notice")).toEqual([]);
  });

  test("is nothing to tell where another deployment follows", async () => {
    const here = await briskCloud();
    await here.deploy(() => first({ nth: 0, deployment: "following" }));
    for (const [, script] of scripts)
      await here.deploy(() => script({ nth: 2, deployment: "following" }), { phase: "plan" });
    expect((await here.deploy(() => first({ nth: 2, deployment: "following" }))).ok).toBe(true);
    expect([...told(here, "warning"), ...told(here, "notice")]).toEqual([]);
  });
});

describe("what is below an API and not deployed", () => {
  test("is told once, and only as a notice, where the script has no deployment", async () => {
    const here = await briskCloud();
    await here.deploy(() => socket("reply")({ nth: 1 }), { phase: "plan" });
    expect(told(here, "warning")).toEqual([]);
    expect(told(here, "notice")).toEqual([
      expect.stringMatching(/^⟨api.ApiId⟩ changes \(mock, route, \w+, 3 more\), and this script declares no/),
    ]);
  });

  test("is nothing to tell where a stage deploys by itself, declared or recorded", async () => {
    const here = await briskCloud();
    const script = socket("reply");
    await here.deploy(() => script({ nth: 1, isAuto: true }), { phase: "plan" });
    await here.deploy(() => script({ nth: 1, isAuto: true }));
    await here.deploy(() => script({ nth: 2, isAuto: true }));
    expect([...told(here, "warning"), ...told(here, "notice")]).toEqual([]);
  });

  test.each(["before", "beside"] as const)("is told where the deployment is made %s", async (deployment) => {
    const here = await briskCloud();
    await here.deploy(() => socket("reply")({ nth: 1, deployment: "following" }));
    await here.deploy(() => socket("reply")({ nth: 2, deployment }));
    expect(told(here, "warning")).toEqual([expect.stringMatching(/^reply changed \(reply\), and no/)]);
  });

  test("is told of what a script takes out, and not of what goes with its API", async () => {
    const here = await briskCloud();
    const script = socket("reply");
    await here.deploy(() => script({ nth: 1, deployment: "fixed" }));
    await here.deploy(() => script({ nth: 1, deployment: "fixed", without: true }), { phase: "plan" });
    expect(told(here, "warning")).toEqual([expect.stringMatching(/^reply changes \(reply\), and no/)]);
    await here.deploy(() => Promise.resolve(), { allowDelete: true });
    expect(told(here, "warning")).toHaveLength(1);
  });
});
