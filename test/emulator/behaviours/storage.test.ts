import { describe, expect, test } from "vitest";
import { openDesk, refusalOf, validation } from "../../support/emulator/desk.ts";

describe("AWS::S3::Bucket", () => {
  const bucket = "AWS::S3::Bucket";

  test("is encrypted, owned and closed by default, and knows its addresses", async () => {
    const { emulator } = await openDesk({ region: "eu-west-1" });
    expect(emulator.put(bucket, { BucketName: "my-bucket" }).Properties).toEqual({
      BucketName: "my-bucket",
      Arn: "arn:aws:s3:::my-bucket",
      DomainName: "my-bucket.s3.amazonaws.com",
      DualStackDomainName: "my-bucket.s3.dualstack.eu-west-1.amazonaws.com",
      RegionalDomainName: "my-bucket.s3.eu-west-1.amazonaws.com",
      WebsiteURL: "http://my-bucket.s3-website-eu-west-1.amazonaws.com",
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { BucketKeyEnabled: false, ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } },
        ],
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
  });

  test("gets a name where none was given, and shows it when it is made", async () => {
    const desk = await openDesk();
    const first = await desk.start("CreateResource", { TypeName: bucket, DesiredState: "{}" });
    expect(first).not.toHaveProperty("Identifier");
    expect((await desk.create(bucket, {})).Identifier).toMatch(/^[a-z0-9]{26}$/);
  });

  test.each(["My-Bucket", "ab", "a..b", "192.168.1.1", "-abc", "abc_d", "x".repeat(64)])(
    "cannot be called %s",
    async (name) => {
      const desk = await openDesk();
      expect(await desk.create(bucket, { BucketName: name })).toMatchObject({
        OperationStatus: "FAILED",
        ErrorCode: "InvalidRequest",
      });
    },
  );

  test("never shows write-only members inside its rules", async () => {
    const { emulator } = await openDesk();
    const rule = { Status: "Enabled", NoncurrentVersionExpirationInDays: 5, ExpirationInDays: 9 };
    const { Properties: shown } = emulator.put(bucket, {
      BucketName: "my-bucket",
      LifecycleConfiguration: { Rules: [rule] },
    });
    expect(shown["LifecycleConfiguration"]).toEqual({ Rules: [{ Status: "Enabled", ExpirationInDays: 9 }] });
  });
});

describe("AWS::DynamoDB::Table", () => {
  const table = "AWS::DynamoDB::Table";
  const keys = {
    AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
    KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
  };

  test("needs capacity when provisioned, which is the default, and its keys defined", async () => {
    const desk = await openDesk();
    expect(await desk.create(table, keys)).toMatchObject({
      ErrorCode: "InvalidRequest",
      StatusMessage: expect.stringContaining("ReadCapacityUnits and WriteCapacityUnits"),
    });
    const undefinedKey = { BillingMode: "PAY_PER_REQUEST", KeySchema: keys.KeySchema };
    expect(await desk.create(table, undefinedKey)).toMatchObject({ ErrorCode: "InvalidRequest" });
  });

  test("refuses another key schema asynchronously", async () => {
    const desk = await openDesk();
    desk.emulator.put(table, { ...keys, TableName: "tab", BillingMode: "PAY_PER_REQUEST" });
    const patch = [
      { op: "add", path: "/AttributeDefinitions/-", value: { AttributeName: "sk", AttributeType: "S" } },
      { op: "add", path: "/KeySchema/-", value: { AttributeName: "sk", KeyType: "RANGE" } },
    ];
    expect(await desk.update(table, "tab", patch)).toMatchObject({
      OperationStatus: "FAILED",
      ErrorCode: "NotUpdatable",
      StatusMessage:
        "Resource of type 'AWS::DynamoDB::Table' with identifier 'tab' is not updatable with parameters provided.",
    });
  });

  test("cannot be deleted while it is protected", async () => {
    const desk = await openDesk();
    desk.emulator.put(table, {
      ...keys,
      TableName: "tab",
      BillingMode: "PAY_PER_REQUEST",
      DeletionProtectionEnabled: true,
    });
    expect(await desk.remove(table, "tab")).toMatchObject({ ErrorCode: "InvalidRequest" });
    await desk.update(table, "tab", [{ op: "replace", path: "/DeletionProtectionEnabled", value: false }]);
    expect(await desk.remove(table, "tab")).toMatchObject({ OperationStatus: "SUCCESS" });
  });
});

describe("AWS::RDS::DBInstance", () => {
  const instance = "AWS::RDS::DBInstance";
  const desired = {
    DBInstanceIdentifier: "MyDb",
    DBInstanceClass: "db.t4g.micro",
    Engine: "postgres",
    MasterUsername: "admin",
    MasterUserPassword: "hunter2hunter2",
  };

  test("is named in lower case from the first event on, and found by either case", async () => {
    const desk = await openDesk();
    const first = await desk.start("CreateResource", {
      TypeName: instance,
      DesiredState: JSON.stringify(desired),
    });
    expect(first.Identifier).toBe("mydb");
    desk.wait(1000);
    expect(await desk.read(instance, "MyDb")).toMatchObject({
      DBInstanceIdentifier: "mydb",
      DBInstanceArn: "arn:aws:rds:us-east-1:123456789012:db:mydb",
      Endpoint: { Port: "5432", Address: expect.stringMatching(/^mydb\./) },
      BackupRetentionPeriod: 1,
    });
  });

  test("never shows its password", async () => {
    const { emulator } = await openDesk();
    const { Properties: shown, Hidden: hidden } = emulator.put(instance, desired);
    expect(JSON.stringify(shown)).not.toContain("hunter2");
    expect(hidden).toEqual({ "/MasterUserPassword": "hunter2hunter2" });
  });

  test("cannot change its engine, nor have its endpoint set", async () => {
    const desk = await openDesk();
    desk.emulator.put(instance, desired);
    expect(
      await desk.update(instance, "mydb", [{ op: "replace", path: "/Engine", value: "mysql" }]),
    ).toMatchObject({
      ErrorCode: "NotUpdatable",
    });
    const answer = await desk.send("UpdateResource", {
      TypeName: instance,
      Identifier: "mydb",
      PatchDocument: '[{"op":"replace","path":"/Endpoint/Port","value":"1"}]',
    });
    expect(refusalOf(answer)).toEqual(
      validation(expect.stringContaining("readOnlyProperties [/properties/Endpoint")),
    );
  });
});

describe("AWS::SSM::Parameter", () => {
  test("keeps its description to itself", async () => {
    const { emulator } = await openDesk();
    const desired = { Name: "/app/key", Type: "String", Value: "v", Description: "d" };
    expect(emulator.put("AWS::SSM::Parameter", desired).Properties).toEqual({
      Name: "/app/key",
      Type: "String",
      Value: "v",
      DataType: "text",
      Arn: "arn:aws:ssm:us-east-1:123456789012:parameter/app/key",
    });
    expect(() =>
      emulator.put("AWS::SSM::Parameter", { ...desired, Name: "x", Type: "SecureString" }),
    ).toThrow("InvalidRequest");
  });
});
