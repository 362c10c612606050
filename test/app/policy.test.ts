import { writeFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { policyFor } from "../../src/app/policy.ts";
import { AWS } from "../../src/aws/namespace.ts";
import { cloud } from "../support/run.ts";

/** A registry schema of a made-up type with what its handlers need. */
const schema = {
  typeName: "AWS::Logs::LogGroup",
  description: "a group",
  properties: { LogGroupName: { type: "string" } },
  primaryIdentifier: ["/properties/LogGroupName"],
  createOnlyProperties: ["/properties/LogGroupName"],
  additionalProperties: false,
  handlers: {
    create: { permissions: ["logs:CreateLogGroup", "logs:DescribeLogGroups"] },
    read: { permissions: ["logs:DescribeLogGroups"] },
    delete: { permissions: ["logs:DeleteLogGroup"] },
  },
};

test("the policy for a script holds what its types' handlers need, and Cloud Control's own actions", async () => {
  const folder = mkdtempSync(join(tmpdir(), "await-aws-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const schemas = join(folder, "schemas.jsonl");
  writeFileSync(schemas, `${JSON.stringify(schema)}\n`);
  const { emulator, store } = await cloud({ schemas });
  const program = () => AWS.Logs.LogGroup("app", { LogGroupName: "/app" });
  const policy = await policyFor("test", program, { endpoint: emulator.url, store });
  expect(policy.Statement.map(({ Sid }) => Sid)).toEqual(["CloudControl", "LogsLogGroup"]);
  expect(policy.Statement[0]?.Action).toContain("cloudformation:CreateResource");
  expect(policy.Statement[1]?.Action).toEqual([
    "logs:CreateLogGroup",
    "logs:DeleteLogGroup",
    "logs:DescribeLogGroups",
  ]);
  expect(emulator.resources()).toEqual([]);
});

test("the policy holds what reading takes of types that are only read, and nothing more of them", async () => {
  const folder = mkdtempSync(join(tmpdir(), "await-aws-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const schemas = join(folder, "schemas.jsonl");
  writeFileSync(schemas, `${JSON.stringify(schema)}\n`);
  const { emulator, store } = await cloud({ schemas });
  emulator.put("AWS::Logs::LogGroup", { LogGroupName: "/there" });
  const asks: readonly (() => Promise<unknown>)[] = [
    () => AWS.Logs.LogGroup.get("/there"),
    () => AWS.Logs.LogGroup.find({ LogGroupName: "/there" }),
  ];
  for (const ask of asks) {
    const policy = await policyFor("test", ask, { endpoint: emulator.url, store });
    expect(policy.Statement.map(({ Sid }) => Sid)).toEqual(["CloudControl", "LogsLogGroup"]);
    expect(policy.Statement[1]?.Action).toEqual(["logs:DescribeLogGroups"]);
  }
  const both = async (): Promise<void> => {
    await AWS.Logs.LogGroup.get("/there");
    await AWS.Logs.LogGroup("app", { LogGroupName: "/app" });
  };
  const policy = await policyFor("test", both, { endpoint: emulator.url, store });
  expect(policy.Statement[1]?.Action).toContain("logs:CreateLogGroup");
});
