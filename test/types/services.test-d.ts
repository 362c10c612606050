import { describe, expectTypeOf, test } from "vitest";
import { Table } from "await-aws/DynamoDB";
import type { TableOutputs } from "await-aws/DynamoDB";
import { Role } from "await-aws/IAM";
import type { RoleOutputs } from "await-aws/IAM";
import { StorageLens } from "await-aws/S3";
import { Queue } from "await-aws/SQS";
import type { QueueOutputs, QueueProps } from "await-aws/SQS";

declare const queue: QueueOutputs;

describe("outputs", () => {
  test("have what AWS sets and what the script asked", () => {
    expectTypeOf<QueueOutputs["Arn"]>().toEqualTypeOf<string>();
    expectTypeOf<QueueOutputs["QueueUrl"]>().toEqualTypeOf<string>();
    expectTypeOf<QueueOutputs["VisibilityTimeout"]>().toEqualTypeOf<number | undefined>();
  });

  test("are valid properties again", () => {
    expectTypeOf<QueueOutputs>().toExtend<QueueProps>();
    void Queue("copy", { ...queue, QueueName: "copy" });
  });

  test("cannot be written to", () => {
    // @ts-expect-error read-only
    queue.Arn = "arn";
  });

  test("have what others refer to, given or not", () => {
    expectTypeOf<TableOutputs["Arn"]>().toEqualTypeOf<string>();
    expectTypeOf<TableOutputs["TableName"]>().toEqualTypeOf<string>();
    expectTypeOf<RoleOutputs["Arn"]>().toEqualTypeOf<string>();
  });
});

describe("a policy document", () => {
  const assume = {
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Principal: { Service: "lambda.amazonaws.com" },
  };

  test("is an object or its text", () => {
    void Role("role", { AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [assume] } });
    void Role("role", { AssumeRolePolicyDocument: JSON.stringify({ Statement: assume }) });
  });

  test("holds nothing that JSON cannot", () => {
    // @ts-expect-error a function
    void Role("role", { AssumeRolePolicyDocument: { Statement: () => assume } });
    // @ts-expect-error a number is no document
    void Role("role", { AssumeRolePolicyDocument: 1 });
  });
});

describe("values", () => {
  test("are offered where the documentation lists them, and others let through", () => {
    expectTypeOf<"perQueue" | "perMessageGroupId" | undefined>().toExtend<
      QueueProps["FifoThroughputLimit"]
    >();
    expectTypeOf<number>().not.toExtend<QueueProps["FifoThroughputLimit"]>();
    void Table("table", {
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      BillingMode: "A_MODE_OF_NEXT_YEAR",
      Tags: [{ Key: "team", Value: "shop" }],
    });
  });

  test("of tags are a key and a value", () => {
    // @ts-expect-error the value is missing
    void Queue("orders", { Tags: [{ Key: "team" }] });
    // @ts-expect-error this type's tags are a list
    void Queue("orders", { Tags: { team: "shop" } });
  });
});

test("an identifier part inside an object goes by its own name", () => {
  void StorageLens.get({ Id: "lens" });
  // @ts-expect-error no part has this name
  void StorageLens.get({ Name: "lens" });
});
