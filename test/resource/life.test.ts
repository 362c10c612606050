import { describe, expect, test } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import { changeOf, cloud, movesOf } from "../support/run.ts";

const websocket = {
  Name: "chat",
  ProtocolType: "WEBSOCKET",
  RouteSelectionExpression: "$request.body.action",
};

/** A WebSocket API with an integration and one integration response. */
const reply =
  (template: string, more: object = {}) =>
  async (): Promise<void> => {
    const api = await AWS.ApiGatewayV2.Api("api", websocket);
    const integration = await AWS.ApiGatewayV2.Integration("integration", {
      ApiId: api,
      IntegrationType: "MOCK",
    });
    await AWS.ApiGatewayV2.IntegrationResponse("reply", {
      ApiId: api,
      IntegrationId: integration,
      IntegrationResponseKey: "$default",
      ResponseTemplates: { "application/json": template },
      ...more,
    });
  };

const writes = (calls: Readonly<Record<string, number>>): number =>
  (calls["CreateResource"] ?? 0) + (calls["UpdateResource"] ?? 0) + (calls["DeleteResource"] ?? 0);

describe("the life of a resource", () => {
  test("a declared resource is created once, with one Create, its polls and one Get", async () => {
    const { deploy, emulator } = await cloud();
    const report = await deploy(() => AWS.SQS.Queue("jobs", { QueueName: "jobs" }));
    expect(report).toMatchObject({
      ok: true,
      calls: { CreateResource: 1, GetResourceRequestStatus: 1, GetResource: 1 },
    });
    expect(emulator.resources().map(({ TypeName }) => TypeName)).toEqual(["AWS::SQS::Queue"]);
  });

  test("a call resolves with desired and live properties and the identifier beside them", async () => {
    const { deploy } = await cloud();
    await deploy(async () => {
      const queue = await AWS.SQS.Queue("jobs", { QueueName: "jobs" });
      expect(queue.QueueName).toBe("jobs");
      expect(queue.Arn).toBe("arn:aws:sqs:us-east-1:123456789012:jobs");
      expect(queue.identifier).toBe(queue.QueueUrl);
      expect(Object.keys({ ...queue })).not.toContain("identifier");
    });
  });

  test("asking again for the same makes no call", async () => {
    const { deploy } = await cloud();
    await deploy(reply("a"));
    const again = await deploy(reply("a"));
    expect(again.calls).toEqual({});
    expect(movesOf(again)).toEqual(["api: nothing", "integration: nothing", "reply: nothing"]);
  });

  test("an edited template is one update with one operation", async () => {
    const { deploy, emulator } = await cloud();
    await deploy(reply("a"));
    const report = await deploy(reply("b"));
    expect(changeOf(report, "reply")).toMatchObject({
      move: "update",
      patch: [{ op: "replace", path: "/ResponseTemplates/application~1json", value: "b" }],
    });
    expect(report.calls).toMatchObject({ UpdateResource: 1 });
    expect(emulator.resources().at(-1)?.Properties["ResponseTemplates"]).toEqual({ "application/json": "b" });
  });

  test("a property no longer declared is removed", async () => {
    const { deploy, emulator } = await cloud();
    await deploy(reply("a", { ContentHandlingStrategy: "CONVERT_TO_TEXT" }));
    const report = await deploy(reply("a"));
    expect(changeOf(report, "reply").patch).toEqual([
      { op: "remove", path: "/ContentHandlingStrategy", from: "CONVERT_TO_TEXT" },
    ]);
    expect(emulator.resources().at(-1)?.Properties).not.toHaveProperty("ContentHandlingStrategy");
  });

  test("what somebody else added by hand survives an update", async () => {
    const { deploy, emulator } = await cloud();
    await deploy(reply("a"));
    const { Identifier } = emulator.resources().at(-1) ?? { Identifier: "" };
    emulator.change("AWS::ApiGatewayV2::IntegrationResponse", Identifier, (model) => ({
      ...model,
      ResponseTemplates: { "application/json": "a", "text/plain": "by hand" },
    }));
    await deploy(reply("b"));
    expect(emulator.resources().at(-1)?.Properties["ResponseTemplates"]).toEqual({
      "application/json": "b",
      "text/plain": "by hand",
    });
  });

  test("a resource that vanished is created again when something changes, and on refresh", async () => {
    const { deploy, emulator } = await cloud();
    const queue = (delay: number) => () => AWS.SQS.Queue("jobs", { QueueName: "jobs", DelaySeconds: delay });
    await deploy(queue(1));
    const url = emulator.resources()[0]?.Identifier ?? "";
    emulator.remove("AWS::SQS::Queue", url);
    expect(changeOf(await deploy(queue(1), { refresh: true }), "jobs").move).toBe("create");
    emulator.remove("AWS::SQS::Queue", url);
    expect(changeOf(await deploy(queue(2)), "jobs").move).toBe("create");
    expect(emulator.resources()).toHaveLength(1);
  });

  test("drift is repaired on refresh", async () => {
    const { deploy, emulator } = await cloud();
    const queue = () => AWS.SQS.Queue("jobs", { QueueName: "jobs", DelaySeconds: 5 });
    await deploy(queue);
    emulator.change("AWS::SQS::Queue", emulator.resources()[0]?.Identifier ?? "", (model) => ({
      ...model,
      DelaySeconds: 77,
    }));
    expect((await deploy(queue)).calls).toEqual({});
    expect(changeOf(await deploy(queue, { refresh: true }), "jobs")).toMatchObject({
      move: "update",
      patch: [{ op: "replace", path: "/DelaySeconds", value: 5 }],
    });
  });

  test("what is no longer declared is deleted, users before what they use", async () => {
    const { deploy, emulator } = await cloud();
    await deploy(reply("a"));
    const report = await deploy(() => Promise.resolve());
    expect(movesOf(report)).toEqual(["reply: delete", "integration: delete", "api: delete"]);
    expect(emulator.resources()).toEqual([]);
    expect((await deploy(() => Promise.resolve())).calls).toEqual({});
  });

  test("destroy deletes everything and then finds nothing to do", async () => {
    const { deploy, destroy, emulator } = await cloud();
    await deploy(reply("a"));
    expect(movesOf(await destroy())).toEqual(["reply: delete", "integration: delete", "api: delete"]);
    expect(emulator.resources()).toEqual([]);
    expect(await destroy()).toMatchObject({ ok: true, changes: [], calls: {} });
  });

  test("deleting what is already gone is success", async () => {
    const { deploy, destroy, emulator } = await cloud();
    await deploy(() => AWS.SQS.Queue("jobs", { QueueName: "jobs" }));
    emulator.remove("AWS::SQS::Queue", emulator.resources()[0]?.Identifier ?? "");
    expect(await destroy()).toMatchObject({ ok: true });
    expect((await destroy()).changes).toEqual([]);
  });

  test("calls in parallel all arrive", async () => {
    const { deploy, emulator } = await cloud();
    const names = Array.from({ length: 50 }, (_, i) => `jobs-${i}`);
    const report = await deploy(() =>
      Promise.all(names.map((name) => AWS.SQS.Queue(name, { QueueName: name }))),
    );
    expect(report.ok).toBe(true);
    expect(emulator.resources()).toHaveLength(50);
    expect(writes(report.calls)).toBe(50);
  });

  test("types of other services work like any other", async () => {
    const { deploy, emulator } = await cloud();
    const report = await deploy(() => AWS.Logs.LogGroup("log", { LogGroupName: "/app", RetentionInDays: 7 }));
    expect(report.ok).toBe(true);
    expect(emulator.resources()[0]?.Identifier).toBe("/app");
  });
});
