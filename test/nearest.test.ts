import { describe, expect, test } from "vitest";
import { nearest } from "../src/nearest.ts";

describe("the nearest name", () => {
  test.each([
    ["Nmae", ["Tags", "Name", "Arn"], "Name"],
    ["Buckett", ["Bucket", "BucketPolicy"], "Bucket"],
    ["bucketname", ["BucketNames", "BucketName"], "BucketName"],
    ["TemplateSelectionExpresion", ["TemplateSelectionExpression"], "TemplateSelectionExpression"],
    ["ACL", ["Acl"], "Acl"],
    ["Name", ["Name"], "Name"],
  ])("to %s among %j is %s", (name, among, expected) => {
    expect(nearest(name, among)).toBe(expected);
  });

  test.each([
    ["Nmae", ["Principal", "Condition"]],
    ["Ab", ["Ac"]],
    ["Description", ["Destination"]],
    ["Name", []],
    ["", ["Name"]],
  ])("to %s is none of %j", (name, among) => {
    expect(nearest(name, among)).toBeUndefined();
  });

  test("prefers fewer edits to an earlier place", () => {
    expect(nearest("Timeout", ["Timeoots", "Timeouts"])).toBe("Timeouts");
  });

  test("is quick among all types there are", () => {
    const among = Array.from({ length: 2_000 }, (_, i) => `AWS::Service${i}::ResourceType${i}`);
    const start = performance.now();
    expect(nearest("AWS::Servcie77::ResourceType77", among)).toBe("AWS::Service77::ResourceType77");
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
