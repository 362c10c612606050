import { describe, expect, test } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import { account, putApis } from "../support/sql/account.ts";

const threeTables =
  "FROM aws.apigatewayv2.apis a JOIN aws.apigatewayv2.integrations i ON i.api_id = a.api_id " +
  "JOIN aws.apigatewayv2.integration_responses r ON r.api_id = i.api_id AND r.integration_id = i.integration_id";

describe("a join below parents", () => {
  test("lists each level once: 5 APIs, 40 integrations and 400 responses take 46 lists", async () => {
    const one = await account();
    putApis(one, [5, 8, 10]);
    const { value, calls } = await one.callsOf(() =>
      one.ask(`SELECT a.name, r.integration_response_key ${threeTables}`),
    );
    expect(value).toHaveLength(400);
    expect(new Set(value.map((row) => row["name"])).size).toBe(5);
    expect(calls).toEqual({
      "apigatewayv2:GetApis": 1,
      "apigatewayv2:GetIntegrations": 5,
      "apigatewayv2:GetIntegrationResponses": 40,
    });
  });

  test("goes below the parents alone that WHERE leaves, whatever the order in which it names the tables", async () => {
    const one = await account();
    putApis(one, [3, 2, 2]);
    const { value, calls } = await one.callsOf(() =>
      one.ask(
        "SELECT r.integration_response_key AS k FROM aws.apigatewayv2.integration_responses r " +
          "JOIN aws.apigatewayv2.integrations i ON r.api_id = i.api_id AND r.integration_id = i.integration_id " +
          "JOIN aws.apigatewayv2.apis a ON i.api_id = a.api_id WHERE a.name = 'api-1' ORDER BY k",
      ),
    );
    expect(value.map(({ k }) => k)).toEqual(["/200/", "/200/", "/201/", "/201/"]);
    expect(calls).toEqual({
      "apigatewayv2:GetApis": 1,
      "apigatewayv2:GetIntegrations": 1,
      "apigatewayv2:GetIntegrationResponses": 2,
    });
  });

  test("finds its parents through WITH, IN and EXISTS alike", async () => {
    const one = await account();
    putApis(one, [2, 1, 1]);
    const count = async (text: string): Promise<unknown> => (await one.ask(text))[0]?.["n"];
    expect(
      await count(
        "WITH mine AS (SELECT api_id FROM aws.apigatewayv2.apis) " +
          "SELECT count(*) n FROM mine JOIN aws.apigatewayv2.integrations i USING (api_id)",
      ),
    ).toBe(2);
    expect(
      await count(
        "SELECT count(*) n FROM aws.apigatewayv2.integrations WHERE api_id IN (SELECT api_id FROM aws.apigatewayv2.apis)",
      ),
    ).toBe(2);
    expect(
      await count(
        "SELECT count(*) n FROM aws.apigatewayv2.apis a WHERE EXISTS " +
          "(SELECT 1 FROM aws.apigatewayv2.integrations i WHERE i.api_id = a.api_id)",
      ),
    ).toBe(2);
  });

  test("asks where the parent was found, when nothing says in which region", async () => {
    const one = await account();
    const far = one.emulator.at({ region: "eu-west-1" });
    const api = far.put("AWS::ApiGatewayV2::Api", { Name: "far", ProtocolType: "HTTP" });
    const ApiId = String(api.Properties["ApiId"]);
    far.put("AWS::ApiGatewayV2::Integration", {
      ApiId,
      IntegrationType: "HTTP_PROXY",
      IntegrationUri: "https://a.b",
      IntegrationMethod: "GET",
      PayloadFormatVersion: "1.0",
    });
    const rows = await one.ask(
      "SELECT i.region, i.integration_uri FROM aws.apigatewayv2.apis a " +
        "JOIN aws.apigatewayv2.integrations i ON i.api_id = a.api_id WHERE a.region = 'eu-west-1'",
    );
    expect(rows).toEqual([{ region: "eu-west-1", integration_uri: "https://a.b" }]);
  });
});

describe("what a query reads", () => {
  test("is the list alone where the list shows every column that is used", async () => {
    const one = await account();
    for (let i = 0; i < 3; i++) one.emulator.put("AWS::SQS::Queue", { QueueName: `q${i}`, DelaySeconds: i });
    const listed = await one.callsOf(() => one.ask("SELECT queue_url, region FROM aws.sqs.queues"));
    expect(listed.calls).toEqual({ ListResources: 1 });
    const read = await one.callsOf(() => one.ask("SELECT queue_name, delay_seconds FROM aws.sqs.queues"));
    expect(read.calls).toEqual({ ListResources: 1, GetResource: 3 });
    expect(read.value).toContainEqual({ queue_name: "q2", delay_seconds: 2 });
  });

  test("is each resource once, however often the query names it", async () => {
    const one = await account();
    for (let i = 0; i < 3; i++) one.emulator.put("AWS::SQS::Queue", { QueueName: `q${i}` });
    const { calls } = await one.callsOf(() =>
      one.ask(
        "SELECT a.queue_name, b.delay_seconds FROM aws.sqs.queues a JOIN aws.sqs.queues b USING (queue_url) " +
          'JOIN "AWS::SQS::Queue" c ON c."QueueUrl" = a.queue_url WHERE c."QueueName" LIKE \'q%\'',
      ),
    );
    expect(calls).toEqual({ ListResources: 1, GetResource: 3 });
  });

  test("is each resource once, also where one table names it and another lists it", async () => {
    const one = await account();
    const { Identifier } = one.emulator.put("AWS::SQS::Queue", { QueueName: "q0" });
    one.emulator.put("AWS::SQS::Queue", { QueueName: "q1" });
    const { value, calls } = await one.callsOf(() =>
      one.ask(
        "SELECT b.queue_name n, a.delay_seconds d FROM aws.sqs.queue a, aws.sqs.queues b " +
          "WHERE a.data__Identifier = $1 ORDER BY n",
        [Identifier],
      ),
    );
    expect(value).toEqual([
      { n: "q0", d: 0 },
      { n: "q1", d: 0 },
    ]);
    expect(calls).toEqual({ ListResources: 1, GetResource: 2 });
  });

  test("is one page where LIMIT asks for no more, and all of them where they are to be ordered", async () => {
    const one = await account();
    for (let i = 0; i < 250; i++) one.emulator.put("AWS::SQS::Queue", { QueueName: `q${i}` });
    const calls = async (text: string): Promise<Record<string, number>> =>
      (await one.callsOf(() => one.ask(text))).calls;
    expect(await calls("SELECT queue_url FROM aws.sqs.queues LIMIT 5")).toEqual({ ListResources: 1 });
    expect(await calls("SELECT queue_url FROM aws.sqs.queues LIMIT 150")).toEqual({ ListResources: 2 });
    expect(await calls("SELECT queue_name FROM aws.sqs.queues LIMIT 5")).toEqual({
      ListResources: 1,
      GetResource: 5,
    });
    expect(await calls("SELECT queue_url FROM aws.sqs.queues ORDER BY 1 LIMIT 5")).toEqual({
      ListResources: 3,
    });
  });

  test("is one resource where its identifier is known, whole or by its parts", async () => {
    const one = await account();
    putApis(one, [1, 1, 3]);
    const { Identifier = "" } =
      one.emulator
        .resources()
        .find(({ TypeName }) => TypeName === "AWS::ApiGatewayV2::IntegrationResponse") ?? {};
    const [ApiId = "", IntegrationId = "", ResponseId = ""] = Identifier.split("|");
    for (const [table, where, values] of [
      ["integration_response", "data__Identifier = $1", [Identifier]],
      ["integration_responses", "data__Identifier = $1", [Identifier]],
      [
        "integration_response",
        "api_id = $1 AND integration_id = $2 AND integration_response_id = $3",
        [ApiId, IntegrationId, ResponseId],
      ],
    ] as const) {
      const { value, calls } = await one.callsOf(() =>
        one.ask(`SELECT integration_response_key k FROM aws.apigatewayv2.${table} WHERE ${where}`, values),
      );
      expect(value).toEqual([{ k: "/200/" }]);
      expect(calls).toEqual({ GetResource: 1 });
    }
  });

  test("fans out over the regions that are named, and is the caller's where none is", async () => {
    const one = await account();
    one.emulator.put("AWS::SQS::Queue", { QueueName: "here" });
    one.emulator.at({ region: "eu-west-1" }).put("AWS::SQS::Queue", { QueueName: "there" });
    const names = async (where: string, values: readonly (readonly string[])[] = []): Promise<unknown[]> =>
      (await one.ask(`SELECT queue_name n FROM aws.sqs.queues ${where} ORDER BY 1`, values)).map(
        ({ n }) => n,
      );
    expect(await names("")).toEqual(["here"]);
    expect(await names("WHERE region = 'eu-west-1'")).toEqual(["there"]);
    expect(await names("WHERE region IN ($1)", [["us-east-1", "eu-west-1", "eu-north-1"]])).toEqual([
      "here",
      "there",
    ]);
    expect(await names("WHERE region = 'us-east-1' OR region = 'eu-west-1'")).toEqual(["here", "there"]);
  });
});

describe("what is recorded", () => {
  test("tells what is managed, by whom, and what of it is gone", async () => {
    const one = await account();
    await one.deploy(async () => {
      await AWS.SQS.Queue("orders", { QueueName: "orders" });
      await AWS.SQS.Queue("lost", { QueueName: "lost" });
    });
    one.emulator.put("AWS::SQS::Queue", { QueueName: "by-hand" });
    const lost = one.emulator.resources().find(({ Identifier }) => Identifier.endsWith("/lost"));
    one.emulator.remove("AWS::SQS::Queue", lost?.Identifier ?? "");
    expect(await one.ask("SELECT queue_name FROM aws.sqs.queues WHERE NOT managed")).toEqual([
      { queue_name: "by-hand" },
    ]);
    expect(await one.ask("SELECT app, stage, id, managed FROM aws.sqs.queues WHERE managed")).toEqual([
      { app: "test", stage: "dev", id: "orders", managed: true },
    ]);
    expect(
      await one.ask(
        "SELECT e.id FROM state.entries e LEFT JOIN aws.sqs.queues q ON q.queue_url = e.identifier " +
          "WHERE e.type = 'AWS::SQS::Queue' AND q.queue_url IS NULL",
      ),
    ).toEqual([{ id: "lost" }]);
    const [entry] = await one.ask("SELECT * FROM state.entries WHERE id = 'orders'");
    expect(Object.keys(entry ?? {})).toEqual(
      "app stage id type identifier region status desired live updated_at".split(" "),
    );
    expect(entry).toMatchObject({ status: "settled", region: "us-east-1", desired: { QueueName: "orders" } });
  });

  test("is that of one app or stage where one is named", async () => {
    const one = await account();
    await one.deploy(() => AWS.SQS.Queue("orders", { QueueName: "orders" }));
    const managed = async (app: string): Promise<unknown> =>
      (await one.ask("SELECT managed FROM aws.sqs.queues", [], { app }))[0]?.["managed"];
    expect([await managed("test"), await managed("another")]).toEqual([true, false]);
    expect(await one.ask("SELECT id FROM state.entries", [], { stage: "prod" })).toEqual([]);
  });

  test("is listed at once where many are compared, rather than read one by one", async () => {
    const one = await account();
    await one.deploy(async () => {
      await Promise.all(Array.from({ length: 40 }, (_, i) => AWS.SQS.Queue(`q${i}`, { QueueName: `q${i}` })));
    });
    const { value, calls } = await one.callsOf(() =>
      one.ask(
        "SELECT count(q.queue_url) n FROM state.entries e LEFT JOIN aws.sqs.queues q ON q.queue_url = e.identifier",
      ),
    );
    expect(value).toEqual([{ n: 40 }]);
    expect(calls).toEqual({ ListResources: 1 });
  });
});

describe("a stream", () => {
  test("yields the same rows, a page at a time, and reads no further than it is followed", async () => {
    const one = await account();
    for (let i = 0; i < 1_200; i++) one.emulator.put("AWS::SQS::Queue", { QueueName: `q${i}` });
    const text = "SELECT queue_url, region FROM aws.sqs.queues WHERE region IN ('us-east-1', 'eu-west-1')";
    const whole = await one.callsOf(() => one.stream(text));
    expect(whole.value).toEqual(await one.ask(text));
    expect(whole.calls).toEqual({ ListResources: 13 });
    const begun = await one.callsOf(() => one.stream(text, 3));
    expect(begun.value).toHaveLength(3);
    expect(begun.calls["ListResources"]).toBeLessThanOrEqual(6);
  });
});
