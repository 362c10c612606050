import { describe, expect, test } from "vitest";
import { CloudControlResource } from "../../src/aws/cloud-control-resource.ts";
import { AWS } from "../../src/aws/namespace.ts";
import { type ResourceFunction, resourceFunction } from "../../src/aws/resource-function.ts";
import type { Props } from "../../src/json.ts";
import { cloudOf, probe, putProbes } from "../support/resource/probe.ts";
import { cloud } from "../support/run.ts";
import { refused, settledCloud, untyped, worldOf } from "../support/bad-input/refused.ts";

const anyType = (type: string): ResourceFunction<Props, Props> => resourceFunction(type);

async function first<T>(rows: AsyncIterable<T>): Promise<T | undefined> {
  for await (const row of rows) return row;
  return undefined;
}

/** Asks something that must be refused, and leave state and cloud as they were. */
async function refusedToAsk(
  ask: () => Promise<unknown>,
  expected: { readonly code: string; readonly says: RegExp; readonly advises?: RegExp },
): Promise<void> {
  const made = await cloud();
  made.emulator.put("AWS::SQS::Queue", { QueueName: "before" });
  const before = await worldOf(made);
  const failures: unknown[] = [];
  await made.deploy(() => ask().catch((error: unknown) => void failures.push(error)));
  expect(await worldOf(made)).toEqual(before);
  expect(failures).toEqual([
    expect.objectContaining({
      code: expected.code,
      what: expect.stringMatching(expected.says),
      advice: expect.stringMatching(expected.advises ?? /\w/),
    }),
  ]);
}

describe("an identifier", () => {
  const { Stage } = AWS.ApiGatewayV2;

  test.each([
    ["too few parts", "abc", /ApiId\|StageName.*"abc"/],
    ["too many parts", "a|b|c", /ApiId\|StageName/],
    ["an empty part", "abc|", /ApiId\|StageName/],
    ["nothing in it", "", /ApiId\|StageName/],
    ["a part by another name", { ApiId: "a", Stage: "s" }, /given was ApiId, Stage/],
    ["a part that is no text", { ApiId: "a", StageName: {} }, /ApiId\|StageName/],
    ["no form at all", undefined, /given was nothing/],
    ["null", null, /given was nothing/],
    ["a number", 5, /ApiId\|StageName/],
  ])("with %s is refused wherever one is taken, with the parts in order", async (_, identifier, says) => {
    const expected = { code: "VALIDATION", says };
    await refusedToAsk(() => Stage.get(untyped(identifier)), expected);
    await refusedToAsk(() => Stage.update(untyped(identifier), { Description: "x" }), expected);
    await refusedToAsk(() => Stage.delete(untyped(identifier)), expected);
  });

  test("is not taken from a resource of another type", async () => {
    const ask = async () => Stage.delete(untyped(await AWS.SQS.Queue.find({ QueueName: "before" })));
    await refusedToAsk(ask, { code: "VALIDATION", says: /AWS::SQS::Queue/ });
  });
});

describe("a type", () => {
  test.each([
    ["that is misspelt", "AWS::S3::Buckett", "UNSUPPORTED_TYPE", /cannot be found/],
    ["in another case", "AWS::s3::Bucket", "UNSUPPORTED_TYPE", /cannot be found/],
    ["without its vendor", "S3::Bucket", "VALIDATION", /no name of a type/],
    ["written with dots", "AWS.S3.Bucket", "VALIDATION", /no name of a type/],
  ])("%s is refused with the nearest name", async (_, type, code, says) => {
    const expected = { code, says, advises: /Did you mean AWS::S3::Bucket\?/ };
    await refusedToAsk(() => anyType(type).get("x"), expected);
    await refusedToAsk(() => first(anyType(type).list()), expected);
    await refusedToAsk(() => anyType(type).delete("x"), expected);
  });

  test("like no other is refused without a guess", async () => {
    await refusedToAsk(() => anyType("Acme::Monitor::Zyxwvut").get("x"), {
      code: "UNSUPPORTED_TYPE",
      says: /cannot be found/,
      advises: /spelling/,
    });
  });
});

describe("a list", () => {
  test.each([
    ["a parent of its note", "AWS::ApiGatewayV2::Route", {}, "ApiId"],
    ["the second of two", "AWS::ApiGatewayV2::IntegrationResponse", { ApiId: "a" }, "IntegrationId"],
    ["a parent that is empty", "AWS::ApiGateway::Resource", { RestApiId: "" }, "RestApiId"],
    ["a parent that is null", "AWS::ApiGateway::Resource", { RestApiId: null }, "RestApiId"],
  ])("without %s is refused, naming the property", async (_, type, parents, missing) => {
    const expected = { code: "VALIDATION", says: new RegExp(`takes ${missing}, which is missing`) };
    await refusedToAsk(() => first(anyType(type).list(parents)), expected);
  });

  test("without a parent that only the registry knows of is refused too, before it is asked", async () => {
    const made = await cloudOf([probe]);
    await made.deploy(async () => {
      const expected = { code: "VALIDATION", paths: ["/Project"] };
      await expect(first(anyType(probe.typeName).list())).rejects.toMatchObject(expected);
      await expect(anyType(probe.typeName).find({ Name: "n" })).rejects.toMatchObject(expected);
    });
    expect(made.emulator.calls.some(({ api }) => api === "ListResources")).toBe(false);
  });

  test("with an option that means nothing here is refused", async () => {
    const made = await cloud();
    await made.deploy(async () => {
      const asked = first(AWS.SQS.Queue.list({}, untyped({ adopt: true })));
      await expect(asked).rejects.toThrow(
        /list\(\) of AWS::SQS::Queue has no option "adopt"; it takes profile, region/,
      );
    });
    expect(made.emulator.calls).toEqual([]);
  });
});

describe("a search", () => {
  test.each([
    ["by nothing", {}, /nothing to find one by.*QueueName/],
    ["by what is empty", { QueueName: "" }, /nothing to find one by/],
    ["by no object", "before", /must be an object/],
    ["by a promise", { QueueName: Promise.resolve("before") }, /await it/],
  ])("%s is refused", async (_, key, says) => {
    await refusedToAsk(() => AWS.SQS.Queue.find(untyped(key)), { code: "VALIDATION", says });
  });
});

describe("an adoption", () => {
  test("of what vanished in between, by an identifier that was given, is refused", async () => {
    const made = await settledCloud({
      faults: ({ api, body }) => {
        if (api === "GetResource" && JSON.stringify(body).includes("/gone")) {
          made.emulator.remove("AWS::Logs::LogGroup", "/gone");
        }
        return undefined;
      },
    });
    made.emulator.put("AWS::Logs::LogGroup", { LogGroupName: "/gone" });
    const report = await made.deploy(() =>
      AWS.Logs.LogGroup("log", { LogGroupName: "/gone", adopt: { identifier: "/gone" } }),
    );
    expect(report.changes).toMatchObject([
      { error: { code: "NOT_FOUND", message: expect.stringContaining("nothing to adopt") } },
    ]);
    expect(made.emulator.resources().map(({ TypeName }) => TypeName)).toEqual(["AWS::SQS::Queue"]);
  });

  test("of what vanished after its list was read makes a new one", async () => {
    const made = await cloudOf([probe], {
      faults: ({ api }) => {
        if (api === "GetResource") for (const id of gone.splice(0)) made.emulator.remove(probe.typeName, id);
        return undefined;
      },
    });
    const gone = putProbes(made, 1, () => ({ Name: "n" }));
    const report = await made.deploy(() =>
      CloudControlResource("probe", {
        TypeName: probe.typeName,
        DesiredState: { Project: "p", Name: "n" },
        adopt: { by: ["Name"] },
      }),
    );
    expect(report.changes).toMatchObject([{ move: "create" }]);
    expect(made.emulator.resources()).toHaveLength(1);
  });

  test("that meets a conflict but finds nothing is refused with the usual causes", async () => {
    const made = await settledCloud({
      faults: ({ api, target }) =>
        api === "CreateResource" && target === "AWS::S3::Bucket"
          ? { failWith: { code: "AlreadyExists", message: "bucket name is taken" } }
          : undefined,
    });
    const bucket = () => AWS.S3.Bucket("bucket", { BucketName: "taken-elsewhere", adopt: true });
    await refused(
      bucket,
      { code: "ALREADY_EXISTS", says: /cannot be found to adopt/, advises: /account or region.*deletion/ },
      { cloud: made },
    );
  });
});
