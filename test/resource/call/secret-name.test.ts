import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import { resourceFunction } from "../../../src/aws/resource-function.ts";
import type { Props } from "../../../src/json.ts";
import { secret } from "../../../src/resource/secrets/secret.ts";
import { bundledTypes } from "../../../src/schema/bundled.ts";
import { bundledFacts } from "../../../src/schema/bundled.ts";
import { jsonFileStore } from "../../../src/state/json-file.ts";
import { changeOf, cloud } from "../../support/run.ts";

const text = "hush-hush-12345";

const declare = (type: string, props: object): (() => Promise<unknown>) => {
  const f = resourceFunction<Props, Props, string>(type);
  return () => f("one", props as Props);
};

describe("a secret as a name is refused before anything is sent", () => {
  test.each([
    ["AWS::Logs::LogGroup", { LogGroupName: secret(text) }],
    ["AWS::SQS::Queue", { QueueName: secret(text) }],
    ["AWS::SNS::Topic", { TopicName: secret(text) }],
    ["AWS::S3::Bucket", { BucketName: secret(text) }],
    ["AWS::IAM::ManagedPolicy", { PolicyDocument: {}, ManagedPolicyName: secret(text) }],
    ["AWS::SecretsManager::Secret", { Name: secret(text) }],
    ["AWS::SSM::Parameter", { Name: secret(text), Type: "String", Value: "v" }],
    ["AWS::RDS::DBInstance", { DBInstanceIdentifier: secret(text) }],
    ["AWS::ApiGatewayV2::Api", { Name: secret(text), ProtocolType: "HTTP" }],
    ["AWS::ApiGatewayV2::Stage", { ApiId: "a1b2c3d4e5", StageName: secret(text) }],
    ["AWS::ApiGatewayV2::Route", { ApiId: "a1b2c3d4e5", RouteKey: secret(text) }],
    [
      "AWS::Lambda::Function",
      { FunctionName: secret(text), Role: "arn:aws:iam::123456789012:role/r", Code: {} },
    ],
    [
      "AWS::StepFunctions::StateMachine",
      { StateMachineName: secret(text), RoleArn: "arn:aws:iam::1:role/r" },
    ],
    ["AWS::ApiGateway::IntegrationResponse", { RestApiId: secret(text) }],
    ["My::Own::Type", { Name: secret(text) }],
  ])("%s %j", async (type, props) => {
    const { deploy, emulator, events } = await cloud();
    const report = await deploy(declare(type, props));
    expect(report.changes).toMatchObject([{ error: { code: "VALIDATION" } }]);
    expect(emulator.calls.filter(({ api }) => api !== "cloudformation:DescribeType")).toEqual([]);
    expect(JSON.stringify([report, events])).not.toContain(text);
  });

  test("of a secret around it as well", async () => {
    const { deploy, emulator } = await cloud();
    const whole = secret({ LogGroupName: text });
    const report = await deploy(() =>
      AWS.Logs.LogGroup("one", { ...(whole as object), LogGroupName: secret(text) }),
    );
    expect(report.ok).toBe(false);
    expect(emulator.calls).toEqual([]);
  });

  test("at every part of every identifier that a script may state", async () => {
    const { deploy, emulator } = await cloud();
    const cases = bundledTypes()
      .flatMap((type) => {
        const { primaryIdentifier = [], readOnly = [] } = bundledFacts(type) ?? {};
        const part = primaryIdentifier.find(
          (pointer) => !readOnly.includes(pointer) && !pointer.slice(1).includes("/"),
        );
        return part === undefined ? [] : [[type, part.slice(1)] as const];
      })
      .filter((_, i) => i % 5 === 0);
    expect(cases.length).toBeGreaterThan(100);
    const report = await deploy(async () => {
      for (const [type, name] of cases) {
        await resourceFunction<Props, Props, string>(type)(type, { [name]: secret(text) } as never).catch(
          () => undefined,
        );
      }
    });
    expect(
      report.changes.filter(({ error }) => error?.message.includes("names the resource") !== true),
    ).toEqual([]);
    expect(emulator.calls).toEqual([]);
  });

  test("and one in any other place is not", async () => {
    const { deploy } = await cloud();
    const report = await deploy(() =>
      AWS.SSM.Parameter("one", {
        Name: "/p",
        Type: "String",
        Value: secret(text),
        Description: secret("about-it"),
      }),
    );
    expect(report.ok).toBe(true);
  });
});

describe("a text that a later call names secret", () => {
  const bytesUnder = (folder: string): string =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile())
      .map((path) => readFileSync(path, "utf8"))
      .join("\n");

  const folderOf = (): string => {
    const folder = mkdtempSync(join(tmpdir(), "await-aws-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
  };

  const telling = {
    "a value": () => AWS.SSM.Parameter("plain", { Name: "/plain", Type: "String", Value: text }),
    "part of a value": () =>
      AWS.SSM.Parameter("plain", { Name: "/plain", Type: "String", Value: `a ${text} b` }),
    "a description": () =>
      AWS.SSM.Parameter("plain", { Name: "/plain", Type: "String", Value: "v", Description: text }),
    "a tag": () => AWS.SQS.Queue("plain", { QueueName: "plain", Tags: [{ Key: "token", Value: text }] }),
    "an item of a document": () =>
      AWS.IAM.Role("plain", {
        RoleName: "plain",
        AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Sid: text }] },
      }),
  };

  const named = (): Promise<unknown> =>
    AWS.SSM.Parameter("token", { Name: "/token", Type: "String", Value: secret(text) });

  test.each(Object.entries(telling))("is taken out of what stood there before: %s", async (_, plain) => {
    const folder = folderOf();
    const { deploy, events } = await cloud({}, jsonFileStore(folder));
    const program = async (): Promise<void> => {
      await plain();
      events.splice(0);
      await named();
    };
    const report = await deploy(program);
    expect(report.ok).toBe(true);
    expect(JSON.stringify(report)).not.toContain(text);
    expect(JSON.stringify(events)).not.toContain(text);
    expect(bytesUnder(folder)).not.toContain(text);
    // What is hidden is still known: nothing has changed.
    const again = await deploy(program);
    expect(again.changes.map(({ move }) => move)).toEqual(["nothing", "nothing"]);
    expect(bytesUnder(folder)).not.toContain(text);
  });

  test("is taken out of a plan, and out of calls that were under way together with it", async () => {
    const folder = folderOf();
    const { deploy } = await cloud({ operationMs: 50 }, jsonFileStore(folder));
    const program = async (): Promise<void> => {
      const both = [telling["a value"](), named()];
      await Promise.all(both);
    };
    const plan = await deploy(program, { phase: "plan" });
    expect(JSON.stringify(plan)).not.toContain(text);
    const report = await deploy(program);
    expect(report.ok).toBe(true);
    expect(JSON.stringify(report) + bytesUnder(folder)).not.toContain(text);
  });

  test("is taken out of a failure that quotes it, and out of an identifier", async () => {
    const { deploy } = await cloud({
      faults: ({ api, count }) =>
        api === "CreateResource" && count === 1
          ? { failWith: { code: "InvalidRequest", message: `${text} is too weak` } }
          : undefined,
    });
    const report = await deploy(async () => {
      await telling["a value"]().catch(() => undefined);
      await AWS.SQS.Queue("queue", { QueueName: `q-${text}` });
      await named();
    });
    expect(changeOf(report, "plain").error?.message).toContain("‹secret› is too weak");
    expect(changeOf(report, "queue").identifier).toBe("‹secret›");
    expect(JSON.stringify(report)).not.toContain(text);
  });
});
