import { describe, expect, test } from "vitest";
import { CloudControlResource } from "../../src/aws/cloud-control-resource.ts";
import { AWS } from "../../src/aws/namespace.ts";
import type { Props } from "../../src/json.ts";
import { changeOf, cloud, movesOf } from "../support/run.ts";

describe("a resource function", () => {
  test("makes what it is asked for and resolves with its outputs", async () => {
    const { deploy } = await cloud();
    const report = await deploy(async () => {
      const queue = await AWS.SQS.Queue("orders", { QueueName: "orders", VisibilityTimeout: 60 });
      expect(queue).toMatchObject({ QueueName: "orders", VisibilityTimeout: 60 });
      expect(queue.Arn).toMatch(/^arn:aws:sqs:.*:orders$/);
      expect(queue.identifier).toBe(queue.QueueUrl);
    });
    expect(movesOf(report)).toEqual(["orders: create"]);
  });

  test("reads by identifier, finds by properties and lists", async () => {
    const { deploy } = await cloud();
    const report = await deploy(async () => {
      const made = await AWS.SQS.Queue("orders", { QueueName: "orders" });
      expect((await AWS.SQS.Queue.get(made.QueueUrl)).Arn).toBe(made.Arn);
      expect((await AWS.SQS.Queue.find({ QueueName: "orders" }))?.Arn).toBe(made.Arn);
      expect(await AWS.SQS.Queue.find({ QueueName: "others" })).toBeUndefined();
      const listed: string[] = [];
      for await (const queue of AWS.SQS.Queue.list()) listed.push(queue.QueueName);
      expect(listed).toEqual(["orders"]);
    });
    expect(report.ok).toBe(true);
  });

  test("is named after its type, as stack traces and printouts show", () => {
    expect([AWS.S3.Bucket.type, Reflect.get(AWS.S3.Bucket, "name")]).toEqual([
      "AWS::S3::Bucket",
      "AWS::S3::Bucket",
    ]);
  });
});

describe("CloudControlResource", () => {
  const queue = (id: string, DesiredState: Props, options: object = {}): Promise<Props> =>
    CloudControlResource(id, { TypeName: "AWS::SQS::Queue", DesiredState, ...options });

  test("makes a resource of the type that it is told", async () => {
    const { deploy } = await cloud();
    const report = await deploy(() => queue("orders", { QueueName: "orders" }));
    expect(changeOf(report, "orders")).toMatchObject({ type: "AWS::SQS::Queue", move: "create" });
  });

  test("takes options beside the properties", async () => {
    const { deploy } = await cloud();
    const report = await deploy(() => queue("orders", { QueueName: "orders" }, { adpot: true }));
    expect(changeOf(report, "orders").error?.message).toMatch(/adpot.*adopt/);
  });

  test("takes nothing among the properties for an option", async () => {
    const { deploy } = await cloud();
    const report = await deploy(() => queue("orders", { QueueName: "orders", adopt: true }));
    expect(changeOf(report, "orders").error).toMatchObject({
      code: "VALIDATION",
      message: expect.stringContaining("adopt"),
    });
  });
});
