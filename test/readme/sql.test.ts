import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import { type Account, account, putApis } from "../support/sql/account.ts";

const readme = readFileSync(resolve(import.meta.dirname, "../../README.md"), "utf8");
const [, block = ""] = /<!-- sql -->\n```sql\n([^]*?)```\n<!-- \/sql -->/.exec(readme) ?? [];
const queries = block.split(/;\n/).filter((text) => text.trim() !== "");

async function fill(one: Account): Promise<void> {
  const { emulator } = one;
  await one.deploy(async () => {
    await AWS.SQS.Queue("orders", {
      QueueName: "orders",
      DelaySeconds: 5,
      Tags: [{ Key: "team", Value: "shop" }],
    });
    await AWS.SQS.Queue("mail", { QueueName: "mail", Tags: [{ Key: "cost-centre", Value: "7" }] });
  });
  emulator.put("AWS::SQS::Queue", { QueueName: "by-hand", Tags: [{ Key: "team", Value: "shop" }] });
  const orders = emulator.resources().find(({ Identifier }) => Identifier.endsWith("/orders"));
  emulator.change("AWS::SQS::Queue", orders?.Identifier ?? "", (model) => ({ ...model, DelaySeconds: 60 }));
  for (const [name, runtime] of [
    ["old", "nodejs16.x"],
    ["new", "nodejs22.x"],
  ] as const)
    emulator.put("AWS::Lambda::Function", {
      FunctionName: name,
      Runtime: runtime,
      Handler: "a.b",
      Role: "arn:aws:iam::123456789012:role/a",
      Code: { ZipFile: "x" },
    });
  const sse = [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" } }];
  emulator.put("AWS::S3::Bucket", { BucketName: "open" });
  emulator.put("AWS::S3::Bucket", {
    BucketName: "closed",
    BucketEncryption: { ServerSideEncryptionConfiguration: sse },
  });
  emulator.put("AWS::DynamoDB::Table", {
    TableName: "carts",
    BillingMode: "PAY_PER_REQUEST",
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
  });
  for (const name of ["/aws/lambda/old", "/aws/lambda/gone", "/other"])
    emulator.put("AWS::Logs::LogGroup", { LogGroupName: name });
  putApis(one, [1, 2, 2]);
}

test("the README's eight queries answer what they ask", async () => {
  const one = await account();
  await fill(one);
  expect(queries).toHaveLength(8);
  const answers: unknown[] = [];
  for (const query of queries) answers.push(await one.ask(query));
  expect(answers).toEqual([
    [{ team: "shop", queues: 2 }],
    [{ queue_url: "https://sqs.us-east-1.amazonaws.com/123456789012/by-hand" }],
    [{ function_name: "old", runtime: "nodejs16.x" }],
    [{ bucket_name: "open" }],
    [{ name: "orders" }, { name: "by-hand" }, { name: "carts" }],
    [{ id: "orders", declared: 5, live: 60 }],
    [{ log_group_name: "/aws/lambda/gone" }],
    [
      { name: "api-0", key: "/200/", integrations: 2 },
      { name: "api-0", key: "/201/", integrations: 2 },
    ],
  ]);
});
