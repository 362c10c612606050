import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { generate } from "../../src/codegen/generate.ts";
import { bundledFacts, bundledServices, bundledTypes } from "../../src/schema/bundled.ts";

const generated = resolve(import.meta.dirname, "../../src/generated");

async function textsIn(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = files
    .toSorted()
    .map(async (file) => [file.slice(folder.length + 1), await readFile(file, "utf8")] as const);
  return Object.fromEntries(await Promise.all(texts));
}

test("generating again changes nothing", async () => {
  const folder = await mkdtemp(join(tmpdir(), "generated-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await generate(folder);
  const [before, after] = await Promise.all([textsIn(generated), textsIn(folder)]);
  expect(Object.keys(after)).toEqual(Object.keys(before));
  // One by one: a difference between two texts of 17 MB would take minutes to print.
  expect(Object.keys(after).filter((file) => after[file] !== before[file])).toEqual([]);
});

describe("the catalogue", () => {
  test("has every type that Cloud Control may serve", () => {
    expect(bundledTypes().length).toBeGreaterThanOrEqual(1700);
    expect(Object.keys(bundledServices()).length).toBeGreaterThanOrEqual(300);
  });

  test("has facts for every name, with an identifier", () => {
    const bare = bundledTypes().filter((type) => (bundledFacts(type)?.primaryIdentifier ?? []).length === 0);
    expect(bare).toEqual([]);
  });

  test.each([
    "AWS::Serverless::Function",
    "AWS::CloudFormation::CustomResource",
    "AWS::CloudFormation::WaitCondition",
    "Alexa::ASK::Skill",
    "AWS::S3::Buckett",
    "AWS::Nothing::Here",
    "AWS::constructor::x",
    "S3",
    "",
  ])("knows no %j", (type) => expect(bundledFacts(type)).toBeUndefined());

  test("reads the facts of a service once", () => {
    expect(bundledFacts("AWS::S3::Bucket")).toBe(bundledFacts("AWS::S3::Bucket"));
  });
});

describe("facts", () => {
  test("of an integration response are those of its schema", () => {
    expect(bundledFacts("AWS::ApiGatewayV2::IntegrationResponse")).toMatchObject({
      primaryIdentifier: ["/ApiId", "/IntegrationId", "/IntegrationResponseId"],
      readOnly: ["/IntegrationResponseId"],
      createOnly: ["/ApiId", "/IntegrationId"],
      required: ["/ApiId", "/IntegrationId", "/IntegrationResponseKey"],
      references: {
        "/ApiId": [{ type: "AWS::ApiGatewayV2::Api", property: "ApiId" }],
        "/IntegrationId": [{ type: "AWS::ApiGatewayV2::Integration", property: "IntegrationId" }],
      },
      members: { properties: { ResponseTemplates: { map: "string" } } },
    });
  });

  test("of a stage know references that the specification leaves out", () => {
    expect(bundledFacts("AWS::ApiGatewayV2::Stage")?.references).toMatchObject({
      "/ApiId": [{ type: "AWS::ApiGatewayV2::Api", property: "ApiId" }],
      "/DeploymentId": [{ type: "AWS::ApiGatewayV2::Deployment", property: "DeploymentId" }],
    });
  });

  test("of a queue call no writable input read-only", () => {
    expect(bundledFacts("AWS::SQS::Queue")?.readOnly).toEqual(["/Arn", "/QueueUrl"]);
  });

  test("of a table know that it holds data and that its keys may be refused", () => {
    expect(bundledFacts("AWS::DynamoDB::Table")).toMatchObject({
      stateful: true,
      conditionalCreateOnly: expect.arrayContaining(["/KeySchema"]),
      createOnly: expect.not.arrayContaining(["/KeySchema"]),
    });
  });

  test("of a role know its policy document", () => {
    expect(bundledFacts("AWS::IAM::Role")?.jsonDocuments).toEqual(
      expect.arrayContaining(["/AssumeRolePolicyDocument", "/Policies/*/PolicyDocument"]),
    );
  });

  test("name only definitions that they hold", () => {
    const loose = bundledTypes().filter((type) => {
      const { members, definitions = {} } = bundledFacts(type) ?? {};
      const named = JSON.stringify([members, definitions]).matchAll(/\{"ref":"([^"]+)"\}/g);
      return [...named].some(([, name = ""]) => !Object.hasOwn(definitions, name));
    });
    expect(loose).toEqual([]);
  });

  test("of any type are exactly what JSON can hold", () => {
    const odd = bundledTypes().filter((type) => /[:[,]null\b/.test(JSON.stringify(bundledFacts(type))));
    expect(odd).toEqual([]);
  });
});
