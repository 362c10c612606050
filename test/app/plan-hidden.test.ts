import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { planFileIn, planFileOf } from "../../src/app/options/plan-file.ts";
import { CloudControlResource } from "../../src/aws/cloud-control-resource.ts";
import type { Props } from "../../src/json.ts";
import { changeOf, cloud } from "../support/run.ts";

/** A registry schema that hides these places, whatever this version carries of the type. */
const schemaOf = (TypeName: string, desired: Props, hidden: readonly string[]): string =>
  JSON.stringify({
    typeName: TypeName,
    properties: {
      ...Object.fromEntries(Object.keys(desired).map((name) => [name, {}])),
      Id: { type: "string" },
    },
    primaryIdentifier: ["/properties/Id"],
    readOnlyProperties: ["/properties/Id"],
    writeOnlyProperties: hidden.map((place) => `/properties${place}`),
    handlers: { create: {}, read: {}, update: {}, delete: {}, list: {} },
  });

const lambda = { Role: "arn:aws:iam::123456789012:role/r", Runtime: "nodejs22.x", Handler: "index.handler" };
const cases: readonly (readonly [type: string, desired: Props, hidden: readonly string[]])[] = [
  ["AWS::Lambda::Function", { ...lambda, Code: { S3Bucket: "bucket-b", S3Key: "key-k" } }, ["/Code"]],
  ["AWS::Lambda::Function", { ...lambda, Code: { S3Bucket: "bucket-b", S3Key: "key-k" } }, ["/Code/S3Key"]],
  ["AWS::Lambda::Function", { ...lambda, Code: { ZipFile: "exports" } }, []],
  ["AWS::SecretsManager::Secret", { Name: "n", SecretString: "hunter2-hunter2" }, ["/SecretString", "/Name"]],
  ["AWS::SSM::Parameter", { Type: "String", Value: "hunter2-hunter2" }, ["/Value"]],
  ["AWS::AmazonMQ::Configuration", { Name: "n", EngineType: "ACTIVEMQ", Data: "ZGF0YQ==" }, ["/Data"]],
  [
    "AWS::Amplify::Branch",
    { AppId: "d1", BranchName: "b", BasicAuthConfig: { Username: "u", Password: "pass-word" } },
    ["/BasicAuthConfig"],
  ],
  ["Acme::Custom::Thing", { Name: "n", Keys: [{ Id: "1", Key: "hunter2-hunter2" }] }, ["/Keys/*/Key"]],
];

describe.each(cases)(
  "a plan of %s, where the account's schema hides other places",
  (TypeName, desired, hidden) => {
    const program = (DesiredState: Props) => () => CloudControlResource("it", { TypeName, DesiredState });

    async function around() {
      const folder = mkdtempSync(join(tmpdir(), "await-aws-"));
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
      const schemas = join(folder, "schemas.jsonl");
      writeFileSync(schemas, schemaOf(TypeName, desired, hidden));
      return cloud({ schemas });
    }

    test.each([
      ["both ask the account", "account", "account"],
      ["only the plan may", "account", "bundled"],
      ["only the deploy may", "bundled", "account"],
      ["neither may", "bundled", "bundled"],
    ] as const)("is deployed from its file: %s", async (_, first, second) => {
      const { deploy, emulator } = await around();
      const asking = (schemas: "account" | "bundled") => (schemas === "bundled" ? { schemas } : {});
      const planned = await deploy(program(desired), { phase: "plan", ...asking(first) });
      const plan = planFileIn(JSON.stringify(planFileOf(planned, 0)));
      const done = await deploy(program(desired), { plan, ...asking(second) });
      expect(changeOf(done, "it").error?.message).toBeUndefined();
      expect(changeOf(done, "it")).toMatchObject({ move: "create" });
      expect(changeOf(done, "it").error).toBeUndefined();
      expect(emulator.resources()).toHaveLength(1);
    });

    test("is kept to in what it shows, and a refusal tells nothing that is hidden", async () => {
      const { deploy } = await around();
      const planned = await deploy(program(desired), { phase: "plan" });
      const plan = planFileIn(JSON.stringify(planFileOf(planned, 0)));
      const done = await deploy(program({ ...desired, Description: "another" }), { plan });
      expect(changeOf(done, "it").error?.code).toBe("PLAN_MISMATCH");
      if (hidden.length > 0) expect(JSON.stringify(done)).not.toContain("hunter2-hunter2");
    });
  },
);
