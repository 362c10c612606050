import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { startEmulator } from "../../src/emulator/index.ts";
import { AWS } from "../../src/index.ts";
import { cloud, movesOf } from "../support/run.ts";
import { openDesk } from "../support/emulator/desk.ts";

const signedFor = (key: string, region: string): { authorization: string } => ({
  authorization: `AWS4-HMAC-SHA256 Credential=${key}/20270101/${region}/cloudcontrolapi/aws4_request, SignedHeaders=host, Signature=0`,
});

const Named = "AWS::Demo::Named";

describe("by the scope of its signature a request sees", () => {
  test.each([
    ["its own region", signedFor("AKIA", "eu-west-1"), 1],
    ["not another region", signedFor("AKIA", "eu-west-3"), 0],
    ["not the region of unscoped requests", { authorization: "AWS4-HMAC-SHA256 Credential=test" }, 0],
    ["not another account", signedFor("111122223333", "eu-west-1"), 0],
    ["its own account under another key of it", signedFor("ASIA", "eu-west-1"), 1],
    ["its own account by its number", signedFor("123456789012", "eu-west-1"), 1],
  ])("%s", async (_, headers, many) => {
    const { send, emulator } = await openDesk();
    emulator.at({ region: "eu-west-1" }).put(Named, { Name: "a" });
    const { body } = await send("ListResources", { TypeName: Named }, headers);
    expect(body.ResourceDescriptions).toHaveLength(many);
    const get = await send("GetResource", { TypeName: Named, Identifier: "a" }, headers);
    expect(get.status).toBe(many === 1 ? 200 : 400);
  });

  test("only the requests that were made there", async () => {
    const { send } = await openDesk();
    const create = { TypeName: Named, DesiredState: '{"Name":"a"}' };
    const { body } = await send("CreateResource", create, signedFor("A", "eu-west-1"));
    const ask = { RequestToken: body.ProgressEvent.RequestToken };
    expect((await send("GetResourceRequestStatus", ask, signedFor("A", "us-west-2"))).status).toBe(400);
    expect((await send("GetResourceRequestStatus", ask, signedFor("A", "eu-west-1"))).status).toBe(200);
  });

  test("who it is, and where names are made", async () => {
    const emulator = await startEmulator({ operationMs: 0 });
    onTestFinished(() => emulator.close());
    const headers = {
      "content-type": "application/x-www-form-urlencoded",
      ...signedFor("111122223333", "eu-west-1"),
    };
    const response = await fetch(emulator.url, {
      method: "POST",
      headers,
      body: "Action=GetCallerIdentity&Version=2011-06-15",
    });
    expect(await response.text()).toContain("<Account>111122223333</Account>");
    const there = emulator.at({ account: "111122223333", region: "eu-west-1" });
    const { Properties } = there.put("AWS::SQS::Queue", { QueueName: "q" });
    expect(Properties["Arn"]).toBe("arn:aws:sqs:eu-west-1:111122223333:q");
  });

  test("what belongs to the account as a whole from every region, and from no other account", async () => {
    const emulator = await startEmulator();
    onTestFinished(() => emulator.close());
    emulator.at({ region: "eu-west-1" }).put("AWS::IAM::Group", { GroupName: "g" });
    const seenIn = (realm: object): number =>
      emulator
        .at(realm)
        .resources()
        .filter(({ TypeName }) => TypeName === "AWS::IAM::Group").length;
    expect([seenIn({}), seenIn({ region: "us-west-2" }), seenIn({ account: "111122223333" })]).toEqual([
      1, 1, 0,
    ]);
  });
});

test("a script deploys into two regions and two accounts side by side", async () => {
  const { deploy, emulator } = await cloud();
  const both = async (): Promise<void> => {
    await AWS.SQS.Queue("here", { QueueName: "q" });
    await AWS.SQS.Queue("there", { QueueName: "q", region: "eu-west-1" });
  };
  expect(movesOf(await deploy(both))).toEqual(["here: create", "there: create"]);
  expect(emulator.at({}).resources()).toHaveLength(1);
  expect(emulator.at({ region: "eu-west-1" }).resources()).toHaveLength(1);
  expect(emulator.calls.map(({ region }) => region)).toContain("eu-west-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "111122223333");
  const { emulator: other, deploy: elsewhere } = await cloud();
  await elsewhere(() => AWS.SQS.Queue("here", { QueueName: "q" }));
  vi.unstubAllEnvs();
  expect(other.at({}).resources()).toEqual([]);
  expect(other.at({ account: "111122223333" }).resources()).toHaveLength(1);
});

test("every region is kept in a data file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "await-aws-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const data = join(folder, "cloud.json");
  const first = await startEmulator({ data });
  first.put("AWS::SQS::Queue", { QueueName: "a" });
  first.at({ region: "eu-west-1" }).put("AWS::SQS::Queue", { QueueName: "b" });
  await first.close();
  const second = await startEmulator({ data });
  onTestFinished(() => second.close());
  expect(
    second
      .at({})
      .resources()
      .map(({ Properties }) => Properties["QueueName"]),
  ).toEqual(["a"]);
  expect(
    second
      .at({ region: "eu-west-1" })
      .resources()
      .map(({ Properties }) => Properties["QueueName"]),
  ).toEqual(["b"]);
});
