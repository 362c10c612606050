import { beforeAll, describe, expect, test } from "vitest";
import { startEmulator } from "../../src/emulator/index.ts";
import { AWS } from "../../src/aws/namespace.ts";
import type { Row } from "../../src/sql/index.ts";
import { type Account, accountIn } from "../support/sql/account.ts";
import { cloudAt } from "../support/run.ts";
import { queries } from "../support/sql/queries.ts";

let one: Account;

beforeAll(async () => {
  const emulator = await startEmulator({ operationMs: 1 });
  one = accountIn(cloudAt(emulator));
  for (let i = 0; i < 12; i++) {
    emulator.put("AWS::SQS::Queue", {
      QueueName: `q${String(i).padStart(2, "0")}`,
      DelaySeconds: (i * 7) % 10,
      ...(i % 3 > 0 && { Tags: [{ Key: "team", Value: i % 3 === 1 ? "shop" : "mail" }] }),
      ...(i % 4 === 0 && { KmsMasterKeyId: "alias/k" }),
    });
  }
  emulator.at({ region: "eu-west-1" }).put("AWS::SQS::Queue", { QueueName: "far", DelaySeconds: 3 });
  for (const name of ["aaa", "bbb"]) emulator.put("AWS::S3::Bucket", { BucketName: name });
  await one.deploy(async () => {
    await AWS.SQS.Queue("orders", { QueueName: "orders", DelaySeconds: 900 });
  });
  return () => emulator.close();
});

describe("forty queries answer as SQLite has it", () => {
  test("there are forty of them", () => expect(queries.length).toBeGreaterThanOrEqual(40));

  test.each(queries)("%s", async (text, rows) => {
    expect((await one.ask(text)).map((row: Row) => Object.values(row))).toEqual(rows);
  });
});
