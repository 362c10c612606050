import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import type { Json, Props } from "../../../src/json.ts";
import { driftText } from "../../../src/render/drift-text.ts";
import { lineOf } from "../../../src/render/lines.ts";
import { planText } from "../../../src/render/plan-text.ts";
import { plainStyle } from "../../../src/render/style.ts";
import { tellFrom } from "../../../src/resource/secrets/shown-operations.ts";
import { secret } from "../../../src/resource/secrets/secret.ts";
import { changeOf, cloud } from "../../support/run.ts";

const nothing = (): Promise<void> => Promise.resolve();
const drift = { phase: "drift" } as const;
const plan = { phase: "plan" } as const;

const database = (more: object) => () =>
  AWS.RDS.DBInstance("db", {
    DBInstanceIdentifier: "shop",
    DBInstanceClass: "db.t4g.micro",
    Engine: "postgres",
    AllocatedStorage: "20",
    MasterUsername: "shop",
    MasterUserPassword: "correct-horse",
    ...more,
  });

describe("of a value that no read shows a patch says", () => {
  test.each([
    ["that it is sent again where it is the one of before", { BackupRetentionPeriod: 3 }, "sent again"],
    ["that it is sent where it is another", { MasterUserPassword: "another-horse" }, "sent"],
  ])("%s, in plan, report and lines", async (_, more, unshown) => {
    const { deploy } = await cloud();
    await deploy(database({}));
    const planned = await deploy(database(more), plan);
    const report = await deploy(database(more));
    const words = `MasterUserPassword: "‹secret›"  ${unshown}, AWS does not show it`;
    for (const change of [changeOf(planned, "db"), changeOf(report, "db")]) {
      expect(change.patch).toContainEqual(expect.objectContaining({ path: "/MasterUserPassword", unshown }));
      expect(lineOf({ name: "done", id: "db", type: change.type, change }, plainStyle)).toContain(words);
    }
    expect(planText(planned)).toContain(words);
    expect(JSON.stringify([planned, report])).not.toContain("horse");
  });

  test("nothing of a secret that AWS does show", async () => {
    const { deploy } = await cloud();
    const parameter = (Value: string) => () =>
      AWS.SSM.Parameter("p", { Name: "/p", Type: "String", Value: secret(Value) });
    await deploy(parameter("token-number-1"));
    const { patch } = changeOf(await deploy(parameter("token-number-2"), plan), "p");
    expect(patch).toEqual([{ op: "replace", path: "/Value", value: "‹secret›", from: "‹secret›" }]);
  });
});

test.each<readonly [string, Props, Parameters<typeof tellFrom>[0], readonly (Json | undefined)[]]>([
  ["an item put into a list", { L: ["a", "c"] }, [{ op: "add", path: "/L/1", value: "b" }], [undefined]],
  ["an item put at its end", { L: ["a"] }, [{ op: "add", path: "/L/-", value: "b" }], [undefined]],
  ["an item in place of another", { L: ["a"] }, [{ op: "replace", path: "/L/0", value: "b" }], ["a"]],
  [
    "items taken one by one",
    { L: ["a", "b"] },
    [
      { op: "remove", path: "/L/0" },
      { op: "remove", path: "/L/0" },
    ],
    ["a", "b"],
  ],
  ["a member set over another", { M: { a: 1 } }, [{ op: "add", path: "/M/a", value: 2 }], [1]],
  ["a false that was there", { F: false }, [{ op: "replace", path: "/F", value: true }], [false]],
])("a patch is told with what was there: %s", (_, live, patch, before) => {
  const told = tellFrom(patch, { live, writeOnly: [] });
  expect(told.map((operation) => operation.from)).toEqual(before);
});

const policy = (Action: string): object => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, Principal: "*", Resource: "*" }],
});

const queue = (more: object) => () => AWS.SQS.Queue("q", { QueueName: "q", ...more });
const url = "https://sqs.us-east-1.amazonaws.com/123456789012/q";

test.each<readonly [string, object, object, object]>([
  ["a number", { DelaySeconds: 5 }, { DelaySeconds: 900 }, { path: "/DelaySeconds", from: 5, to: 900 }],
  [
    "a boolean",
    { SqsManagedSseEnabled: true },
    { SqsManagedSseEnabled: false },
    { path: "/SqsManagedSseEnabled", from: true, to: false },
  ],
  [
    "a nested member",
    { RedrivePolicy: { maxReceiveCount: 3, deadLetterTargetArn: "arn:aws:sqs:us-east-1:123456789012:d" } },
    { RedrivePolicy: { maxReceiveCount: 9, deadLetterTargetArn: "arn:aws:sqs:us-east-1:123456789012:d" } },
    {
      path: "/RedrivePolicy",
      from: { maxReceiveCount: 3, deadLetterTargetArn: "arn:aws:sqs:us-east-1:123456789012:d" },
      to: { maxReceiveCount: 9, deadLetterTargetArn: "arn:aws:sqs:us-east-1:123456789012:d" },
    },
  ],
  ["a value removed", { DelaySeconds: 5 }, { DelaySeconds: undefined }, { path: "/DelaySeconds", from: 5 }],
  [
    "a tag's value",
    { Tags: [{ Key: "a", Value: "1" }] },
    { Tags: [{ Key: "a", Value: "2" }] },
    { path: "/Tags", from: [{ Key: "a", Value: "1" }], to: [{ Key: "a", Value: "2" }] },
  ],
])("drift of %s tells what was asked for and what is there", async (_, asked, elsewhere, told) => {
  const { deploy, emulator } = await cloud();
  await deploy(queue(asked));
  emulator.change("AWS::SQS::Queue", url, (now) => JSON.parse(JSON.stringify({ ...now, ...elsewhere })));
  const change = changeOf(await deploy(nothing, drift), "q");
  expect(change).toMatchObject({ drift: "drifted" });
  expect(change.differences).toEqual([told]);
});

test("drift of a policy is told line by line", async () => {
  const { deploy, emulator } = await cloud();
  await deploy(() =>
    AWS.SSM.Parameter("p", { Name: "/p", Type: "String", Value: JSON.stringify(policy("s3:GetObject")) }),
  );
  emulator.change("AWS::SSM::Parameter", "/p", (now) => ({ ...now, Value: JSON.stringify(policy("s3:*")) }));
  const text = driftText(await deploy(nothing, drift));
  expect(text).toMatch(/^ {6}- +"Action": "s3:GetObject",$/m);
  expect(text).toMatch(/^ {6}\+ +"Action": "s3:\*",$/m);
});

test.each([
  ["in its place", [{ Key: "t", Value: "swordfish-swordfish" }]],
  [
    "behind a new one",
    [
      { Key: "a", Value: "hello" },
      { Key: "t", Value: "swordfish-swordfish" },
    ],
  ],
  [
    "moved, as it was",
    [
      { Key: "a", Value: "hello" },
      { Key: "t", Value: "hunter2-hunter2" },
    ],
  ],
  [
    "at another name",
    [
      { Key: "t", Value: "x" },
      { Key: "u", Value: "copy of hunter2-hunter2" },
    ],
  ],
])("drift shows no secret: %s", async (_, Tags) => {
  const { deploy, emulator } = await cloud();
  await deploy(queue({ Tags: [{ Key: "t", Value: secret("hunter2-hunter2") }] }));
  emulator.change("AWS::SQS::Queue", url, (now) => ({ ...now, Tags }));
  const report = await deploy(nothing, drift);
  expect(JSON.stringify(report) + driftText(report)).not.toMatch(/hunter2|swordfish/);
});
