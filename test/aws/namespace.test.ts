import { inspect, isDeepStrictEqual } from "node:util";
import { UsageError } from "../../src/errors.ts";
import { describe, expect, test } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import { bundledServices, bundledTypes } from "../../src/schema/bundled.ts";

/** Asks for a name as JavaScript lets anybody ask. */
const ask = (shelf: object, name: string | symbol): unknown => Reflect.get(shelf, name);

describe("the namespace", () => {
  test("has every service and every type", () => {
    expect(Object.keys(AWS)).toEqual(Object.keys(bundledServices()));
    expect(Object.keys(AWS.ApiGatewayV2)).toEqual(bundledServices()["ApiGatewayV2"]);
    const types = Object.values(AWS).flatMap((service) => Object.values(service).map(({ type }) => type));
    expect(types).toEqual(bundledTypes());
  });

  test("gives the same thing whenever it is asked", () => {
    expect(AWS.S3).toBe(AWS.S3);
    expect(AWS.S3.Bucket).toBe(AWS.S3.Bucket);
  });

  test("gives functions that can be taken out of it", () => {
    const { IntegrationResponse } = AWS.ApiGatewayV2;
    expect(IntegrationResponse.type).toBe("AWS::ApiGatewayV2::IntegrationResponse");
  });

  test("knows what it has", () => {
    expect("S3" in AWS).toBe(true);
    expect("Bucket" in AWS.S3).toBe(true);
    expect("S4" in AWS).toBe(false);
    expect(Object.hasOwn(AWS.S3, "Buckett")).toBe(false);
  });

  test("cannot be overwritten", () => {
    const { S3 } = AWS;
    expect(() => Object.assign(AWS, { S3: 1 })).toThrow(TypeError);
    expect(AWS.S3).toBe(S3);
  });
});

describe("a name that does not exist", () => {
  test.each([
    [AWS, "ApiGatewayV3", "There is no AWS.ApiGatewayV3. Did you mean AWS.ApiGatewayV2?"],
    [AWS, "DynamoDb", "There is no AWS.DynamoDb. Did you mean AWS.DynamoDB?"],
    [AWS.S3, "Buckett", "There is no AWS.S3.Buckett. Did you mean AWS.S3.Bucket?"],
    [AWS.S3, "Xylophone", "There is no AWS.S3.Xylophone."],
  ])("throws with the nearest one", (shelf, name, message) => {
    expect(() => ask(shelf, name)).toThrow(new UsageError(message));
  });

  test.each([
    "then",
    "catch",
    "toJSON",
    "toString",
    "constructor",
    "__proto__",
    "nodeType",
    "$$typeof",
    "s3",
  ])("%s is absent where no type could have it", (name) => {
    expect([ask(AWS, name), ask(AWS.S3, name)]).toEqual([undefined, undefined]);
  });

  test.each([Symbol.iterator, Symbol.asyncIterator, Symbol.toPrimitive, Symbol.toStringTag, inspect.custom])(
    "%s is absent",
    (symbol) => {
      expect([ask(AWS, symbol), ask(AWS.S3, symbol)]).toEqual([undefined, undefined]);
    },
  );
});

describe("whatever the language and its tools do with an object does no harm", () => {
  test("it may be awaited", async () => {
    const shelves: readonly unknown[] = [AWS, AWS.S3];
    for (const shelf of shelves) expect((await shelf) === shelf).toBe(true);
  });

  test("it may be printed", () => {
    expect(inspect(AWS.S3)).toContain("Bucket");
    expect(inspect(AWS, { depth: 0 })).toContain("ApiGatewayV2");
    expect(inspect(AWS.S3.Bucket)).toContain("AWS::S3::Bucket");
  });

  test("it may be written as JSON", () => {
    expect(JSON.parse(JSON.stringify({ AWS })).AWS).toMatchObject({ S3: {} });
  });

  test("it may be compared", () => {
    expect(AWS.S3).toEqual(AWS.S3);
    expect(AWS.S3).not.toEqual(AWS.SQS);
    expect(isDeepStrictEqual(AWS.S3, AWS.SQS)).toBe(false);
  });

  test("it may be spread, and an object of its names cloned", () => {
    expect({ ...AWS.S3 }.Bucket).toBe(AWS.S3.Bucket);
    expect(structuredClone(Object.keys(AWS.S3))).toEqual(bundledServices()["S3"]);
  });
});
