import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import { changeOf, cloud } from "../../support/run.ts";

const trust = (statement: object): object => ({ Version: "2012-10-17", Statement: [statement] });
const lambda = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };

describe("what means the same is no change", () => {
  test("a bucket adopted by its name alone keeps its tags, versioning and encryption", async () => {
    const { deploy, emulator } = await cloud();
    emulator.put("AWS::S3::Bucket", {
      BucketName: "made-by-hand",
      Tags: [{ Key: "team", Value: "files" }],
      VersioningConfiguration: { Status: "Enabled" },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" } },
        ],
      },
    });
    const before = emulator.resources();
    const bucket = (more: object) => () =>
      AWS.S3.Bucket("files", { BucketName: "made-by-hand", adopt: true, ...more });
    expect(changeOf(await deploy(bucket({})), "files")).toMatchObject({ move: "adopt", patch: [] });
    expect(emulator.resources()).toEqual(before);

    await deploy(bucket({ PublicAccessBlockConfiguration: { BlockPublicAcls: false } }));
    const [after] = emulator.resources();
    expect(after?.Properties).toMatchObject({
      Tags: [{ Key: "team", Value: "files" }],
      VersioningConfiguration: { Status: "Enabled" },
    });
  });

  test("a role whose policy comes back in another order of keys, or is given as text, is not updated", async () => {
    const { deploy, emulator } = await cloud();
    const role = (document: unknown) => () =>
      AWS.IAM.Role("worker", { RoleName: "worker", AssumeRolePolicyDocument: document as never });
    await deploy(role(trust(lambda)));
    const { Action, Effect, Principal } = lambda;
    const turned = { Statement: [{ Principal, Action, Effect }], Version: "2012-10-17" };
    for (const document of [turned, JSON.stringify(turned), trust(lambda)]) {
      const report = await deploy(role(document), { refresh: true });
      expect(changeOf(report, "worker").move).toBe("nothing");
    }
    expect(emulator.calls.filter(({ api }) => api === "UpdateResource")).toEqual([]);
    const changed = await deploy(role(trust({ ...lambda, Effect: "Deny" })));
    expect(changeOf(changed, "worker").move).toBe("update");
  });

  test("a security group whose rules come back re-ordered and with defaults is not updated", async () => {
    const { deploy, emulator } = await cloud();
    const rules = [80, 443, 8080].map((port) => ({
      IpProtocol: "tcp",
      FromPort: port,
      ToPort: port,
      CidrIp: "10.0.0.0/8",
    }));
    const group = (ingress: typeof rules) => async (): Promise<void> => {
      const vpc = await AWS.EC2.VPC("vpc", { CidrBlock: "10.0.0.0/16" });
      await AWS.EC2.SecurityGroup("web", {
        GroupDescription: "web",
        GroupName: "web",
        VpcId: vpc,
        SecurityGroupIngress: ingress,
      });
    };
    await deploy(group(rules));
    for (const order of [rules, rules.toReversed()]) {
      const report = await deploy(group(order), { refresh: true });
      expect(changeOf(report, "web").move).toBe("nothing");
    }
    expect(emulator.calls.filter(({ api }) => api === "UpdateResource")).toEqual([]);
    expect(changeOf(await deploy(group(rules.slice(1))), "web").move).toBe("update");
  });
});
