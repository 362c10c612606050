import { describe, expect, test } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import { type Account, account } from "../support/sql/account.ts";

const writes = ["CreateResource", "UpdateResource", "DeleteResource"];
const written = ({ emulator }: Account): string[] =>
  emulator.calls.map(({ api }) => api).filter((api) => writes.includes(api));

/** The queues that there are, with how long each delays. */
const delays = ({ emulator }: Account): Record<string, unknown> =>
  Object.fromEntries(
    emulator
      .resources()
      .map(({ Properties }) => [String(Properties["QueueName"]), Properties["DelaySeconds"]]),
  );

/** An account whose queue `orders` an app has, and whose queues `a` and `b` nobody has. */
async function shop(): Promise<Account> {
  const one = await account();
  await one.deploy(() => AWS.SQS.Queue("orders", { QueueName: "orders", DelaySeconds: 1 }));
  for (const name of ["a", "b"]) one.emulator.put("AWS::SQS::Queue", { QueueName: name, DelaySeconds: 2 });
  return one;
}

describe("INSERT", () => {
  test("makes what it is given, in its region, and tells what AWS made of it", async () => {
    const one = await account();
    const rows = await one.ask(
      "INSERT INTO aws.sqs.queues (queue_name, delay_seconds, tags, region) VALUES " +
        "('a', 5, '[{\"Key\":\"team\",\"Value\":\"shop\"}]', 'us-east-1'), ('b', NULL, NULL, 'eu-west-1') " +
        "RETURNING region, queue_name, delay_seconds, tags, arn",
    );
    expect(rows).toEqual([
      {
        region: "us-east-1",
        queue_name: "a",
        delay_seconds: 5,
        tags: [{ Key: "team", Value: "shop" }],
        arn: "arn:aws:sqs:us-east-1:123456789012:a",
      },
      {
        region: "eu-west-1",
        queue_name: "b",
        delay_seconds: 0,
        tags: null,
        arn: "arn:aws:sqs:eu-west-1:123456789012:b",
      },
    ]);
    expect(await one.ask("SELECT count(*) n FROM state.entries")).toEqual([{ n: 0 }]);
  });

  test("takes its rows from a query, and AWS's own names", async () => {
    const one = await shop();
    await one.ask(
      'INSERT INTO "AWS::SQS::Queue" ("QueueName", "DelaySeconds") ' +
        "SELECT queue_name || '-copy', delay_seconds + 1 FROM aws.sqs.queues WHERE NOT managed",
    );
    expect(delays(one)).toEqual({ orders: 1, a: 2, b: 2, "a-copy": 3, "b-copy": 3 });
  });

  test("of what exists already is refused by its code", async () => {
    const one = await shop();
    await expect(
      one.ask("INSERT INTO aws.sqs.queues (queue_name, delay_seconds) VALUES ('a', 9)"),
    ).rejects.toMatchObject({
      code: "ALREADY_EXISTS",
    });
  });
});

describe("UPDATE", () => {
  test("changes what WHERE leaves, computes from what is there, and keeps the rest", async () => {
    const one = await shop();
    const rows = await one.ask(
      "UPDATE aws.sqs.queues SET delay_seconds = delay_seconds * 10 WHERE NOT managed RETURNING queue_name, delay_seconds d",
    );
    expect(rows).toEqual([
      { queue_name: "a", d: 20 },
      { queue_name: "b", d: 20 },
    ]);
    expect(delays(one)).toEqual({ orders: 1, a: 20, b: 20 });
  });

  test("to NULL takes a property away", async () => {
    const one = await account();
    one.emulator.put("AWS::SQS::Queue", { QueueName: "a", Tags: [{ Key: "k", Value: "v" }] });
    await one.ask("UPDATE aws.sqs.queues SET tags = NULL WHERE queue_name = 'a'");
    expect(one.emulator.resources()[0]?.Properties).not.toHaveProperty("Tags");
  });

  test("sends nothing where all is so already", async () => {
    const one = await shop();
    const before = written(one).length;
    await one.ask("UPDATE aws.sqs.queues SET delay_seconds = 2 WHERE queue_name = 'a'");
    expect(written(one).length).toBe(before);
  });
});

describe("what an app manages", () => {
  test.each([
    "UPDATE aws.sqs.queues SET delay_seconds = 9 WHERE queue_name IN ('a', 'orders')",
    "DELETE FROM aws.sqs.queues WHERE queue_name LIKE '%'",
    'UPDATE aws.sqs.queues SET data__PatchDocument = \'[{"op":"remove","path":"/DelaySeconds"}]\' WHERE managed',
  ])("is OWNED, and nothing at all is written: %s", async (text) => {
    const one = await shop();
    const before = written(one).length;
    for (const options of [{}, { app: "another" }, { stage: "prod" }]) {
      // An app that is named says whose records are meant by `managed`; none of that makes anybody else's free.
      if (text.includes("managed") && Object.keys(options).length > 0) continue;
      await expect(one.ask(text, [], options)).rejects.toMatchObject({
        code: "OWNED",
        message: expect.stringMatching(/"orders" of the app "test", stage dev.*--force/s),
      });
    }
    expect(written(one).length).toBe(before);
  });

  test("is written to where that is said to be meant", async () => {
    const one = await shop();
    await one.ask("UPDATE aws.sqs.queues SET delay_seconds = 9 WHERE queue_name = 'orders'", [], {
      force: true,
    });
    expect(delays(one)["orders"]).toBe(9);
    await one.ask("DELETE FROM aws.sqs.queues WHERE queue_name = 'orders'", [], { force: true });
    expect(delays(one)).not.toHaveProperty("orders");
  });
});

test("DELETE deletes what WHERE leaves, and tells what it was", async () => {
  const one = await shop();
  const rows = await one.ask(
    "DELETE FROM aws.sqs.queues AS q WHERE q.queue_name = 'a' RETURNING q.queue_name, delay_seconds",
  );
  expect(rows).toEqual([{ queue_name: "a", delay_seconds: 2 }]);
  expect(delays(one)).toEqual({ orders: 1, b: 2 });
});

test("a dry run tells what would be sent, and sends nothing", async () => {
  const one = await shop();
  const before = written(one).length;
  const dry = (text: string): Promise<unknown> => one.ask(text, [], { dryRun: true });
  expect(await dry("INSERT INTO aws.sqs.queues (queue_name) VALUES ('c')")).toEqual([
    {
      operation: "CreateResource",
      type: "AWS::SQS::Queue",
      identifier: null,
      region: "us-east-1",
      request: { QueueName: "c" },
    },
  ]);
  expect(await dry("UPDATE aws.sqs.queues SET delay_seconds = 9 WHERE queue_name = 'a'")).toMatchObject([
    { operation: "UpdateResource", request: [{ op: "replace", path: "/DelaySeconds", value: 9 }] },
  ]);
  expect(await dry("DELETE FROM aws.sqs.queues WHERE queue_name = 'b'")).toMatchObject([
    { operation: "DeleteResource", identifier: expect.stringMatching(/\/b$/), request: null },
  ]);
  expect(written(one).length).toBe(before);
});
