import { describe, expect, test } from "vitest";
import policy from "../../examples/checks/policy.ts";
import { app } from "../../src/app/app.ts";
import { AWS } from "../../src/aws/namespace.ts";
import type { Check, CheckedChange } from "../../src/scope/check.ts";
import { secret } from "../../src/resource/secrets/secret.ts";
import { changeOf, cloud, movesOf } from "../support/run.ts";

const queue = (id: string, more: object = {}) => AWS.SQS.Queue(id, { QueueName: id, ...more });
const writes = (calls: Readonly<Record<string, number>>): string[] =>
  Object.keys(calls).filter((api) => /^(Create|Update|Delete)Resource$/.test(api));

/** Keeps what a check has seen, and lets all of it pass. */
function watching(): { readonly seen: CheckedChange[]; readonly check: Check } {
  const seen: CheckedChange[] = [];
  return { seen, check: (change) => void seen.push(change) };
}

describe("what a check refuses", () => {
  test("is told all at once, and nothing is sent", async () => {
    const { deploy, emulator } = await cloud();
    const check: Check = ({ id }) => (id === "fine" ? undefined : [`${id} is bad`, "and so it is"]);
    const report = await deploy(
      async () => {
        await queue("fine");
        const one = await queue("one");
        await queue("two", { Tags: [{ Key: "of", Value: one.Arn }] });
        await AWS.SNS.Topic("three", { TopicName: "three" });
      },
      { check },
    );
    expect(report.ok).toBe(false);
    expect(movesOf(report)).toEqual(["one: REFUSED", "two: REFUSED", "three: REFUSED"]);
    expect(changeOf(report, "two").error?.message).toContain("two is bad; and so it is");
    expect(writes(report.calls)).toEqual([]);
    expect(emulator.resources()).toEqual([]);
  });

  test("stands in a plan beside all that is planned, deletions too", async () => {
    const { deploy } = await cloud();
    await deploy(() => queue("gone"));
    const check: Check = ({ move }) => (move === "delete" || move === "create" ? `no ${move}` : undefined);
    const plan = await deploy(() => queue("new"), { check, phase: "plan" });
    expect(movesOf(plan)).toEqual(["new: REFUSED", "gone: REFUSED"]);
    expect(changeOf(plan, "gone").move).toBe("delete");
    expect(plan.ok).toBe(false);
  });

  test.each<[string, ReturnType<Check>, string | undefined]>([
    ["text", "no", "no"],
    ["a list of texts", ["a", "b"], "a; b"],
    ["a promise of text", Promise.resolve("later"), "later"],
    ["nothing", undefined, undefined],
    ["a promise of nothing", Promise.resolve(), undefined],
    ["an empty list", [], undefined],
    ["false", false, undefined],
    ["true", true as never, "a check returns text"],
    ["an object", { no: 1 } as never, 'it returned {"no":1}'],
    ["a list with a number", ["a", 5 as never], "it returned 5"],
  ])("may be said by %s", async (_, said, told) => {
    const { deploy } = await cloud();
    const report = await deploy(() => queue("q"), { check: () => said });
    expect(report.ok).toBe(told === undefined);
    if (told !== undefined) expect(changeOf(report, "q").error?.message).toContain(told);
  });

  test("a check that fails lets nothing pass", async () => {
    const { deploy, emulator } = await cloud();
    const broken: Check = () => Promise.reject(new Error("no network"));
    const thrown: Check = () => {
      throw new Error("a slip");
    };
    for (const [check, text] of [
      [broken, "no network"],
      [thrown, "a slip"],
    ] as const) {
      const report = await deploy(() => queue("q"), { check });
      expect(changeOf(report, "q").error).toMatchObject({ code: "REFUSED" });
      expect(changeOf(report, "q").error?.message).toContain(`a check has failed: ${text}`);
    }
    expect(emulator.resources()).toEqual([]);
  });

  test("of several checks holds each, those of a program that joins too", async () => {
    const { deploy, emulator } = await cloud();
    const of =
      (text: string): Check =>
      () =>
        text;
    const program = async () => {
      await app("test", { check: of("joined") });
      await queue("q");
    };
    const report = await deploy(program, { check: [of("one"), of("two")] });
    expect(changeOf(report, "q").error?.message).toContain("one; two; joined");
    const late = await deploy(program);
    expect(movesOf(late)).toEqual(["q: REFUSED"]);
    expect(emulator.resources()).toEqual([]);
  });

  test("anything else than functions is a slip", async () => {
    const { deploy } = await cloud();
    await expect(deploy(() => queue("q"), { check: "policy.ts" as never })).rejects.toThrow(
      /takes a function/,
    );
  });
});

describe("a check sees", () => {
  test("creates, updates, adoptions, replacements and deletions before they are sent, and nothing that stays", async () => {
    const { deploy, emulator } = await cloud();
    emulator.put("AWS::SQS::Queue", { QueueName: "found", DelaySeconds: 1 });
    const first = async () => {
      await queue("updated");
      await queue("orphan");
      await queue("same");
      await AWS.SNS.Topic("replaced", { TopicName: "old" });
    };
    await deploy(first);
    const { seen, check } = watching();
    const next = async () => {
      await queue("created");
      await queue("updated", { DelaySeconds: 5 });
      await queue("same");
      await AWS.SNS.Topic("replaced", { TopicName: "new" });
      await queue("found", { adopt: true, DelaySeconds: 2 });
    };
    const plan = await deploy(next, { check, phase: "plan" });
    const moves = (): Record<string, string> => Object.fromEntries(seen.map(({ id, move }) => [id, move]));
    const expected = {
      created: "create",
      updated: "update",
      replaced: "replace",
      found: "adopt",
      orphan: "delete",
    };
    expect(plan.ok).toBe(true);
    expect(moves()).toEqual(expected);
    expect(seen.find(({ id }) => id === "found")?.patch).toEqual([
      expect.objectContaining({ op: "replace", path: "/DelaySeconds", value: 2 }),
    ]);
    expect(seen.find(({ id }) => id === "orphan")?.desired).toEqual({ QueueName: "orphan" });
    expect(seen[0]).toMatchObject({ app: "test", stage: "dev", desired: { QueueName: "created" } });
    seen.length = 0;
    const report = await deploy(next, { check });
    expect(report.ok).toBe(true);
    expect(moves()).toEqual(expected);
  });

  test("no secret", async () => {
    const { deploy } = await cloud();
    const { seen, check } = watching();
    const parameter = () =>
      AWS.SSM.Parameter("p", { Name: "p", Type: "String", Value: secret("hunter2-hunter2") as never });
    await deploy(parameter, { check });
    expect(seen.length).toBeGreaterThan(0);
    expect(JSON.stringify(seen)).not.toContain("hunter2");
  });

  test("the tags of its run", async () => {
    const { deploy } = await cloud();
    const { seen, check } = watching();
    await deploy(() => queue("q"), { check, tags: { team: "shop" } });
    expect(seen[0]?.desired["Tags"]).toEqual([{ Key: "team", Value: "shop" }]);
  });

  test("what only a deploy can know once more, when it is known", async () => {
    const { deploy, emulator } = await cloud();
    const isArn = /^arn:/;
    const check: Check = ({ id, desired }) => {
      const [tag] = (desired["Tags"] ?? []) as readonly { readonly Value: string }[];
      return id === "two" && tag && isArn.test(tag.Value) && "no ARN in a tag";
    };
    const program = async () => {
      const one = await queue("one");
      await queue("two", { Tags: [{ Key: "of", Value: one.Arn }] });
    };
    const report = await deploy(program, { check });
    expect(movesOf(report)).toEqual(["one: create", "two: REFUSED"]);
    expect(emulator.resources()).toHaveLength(1);
  });

  test("a destroy, which then deletes nothing at all", async () => {
    const { deploy, destroy, emulator } = await cloud();
    await deploy(() => Promise.all([queue("a"), queue("b")]));
    const report = await destroy({ check: ({ id }) => id === "a" && "a stays" });
    expect(movesOf(report)).toEqual(["a: REFUSED"]);
    expect(emulator.resources()).toHaveLength(2);
    expect((await destroy({ check: () => undefined })).ok).toBe(true);
    expect(emulator.resources()).toEqual([]);
  });
});

describe("the checks that come as examples", () => {
  const refused = async (program: () => Promise<unknown>, stage = "dev"): Promise<string> => {
    const { deploy } = await cloud();
    const report = await deploy(program, { check: policy, phase: "plan", stage });
    return report.changes.map(({ error }) => error?.message ?? "fine").join("\n");
  };
  const Tags = [{ Key: "team", Value: "shop" }];
  const bucket = (more: object) => () => AWS.S3.Bucket("b", { BucketName: "b-1", Tags, ...more });
  const bucketPolicy = (Principal: unknown) => () => {
    const Statement = [{ Effect: "Allow", Principal, Action: "s3:GetObject", Resource: "*" }];
    return AWS.S3.BucketPolicy("p", { Bucket: "b-1", PolicyDocument: { Statement } as never });
  };
  const group = (rule: object) => () =>
    AWS.EC2.SecurityGroup("g", { GroupDescription: "g", Tags, SecurityGroupIngress: [rule as never] });
  const ssh = { IpProtocol: "tcp", FromPort: 22, ToPort: 22 };
  const web = { IpProtocol: "tcp", FromPort: 443, ToPort: 443 };
  const volume = (more: object) => () =>
    AWS.EC2.Volume("v", { AvailabilityZone: "us-east-1a", Size: 1, Tags, ...more });

  test.each<[string, () => Promise<unknown>, string]>([
    ["a bucket as S3 makes it", bucket({}), "fine"],
    [
      "a bucket with one block off",
      bucket({ PublicAccessBlockConfiguration: { BlockPublicAcls: true } }),
      "public",
    ],
    ["a policy for everybody", bucketPolicy("*"), "lets everybody in"],
    ["a policy for everybody, spelled out", bucketPolicy({ AWS: ["*"] }), "lets everybody in"],
    ["a policy for one account", bucketPolicy({ AWS: "arn:aws:iam::123456789012:root" }), "fine"],
    ["SSH for everybody", group({ ...ssh, CidrIp: "0.0.0.0/0" }), "open to everybody"],
    ["SSH for everybody on IPv6", group({ ...ssh, CidrIpv6: "::/0" }), "open to everybody"],
    ["all ports for everybody", group({ IpProtocol: "-1", CidrIp: "0.0.0.0/0" }), "open to everybody"],
    ["SSH for some", group({ ...ssh, CidrIp: "10.0.0.0/8" }), "fine"],
    ["the web for everybody", group({ ...web, CidrIp: "0.0.0.0/0" }), "fine"],
    ["a volume in the clear", volume({}), "Encrypted is not true"],
    ["a volume that is encrypted", volume({ Encrypted: true }), "fine"],
    ["a queue without the tag", () => queue("q"), "no tag team"],
    ["a queue with it", () => queue("q", { Tags }), "fine"],
  ])("%s", async (_, program, told) => {
    expect(await refused(program)).toContain(told);
  });

  test("a deletion in prod, and one elsewhere", async () => {
    const { deploy } = await cloud();
    for (const [stage, moves] of [
      ["prod", ["q: REFUSED"]],
      ["dev", ["q: delete"]],
    ] as const) {
      await deploy(() => queue("q", { QueueName: `q-${stage}` }), { stage });
      const report = await deploy(() => Promise.resolve(), { check: policy, stage });
      expect(movesOf(report)).toEqual(moves);
    }
  });
});
