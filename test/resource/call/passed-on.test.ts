import { describe, expect, test } from "vitest";
import { reconcile } from "../../../src/app/reconcile.ts";
import { AWS } from "../../../src/aws/namespace.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import { changeOf, cloud, movesOf } from "../../support/run.ts";

const websocket = {
  Name: "chat",
  ProtocolType: "WEBSOCKET",
  RouteSelectionExpression: "$request.body.action",
};

describe("outputs passed on as properties", () => {
  test("a copy of a resource asks for all but what AWS sets", async () => {
    const { deploy, emulator } = await cloud();
    const program = async (): Promise<void> => {
      const api = await AWS.ApiGatewayV2.Api("api", websocket);
      const copy = await AWS.ApiGatewayV2.Api("copy", { ...api, Name: "copy" });
      expect(copy).toMatchObject({ Name: "copy", RouteSelectionExpression: "$request.body.action" });
      expect(copy.ApiId).not.toBe(api.ApiId);
    };
    const first = await deploy(program);
    expect(first.changes.map(({ error }) => error)).toEqual([undefined, undefined]);
    expect(emulator.resources().map(({ Properties }) => Properties["Name"])).toEqual(["chat", "copy"]);
    expect(movesOf(await deploy(program))).toEqual(["api: nothing", "copy: nothing"]);
  });

  test("an object of which AWS sets every member is not asked for either", async () => {
    const { deploy, emulator } = await cloud();
    const report = await deploy(async () => {
      const one = await AWS.RDS.DBInstance("one", { DBInstanceIdentifier: "one", Engine: "postgres" });
      expect(one.Endpoint?.Address).toEqual(expect.any(String));
      await AWS.RDS.DBInstance("two", { ...one, DBInstanceIdentifier: "two" });
    });
    expect(changeOf(report, "two").error?.message).toBeUndefined();
    const asked = emulator.calls.filter(({ api }) => api === "CreateResource").map(({ body }) => body);
    expect(JSON.stringify(asked[1])).toContain("postgres");
    expect(JSON.stringify(asked[1])).not.toContain("Endpoint");
  });

  test("a copy may stand in another place than its original", async () => {
    const { deploy } = await cloud();
    const report = await deploy(async () => {
      const api = await AWS.ApiGatewayV2.Api("api", websocket);
      const to = (id: string) =>
        AWS.ApiGatewayV2.Integration(id, { ApiId: api, IntegrationType: "MOCK", Description: id });
      const reply = await AWS.ApiGatewayV2.IntegrationResponse("reply", {
        ApiId: api,
        IntegrationId: await to("left"),
        IntegrationResponseKey: "$default",
        TemplateSelectionExpression: "x",
      });
      const right = await to("right");
      const twin = await AWS.ApiGatewayV2.IntegrationResponse("twin", { ...reply, IntegrationId: right });
      expect(twin).toMatchObject({ IntegrationId: right.IntegrationId, TemplateSelectionExpression: "x" });
    });
    expect(changeOf(report, "twin")).toMatchObject({ move: "create" });
    expect(report.ok).toBe(true);
  });

  test("what was only read may be taken over as it is, and updated", async () => {
    const { deploy, emulator } = await cloud();
    let apiId = "";
    await deploy(async () => {
      ({ ApiId: apiId } = await AWS.ApiGatewayV2.Api("api", websocket));
    });
    const program = async (): Promise<void> => {
      const found = await AWS.ApiGatewayV2.Api.get(apiId);
      const named = await AWS.ApiGatewayV2.Api.update(apiId, { ...found, Description: "told" });
      await AWS.ApiGatewayV2.Api("mine", { ...named, adopt: true });
    };
    const report = await reconcile("other", program, { store: memoryStore(), endpoint: emulator.url });
    expect(changeOf(report, "mine")).toMatchObject({ move: "adopt", identifier: apiId });
    expect(changeOf(report, "mine").patch ?? []).toEqual([]);
    expect(report.calls["UpdateResource"]).toBe(1);
  });

  test("a plan takes the copy of what is yet to be made", async () => {
    const { deploy, emulator } = await cloud();
    const program = async (): Promise<void> => {
      const topic = await AWS.SNS.Topic("topic", { TopicName: "one" });
      await AWS.SNS.Topic("copy", { ...topic, TopicName: "two" });
    };
    const planned = await deploy(program, { phase: "plan" });
    expect(changeOf(planned, "topic")).toMatchObject({ move: "create", desired: { TopicName: "one" } });
    expect(changeOf(planned, "copy").desired).toEqual({ TopicName: "two" });
    expect(emulator.resources()).toEqual([]);
    expect(movesOf(await deploy(program))).toEqual(["topic: create", "copy: create"]);
  });

  test("a value of AWS's making that no output has shown is refused as ever", async () => {
    const { deploy, emulator } = await cloud();
    const report = await deploy(async () => {
      const api = await AWS.ApiGatewayV2.Api("api", websocket);
      await AWS.ApiGatewayV2.Api("slip", { ...api, Name: "slip", ApiId: "a1b2c3d4e5" } as object as never);
    });
    expect(changeOf(report, "slip").error?.message).toContain(
      "/ApiId: set by AWS, leave it out (VALIDATION)",
    );
    expect(emulator.resources()).toHaveLength(1);
  });
});
