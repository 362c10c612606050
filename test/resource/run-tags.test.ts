import { describe, expect, test } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import { CloudControlResource } from "../../src/aws/cloud-control-resource.ts";
import type { Emulator } from "../../src/emulator/index.ts";
import type { Props } from "../../src/json.ts";
import { driftText } from "../../src/render/drift-text.ts";
import { planText } from "../../src/render/plan-text.ts";
import { bundledFacts } from "../../src/schema/bundled.ts";
import { changeOf, cloud, movesOf } from "../support/run.ts";

const tags = { team: "shop", env: "dev" };
const asList = [
  { Key: "env", Value: "dev" },
  { Key: "team", Value: "shop" },
];

const queue = (more: object = {}) => AWS.SQS.Queue("orders", { QueueName: "orders", ...more });
const keyPair = (more: object = {}) => AWS.EC2.KeyPair("door", { KeyName: "door", ...more });
const only = (emulator: Emulator): Props => emulator.resources()[0]?.Properties ?? {};
const tagsOf = (emulator: Emulator, name = "Tags") => only(emulator)[name];
const any = (type: string, props: Props) => () =>
  CloudControlResource("it", { TypeName: type, DesiredState: props });

describe("the tags of a run stand where their type has them", () => {
  const zone = { Name: "example.com." };
  const group = { MinSize: "0", MaxSize: "1", LaunchTemplate: { LaunchTemplateName: "t", Version: "1" } };
  const anomaly = { MonitorName: "m", MonitorType: "CUSTOM" };
  const reserved = { InstanceType: "t3.micro", InstancePlatform: "Linux/UNIX", InstanceCount: 1 };
  const specified = (resource: string) => [{ ResourceType: resource, Tags: asList }];
  test.each<[string, Props, string, unknown]>([
    ["AWS::S3::Bucket", { BucketName: "b-1" }, "Tags", asList],
    ["AWS::ApiGatewayV2::Api", { Name: "a", ProtocolType: "HTTP" }, "Tags", tags],
    ["AWS::SSM::Parameter", { Name: "p", Type: "String", Value: "v" }, "Tags", tags],
    ["AWS::Route53::HostedZone", zone, "HostedZoneTags", asList],
    ["AWS::EFS::FileSystem", {}, "FileSystemTags", asList],
    ["AWS::EFS::AccessPoint", { FileSystemId: "fs-1" }, "AccessPointTags", asList],
    ["AWS::Cognito::UserPool", { UserPoolName: "u" }, "UserPoolTags", tags],
    ["AWS::CE::AnomalyMonitor", anomaly, "ResourceTags", asList],
    [
      "AWS::AutoScaling::AutoScalingGroup",
      group,
      "Tags",
      asList.map((tag) => ({ ...tag, PropagateAtLaunch: true })),
    ],
    ["AWS::EC2::CapacityReservation", reserved, "TagSpecifications", specified("capacity-reservation")],
    ["AWS::CloudFront::AnycastIpList", { IpCount: 3, Name: "n" }, "Tags", { Items: asList }],
  ])("%s", async (type, props, name, expected) => {
    const { deploy, emulator } = await cloud();
    expect(movesOf(await deploy(any(type, props), { tags }))).toEqual(["it: create"]);
    expect(tagsOf(emulator, name)).toEqual(expected);
    expect((await deploy(any(type, props), { tags })).calls).toEqual({});
  });

  test("and nowhere where a type has none", async () => {
    const { deploy, emulator } = await cloud();
    await deploy(any("AWS::SNS::Subscription", { Protocol: "sqs", TopicArn: "arn:aws:sns:::t" }), { tags });
    expect(only(emulator)).not.toHaveProperty("Tags");
  });
});

describe("what a resource declares itself", () => {
  test("prevails over the run, key by key", async () => {
    const { deploy, emulator } = await cloud();
    const own = [{ Key: "team", Value: "web" }];
    await deploy(() => queue({ Tags: own }), { tags });
    expect(tagsOf(emulator)).toEqual([...own, { Key: "env", Value: "dev" }]);
  });

  test("prevails in IAM whatever the case of the key, for IAM takes it for the same", async () => {
    const { deploy, emulator } = await cloud();
    const own = [{ Key: "Team", Value: "web" }];
    await deploy(any("AWS::IAM::User", { UserName: "u", Tags: own }), { tags });
    expect(tagsOf(emulator)).toEqual([...own, { Key: "env", Value: "dev" }]);
  });

  test("stays, as do tags of others, when tags of the run change and go", async () => {
    const { deploy, emulator } = await cloud();
    const own = { Key: "own", Value: "1" };
    const theirs = { Key: "theirs", Value: "2" };
    const program = () => queue({ Tags: [own] });
    await deploy(program, { tags });
    const { Identifier } = emulator.resources()[0] ?? { Identifier: "" };
    emulator.change("AWS::SQS::Queue", Identifier, (model) => ({
      ...model,
      Tags: [...(model["Tags"] as Props[]), theirs],
    }));
    expect(movesOf(await deploy(program, { tags: { team: "web" } }))).toEqual(["orders: update"]);
    expect(new Set(tagsOf(emulator) as Props[])).toEqual(
      new Set([own, theirs, { Key: "team", Value: "web" }]),
    );
    expect(movesOf(await deploy(program))).toEqual(["orders: update"]);
    expect(new Set(tagsOf(emulator) as Props[])).toEqual(new Set([own, theirs]));
    expect((await deploy(program)).calls).toEqual({});
  });

  test("goes without them where it says so, and loses those that it had", async () => {
    const { deploy, emulator } = await cloud();
    await deploy(() => queue(), { tags });
    await deploy(() => queue({ tags: false }), { tags });
    expect(tagsOf(emulator) ?? []).toEqual([]);
    expect((await deploy(() => queue({ tags: false }), { tags })).calls).toEqual({});
  });

  test("is its property: an object under tags is refused", async () => {
    const { deploy } = await cloud();
    const { changes } = await deploy(() => queue({ tags: { team: "a" } }));
    expect(changes[0]?.error?.message).toMatch(/option tags takes true or false/);
  });
});

describe("tags that are given when a resource is made", () => {
  test("are given then; others change nothing, and are asked for without a call the second time", async () => {
    const { deploy, emulator } = await cloud();
    await deploy(() => keyPair(), { tags });
    expect(tagsOf(emulator)).toEqual(asList);
    for (const other of [{ team: "web" }, {}, { more: "1", ...tags }]) {
      const report = await deploy(() => keyPair(), { tags: other });
      expect(movesOf(report)).toEqual(["door: nothing"]);
      expect((await deploy(() => keyPair(), { tags: other })).calls).toEqual({});
      expect(tagsOf(emulator)).toEqual(asList);
    }
  });

  test("are today's of what is replaced for another cause", async () => {
    const { deploy, emulator } = await cloud();
    await deploy(() => keyPair(), { tags });
    const other = () => keyPair({ KeyType: "ed25519" });
    const report = await deploy(other, { tags: { team: "web" }, allowReplace: true });
    expect(movesOf(report)).toEqual(["door: replace"]);
    expect(tagsOf(emulator)).toEqual([{ Key: "team", Value: "web" }]);
  });

  test("replace nothing when the run takes over what the script has declared", async () => {
    const { deploy } = await cloud();
    await deploy(() => keyPair({ Tags: [{ Key: "team", Value: "shop" }] }));
    expect(movesOf(await deploy(() => keyPair(), { tags }))).toEqual(["door: nothing"]);
  });

  test("do not stand in the way of an adoption", async () => {
    const { deploy, emulator, store } = await cloud();
    emulator.put("AWS::EC2::KeyPair", { KeyName: "door", Tags: [{ Key: "env", Value: "dev" }] });
    const report = await deploy(() => keyPair({ adopt: true }), { tags });
    expect(movesOf(report)).toEqual(["door: adopt"]);
    expect((await deploy(() => keyPair({ adopt: true }), { tags })).calls).toEqual({});
    const drift = await deploy(() => Promise.resolve(), { phase: "drift" });
    expect(changeOf(drift, "door").drift).toBe("same");
    expect(store).toBeDefined();
  });

  test("are told by the account's schema alone where this version knows it otherwise", async () => {
    const fixedThere = (type: string) => {
      const facts = bundledFacts(type);
      return facts && { ...facts, createOnly: [...(facts.createOnly ?? []), "/Tags"] };
    };
    const { deploy, emulator } = await cloud({ facts: fixedThere });
    await deploy(() => queue(), { tags });
    expect(movesOf(await deploy(() => queue(), { tags: {} }))).toEqual(["orders: nothing"]);
    expect((await deploy(() => queue(), { tags: {} })).calls).toEqual({});
    expect(tagsOf(emulator)).toEqual(asList);
  });

  test("are told by a refusal where nobody says it: it replaces nothing, and the rest is updated", async () => {
    const fixedThere = (type: string) => {
      const facts = bundledFacts(type);
      return facts && { ...facts, createOnly: [...(facts.createOnly ?? []), "/Tags"] };
    };
    const { deploy, emulator, events } = await cloud({ facts: fixedThere });
    await deploy(() => queue(), { tags, schemas: "bundled" });
    const before = emulator.resources()[0]?.Identifier;
    const next = () => queue({ DelaySeconds: 5 });
    expect(movesOf(await deploy(next, { tags: { team: "web" }, schemas: "bundled" }))).toEqual([
      "orders: update",
    ]);
    expect(emulator.resources().map(({ Identifier }) => Identifier)).toEqual([before]);
    expect(only(emulator)).toMatchObject({ DelaySeconds: 5, Tags: asList });
    expect(events).toContainEqual(
      expect.objectContaining({ name: "warning", message: expect.stringMatching(/tags cannot be updated/) }),
    );
    expect((await deploy(next, { tags: { team: "web" }, schemas: "bundled" })).calls).toEqual({});
  });
});

describe("what is told of them", () => {
  test("a plan marks them, of a create as of a change, and writes nothing", async () => {
    const { deploy, emulator } = await cloud();
    const first = await deploy(() => queue(), { tags, phase: "plan" });
    expect(changeOf(first, "orders")).toMatchObject({ desired: { Tags: asList }, runTags: ["env", "team"] });
    expect(emulator.resources()).toEqual([]);
    await deploy(() => queue(), { tags });
    const plan = await deploy(() => queue(), { tags: { env: "prod" }, phase: "plan" });
    expect(changeOf(plan, "orders").runTags).toEqual(["env", "team"]);
    expect(planText(plan)).toContain("tags of the run: env, team");
    expect(tagsOf(emulator)).toEqual(asList);
  });

  test("a plan without other tags has nothing to tell of", async () => {
    const { deploy } = await cloud();
    await deploy(() => queue(), { tags });
    const plan = await deploy(() => queue({ DelaySeconds: 5 }), { tags, phase: "plan" });
    expect(changeOf(plan, "orders")).not.toHaveProperty("runTags");
  });

  test("drift names those that somebody has taken away", async () => {
    const { deploy, emulator } = await cloud();
    await deploy(() => queue(), { tags });
    const { Identifier } = emulator.resources()[0] ?? { Identifier: "" };
    emulator.change("AWS::SQS::Queue", Identifier, (model) => ({ ...model, Tags: asList.slice(0, 1) }));
    const drift = await deploy(() => Promise.resolve(), { phase: "drift" });
    expect(changeOf(drift, "orders")).toMatchObject({ drift: "drifted", runTags: ["team"] });
    expect(driftText(drift)).toContain("tags of the run: team");
  });
});

test("a type of which only the account's registry knows gets them too", async () => {
  const facts = {
    type: "Acme::Tool::Box",
    primaryIdentifier: ["/Name"],
    tags: { path: "/Labels", shape: "map" },
    members: { properties: { Name: "string", Labels: { map: "string" } } },
  } as const;
  const { deploy, emulator } = await cloud({ facts: (type) => (type === facts.type ? facts : undefined) });
  const program = any(facts.type, { Name: "b", Labels: { own: "1" } });
  await deploy(program, { tags });
  expect(tagsOf(emulator, "Labels")).toEqual({ own: "1", ...tags });
  await deploy(program);
  expect(tagsOf(emulator, "Labels")).toEqual({ own: "1" });
});
