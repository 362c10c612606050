import { describe, expect, test } from "vitest";
import { openDesk, refusalOf, validation } from "../../support/emulator/desk.ts";

const trust = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

describe("AWS::Lambda::Function", () => {
  const type = "AWS::Lambda::Function";
  const desired = {
    FunctionName: "f",
    Role: "arn:aws:iam::123456789012:role/r",
    Runtime: "nodejs22.x",
    Handler: "index.main",
    Code: { ZipFile: "exports.main = () => 1" },
  };

  test("shows the service's defaults, but never its code", async () => {
    const { emulator } = await openDesk();
    const { Properties: shown } = emulator.put(type, desired);
    expect(shown).toMatchObject({
      Arn: "arn:aws:lambda:us-east-1:123456789012:function:f",
      Architectures: ["x86_64"],
      EphemeralStorage: { Size: 512 },
      LoggingConfig: { LogFormat: "Text", LogGroup: "/aws/lambda/f" },
      MemorySize: 128,
      PackageType: "Zip",
      Timeout: 3,
      TracingConfig: { Mode: "PassThrough" },
    });
    expect(shown).not.toHaveProperty("Code");
  });

  test("cannot be updated without its code being sent again", async () => {
    const desk = await openDesk();
    desk.emulator.put(type, desired);
    const memory = { op: "add", path: "/MemorySize", value: 256 };
    const body = { TypeName: type, Identifier: "f", PatchDocument: JSON.stringify([memory]) };
    expect(refusalOf(await desk.send("UpdateResource", body))).toEqual(
      validation("Model validation failed (#: required key [Code] not found)"),
    );
    await desk.update(type, "f", [memory, { op: "add", path: "/Code", value: desired.Code }]);
    expect(await desk.read(type, "f")).toMatchObject({ MemorySize: 256 });
  });

  test("needs a runtime and an entry point when it is a zip file, and a true role", async () => {
    const { emulator } = await openDesk();
    const { Runtime: _, ...without } = desired;
    expect(() => emulator.put(type, without)).toThrow("Runtime and Handler are mandatory");
    expect(emulator.put(type, { ...without, PackageType: "Image" }).Identifier).toBe("f");
    expect(() => emulator.put(type, { ...desired, FunctionName: "g", Role: "r" })).toThrow("'role'");
  });
});

describe("AWS::IAM", () => {
  test("a role has an ARN, an id and defaults, and reads its documents back in another order", async () => {
    const { emulator } = await openDesk();
    const { Properties: shown } = emulator.put("AWS::IAM::Role", {
      RoleName: "r",
      AssumeRolePolicyDocument: JSON.stringify(trust),
      Policies: [{ PolicyName: "p", PolicyDocument: trust }],
    });
    expect(shown).toMatchObject({
      Arn: "arn:aws:iam::123456789012:role/r",
      RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
      Path: "/",
      MaxSessionDuration: 3600,
      AssumeRolePolicyDocument: trust,
      Policies: [{ PolicyName: "p", PolicyDocument: trust }],
    });
    expect(JSON.stringify(shown["AssumeRolePolicyDocument"])).not.toBe(JSON.stringify(trust));
  });

  test("a document without statements is refused", async () => {
    const { emulator } = await openDesk();
    expect(() => emulator.put("AWS::IAM::Role", { AssumeRolePolicyDocument: {} })).toThrow(
      "Syntax errors in policy",
    );
    expect(() => emulator.put("AWS::IAM::Policy", { PolicyName: "p", PolicyDocument: {} })).toThrow(
      "Syntax errors",
    );
  });

  test("a managed policy is named by its ARN", async () => {
    const { emulator } = await openDesk();
    const desired = { ManagedPolicyName: "p", Path: "/team/", PolicyDocument: trust };
    expect(emulator.put("AWS::IAM::ManagedPolicy", desired)).toMatchObject({
      Identifier: "arn:aws:iam::123456789012:policy/team/p",
      Properties: { DefaultVersionId: "v1", IsAttachable: true },
    });
  });
});

describe("AWS::Logs::LogGroup", () => {
  test("has an ARN with a star, and keeps logs for certain times only", async () => {
    const { emulator } = await openDesk();
    const { Properties: shown } = emulator.put("AWS::Logs::LogGroup", {
      LogGroupName: "/a",
      RetentionInDays: 7,
    });
    expect(shown).toMatchObject({ Arn: "arn:aws:logs:us-east-1:123456789012:log-group:/a:*" });
    expect(() => emulator.put("AWS::Logs::LogGroup", { RetentionInDays: 8 })).toThrow("retentionInDays");
    expect(() => emulator.put("AWS::Logs::LogGroup", { LogGroupName: "a b" })).toThrow("logGroupName");
  });
});

describe("AWS::KMS", () => {
  test("a key is named by a UUID and has a policy of its own", async () => {
    const { emulator } = await openDesk();
    const { Identifier: id, Properties: shown } = emulator.put("AWS::KMS::Key", { PendingWindowInDays: 7 });
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(shown).toMatchObject({
      Arn: `arn:aws:kms:us-east-1:123456789012:key/${id}`,
      Enabled: true,
      KeySpec: "SYMMETRIC_DEFAULT",
      KeyPolicy: { Statement: [{ Principal: { AWS: "arn:aws:iam::123456789012:root" } }] },
    });
    expect(shown).not.toHaveProperty("PendingWindowInDays");
  });

  test.each(["mine", "alias/aws/mine"])("an alias cannot be called %s", async (name) => {
    const { emulator } = await openDesk();
    const desired = { AliasName: name, TargetKeyId: "k" };
    expect(() => emulator.put("AWS::KMS::Alias", desired)).toThrow("Alias must start");
  });
});
