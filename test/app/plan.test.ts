import { describe, expect, test } from "vitest";
import { app } from "../../src/app/app.ts";
import { reconcile } from "../../src/app/reconcile.ts";
import { AWS } from "../../src/aws/namespace.ts";
import { secret } from "../../src/resource/secrets/secret.ts";
import { changeOf, cloud, movesOf } from "../support/run.ts";

const writes = /^(?:Create|Update|Delete|Cancel)Resource/;
const writesOf = (calls: readonly { api: string }[]): string[] =>
  calls.map(({ api }) => api).filter((api) => writes.test(api));

const queue = (id: string, more: object = {}) => AWS.SQS.Queue(id, { QueueName: id, ...more });
const chat = {
  Name: "chat",
  ProtocolType: "WEBSOCKET",
  RouteSelectionExpression: "$request.body.action",
} as const;
const plan = { phase: "plan" } as const;

describe("a plan", () => {
  test("tells of creates with what would be asked for, and writes nothing", async () => {
    const { deploy, emulator, store } = await cloud();
    const report = await deploy(() => queue("jobs", { DelaySeconds: 5 }), plan);
    expect(report).toMatchObject({ phase: "plan", ok: true });
    expect(changeOf(report, "jobs")).toMatchObject({
      move: "create",
      desired: { QueueName: "jobs", DelaySeconds: 5 },
    });
    expect(emulator.resources()).toEqual([]);
    expect(writesOf(emulator.calls)).toEqual([]);
    const state = await store.open("test", "dev");
    expect((await state.entries()).size).toBe(0);
  });

  test("goes on with placeholders for what is known only after apply", async () => {
    const { deploy } = await cloud();
    let url = "";
    const report = await deploy(async () => {
      const api = await AWS.ApiGatewayV2.Api("api", chat);
      url = `wss://${api.ApiId}.example`;
      await AWS.ApiGatewayV2.Stage("live", { ApiId: api, StageName: "live", Description: url });
    }, plan);
    expect(url).toBe("wss://⟨api.ApiId⟩.example");
    expect(changeOf(report, "live")).toMatchObject({
      move: "create",
      desired: { ApiId: "⟨api.ApiId⟩" },
      unknown: ["/ApiId", "/Description"],
    });
  });

  test("ends where the program looks into what is not text, and plans no deletion beyond", async () => {
    const { deploy } = await cloud();
    await deploy(() => queue("old"));
    const report = await deploy(async () => {
      const table = await AWS.DynamoDB.Table("table", {
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        BillingMode: "PAY_PER_REQUEST",
      });
      if (table.ProvisionedThroughput) await queue("never");
    }, plan);
    expect(report.ok).toBe(true);
    expect(report.stopped).toMatchObject({ code: "UNKNOWN_AT_PLAN" });
    expect(report.stopped?.message).toContain("table.ProvisionedThroughput");
    expect(movesOf(report)).toEqual(["table: create"]);
  });

  test.each([
    ["a look", (api: { readonly Tags?: unknown }) => Object.keys(api.Tags ?? {})],
    ["a question", ({ ApiId }: { readonly ApiId: string }) => AWS.ApiGatewayV2.Api.get(ApiId)],
  ])("ends there also when the program caught what %s threw and went on", async (_, ask) => {
    const { deploy } = await cloud();
    await deploy(() => queue("old"));
    const branch = async (): Promise<void> => {
      await ask(await AWS.ApiGatewayV2.Api("api", chat));
      await queue("old");
    };
    const programs = [
      () => Promise.allSettled([branch(), queue("new")]),
      () => branch().catch(() => undefined),
    ];
    for (const program of programs) {
      const report = await deploy(program, plan);
      expect(report.stopped).toMatchObject({ code: "UNKNOWN_AT_PLAN" });
      expect(movesOf(report)).not.toContain("old: delete");
    }
  });

  test("shows the patch that a deploy then sends, the replacements with their reasons, and the orphans", async () => {
    const { deploy, emulator } = await cloud();
    await deploy(async () => {
      await queue("kept", { DelaySeconds: 1 });
      await queue("gone");
      await AWS.EC2.VPC("net", { CidrBlock: "10.0.0.0/16" });
    });
    const next = async (): Promise<void> => {
      await queue("kept", { DelaySeconds: 2 });
      await AWS.EC2.VPC("net", { CidrBlock: "10.1.0.0/16" });
    };
    const before = emulator.calls.length;
    const told = await deploy(next, plan);
    expect(writesOf(emulator.calls.slice(before))).toEqual([]);
    expect(changeOf(told, "kept").patch).toEqual([
      { op: "replace", path: "/DelaySeconds", from: 1, value: 2 },
    ]);
    expect(changeOf(told, "net")).toMatchObject({
      move: "replace",
      order: "create-first",
      because: [{ path: "/CidrBlock", from: "10.0.0.0/16", to: "10.1.0.0/16" }],
    });
    expect(changeOf(told, "gone").move).toBe("delete");
    const done = await deploy(next);
    expect(movesOf(done)).toEqual(movesOf(told));
    expect(changeOf(done, "kept").patch).toEqual(changeOf(told, "kept").patch);
    expect(movesOf(await deploy(next, plan))).toEqual(["kept: nothing", "net: nothing"]);
  });

  test("tells how an adoption would take over, and that of what is not there it would be a create", async () => {
    const { deploy, emulator } = await cloud();
    emulator.put("AWS::Logs::LogGroup", { LogGroupName: "/app", RetentionInDays: 30 });
    const report = await deploy(
      async () => {
        await AWS.Logs.LogGroup("app", { LogGroupName: "/app", RetentionInDays: 7 });
        await AWS.Logs.LogGroup("new", { LogGroupName: "/new" });
      },
      { ...plan, adopt: true },
    );
    expect(changeOf(report, "app")).toMatchObject({
      move: "adopt",
      identifier: "/app",
      patch: [{ op: "replace", path: "/RetentionInDays", value: 7 }],
    });
    expect(changeOf(report, "new").move).toBe("create");
  });

  test("proposes a rename where an id vanished and another has its identity", async () => {
    const { deploy } = await cloud();
    await deploy(() => AWS.Logs.LogGroup("a", { LogGroupName: "/app" }));
    const report = await deploy(() => AWS.Logs.LogGroup("b", { LogGroupName: "/app" }), plan);
    expect(report.renames).toEqual([{ from: "a", to: "b", type: "AWS::Logs::LogGroup" }]);
  });

  test("masks secrets and write-only values", async () => {
    const { deploy } = await cloud();
    const report = await deploy(
      () => AWS.SecretsManager.Secret("token", { Name: "token", SecretString: "hunter2-hunter2" }),
      plan,
    );
    expect(JSON.stringify(report)).not.toContain("hunter2");
  });

  test("masks what was there as well as what will be, in plan, progress and report", async () => {
    const { deploy, events } = await cloud();
    const parameter = (text: string) => () =>
      AWS.SSM.Parameter("token", { Name: "/token", Type: "String", Value: secret(text) });
    await deploy(parameter("hunter2-hunter2"));
    const told = await deploy(parameter("another-secret"), plan);
    const done = await deploy(parameter("another-secret"));
    expect(changeOf(told, "token")).toMatchObject({ move: "update" });
    expect(changeOf(done, "token").patch).toEqual(changeOf(told, "token").patch);
    expect(JSON.stringify([told, done, events])).not.toMatch(/hunter2|another-secret/);
  });

  test("never writes, whatever its program nests", async () => {
    const { deploy, emulator, store } = await cloud();
    await deploy(() => queue("old"));
    const before = emulator.calls.length;
    await deploy(async () => {
      const inner = await app("other");
      await queue("one");
      await inner.finalize();
      await reconcile("third", () => queue("two"), { endpoint: emulator.url, store });
    }, plan);
    expect(writesOf(emulator.calls.slice(before))).toEqual([]);
    expect(emulator.resources()).toHaveLength(1);
  });

  test("never writes through a second copy of this package either", async () => {
    const { deploy, emulator } = await cloud();
    const copy: typeof import("../../src/index.ts") = await import(
      new URL("../../dist/index.js", import.meta.url).href
    );
    expect(copy.AWS).not.toBe(AWS);
    const program = async (): Promise<void> => {
      await copy.AWS.SQS.Queue("jobs", { QueueName: "jobs" });
      await copy.reconcile("other", () => copy.AWS.SQS.Queue("more", { QueueName: "more" }), {
        endpoint: emulator.url,
      });
    };
    expect(movesOf(await deploy(program, plan))).toEqual(["jobs: create", "more: create"]);
    expect(writesOf(emulator.calls)).toEqual([]);
    expect(movesOf(await deploy(program))).toEqual(["jobs: create", "more: create"]);
    expect(emulator.resources()).toHaveLength(2);
  });

  test("takes no lock, so it may be made while a deploy goes on", async () => {
    const { deploy } = await cloud({ operationMs: 300 });
    const going = deploy(() => queue("jobs"));
    expect((await deploy(() => queue("jobs"), plan)).ok).toBe(true);
    expect((await going).ok).toBe(true);
  });

  test("tells of protected orphans as the deploy would", async () => {
    const { deploy } = await cloud();
    await deploy(() => queue("jobs", { protect: true }));
    expect(movesOf(await deploy(() => Promise.resolve(), plan))).toEqual(["jobs: PROTECTED"]);
  });

  test("tells of what the script does not state, where asked", async () => {
    const { deploy, emulator } = await cloud();
    await deploy(() => queue("jobs"));
    emulator.change("AWS::SQS::Queue", emulator.resources()[0]?.Identifier ?? "", (now) => ({
      ...now,
      DelaySeconds: 9,
    }));
    const report = await deploy(() => queue("jobs"), { ...plan, unmanaged: true });
    expect(changeOf(report, "jobs").unmanaged).toContain("/DelaySeconds");
  });
});

describe("a plan that is kept to", () => {
  const file = (changes: readonly object[]) =>
    ({
      version: 1,
      app: "test",
      stage: "dev",
      plannedAt: "",
      changes: JSON.parse(JSON.stringify(changes)),
    }) as const;

  test("deploys what was planned, with the values that were open", async () => {
    const { deploy } = await cloud();
    const program = async (): Promise<void> => {
      const api = await AWS.ApiGatewayV2.Api("api", chat);
      await AWS.ApiGatewayV2.Stage("live", { ApiId: api, StageName: "live" });
    };
    const told = await deploy(program, plan);
    expect(movesOf(await deploy(program, { plan: file(told.changes) }))).toEqual([
      "api: create",
      "live: create",
    ]);
  });

  test("refuses what was not planned, and deletes nothing beyond", async () => {
    const { deploy, emulator } = await cloud();
    await deploy(async () => {
      await queue("jobs", { DelaySeconds: 1 });
      await queue("gone");
    });
    const told = await deploy(() => queue("jobs", { DelaySeconds: 2 }), plan);
    const report = await deploy(() => queue("jobs", { DelaySeconds: 3 }), { plan: file(told.changes) });
    expect(movesOf(report)).toEqual(["jobs: PLAN_MISMATCH"]);
    expect(emulator.resources()).toHaveLength(2);
  });
});
