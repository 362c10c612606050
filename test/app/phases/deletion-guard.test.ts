import { describe, expect, test } from "vitest";
import type { Change } from "../../../src/events.ts";
import AWS from "../../../src/index.ts";
import { changeOf, cloud, movesOf } from "../../support/run.ts";

type Declare = (id: string) => Promise<unknown>;

const keySchema = {
  AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
  KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
  BillingMode: "PAY_PER_REQUEST",
};

const holders: [string, Declare][] = [
  ["table", (id) => AWS.DynamoDB.Table(id, { TableName: "users", ...keySchema })],
  ["bucket", (id) => AWS.S3.Bucket(id, { BucketName: "my-own-bucket" })],
  ["key", (id) => AWS.KMS.Key(id, { KeyPolicy: { Version: "2012-10-17", Statement: [] } })],
  ["file system", (id) => AWS.EFS.FileSystem(id, {})],
  ["log group", (id) => AWS.Logs.LogGroup(id, { LogGroupName: "/kept" })],
  [
    "database",
    (id) =>
      AWS.RDS.DBInstance(id, {
        DBInstanceIdentifier: "main",
        Engine: "postgres",
        DBInstanceClass: "db.t3.micro",
        AllocatedStorage: "20",
      }),
  ],
];

const queue: Declare = (id) => AWS.SQS.Queue(id, { QueueName: id });
const nothing = (): Promise<void> => Promise.resolve();

describe("a resource whose line was taken out of the script", () => {
  test.each(holders)(
    "is not deleted unasked when it holds data (%s), and the rest goes on",
    async (_, declare) => {
      const here = await cloud();
      await here.deploy(async () => {
        await declare("held");
        await queue("q");
      });
      const report = await here.deploy(nothing);
      expect(movesOf(report).toSorted()).toEqual(["held: DELETE_REFUSED", "q: delete"]);
      expect(report.ok).toBe(false);
      expect(changeOf(report, "held").error?.message).toContain("allowDelete");
      expect(here.emulator.calls.filter(({ api }) => api === "DeleteResource")).toHaveLength(1);
      const again = await here.deploy(() => declare("held"));
      expect(movesOf(again)).toEqual(["held: nothing"]);
      const allowed = await here.deploy(nothing, { allowDelete: true });
      expect(movesOf(allowed)).toEqual(["held: delete"]);
      expect(changeOf(allowed, "held").holdsData).toBe(true);
    },
  );

  test("is marked in a plan, which says what a deploy would do", async () => {
    const here = await cloud();
    await here.deploy(() => holders[0]?.[1]("held") ?? nothing());
    const refused = await here.deploy(nothing, { phase: "plan" });
    expect(changeOf(refused, "held")).toMatchObject({
      move: "delete",
      holdsData: true,
      error: { code: "DELETE_REFUSED" },
    });
    const allowed = await here.deploy(nothing, { phase: "plan", allowDelete: true });
    expect(changeOf(allowed, "held")).toMatchObject({ move: "delete", holdsData: true });
    expect(allowed.ok).toBe(true);
  });

  test.each([true, false])(
    "is asked about once, all together, and the answer (%s) counts",
    async (answer) => {
      const here = await cloud();
      await here.deploy(async () => {
        for (const [name, declare] of holders.slice(0, 3)) await declare(name);
        await queue("q");
      });
      const asked: (readonly Change[])[] = [];
      const report = await here.deploy(nothing, {
        allowDelete: (losses) => {
          asked.push(losses);
          return Promise.resolve(answer);
        },
      });
      expect(asked.map((losses) => losses.map(({ id }) => id).toSorted())).toEqual([
        ["bucket", "key", "table"],
      ]);
      const moves = ["bucket", "key", "table"].map((id) => `${id}: ${answer ? "delete" : "DELETE_REFUSED"}`);
      expect(movesOf(report).toSorted()).toEqual([...moves, "q: delete"].toSorted());
    },
  );

  test("is not asked about where it is retained, protected or declared", async () => {
    const here = await cloud();
    const bucket = (id: string, options: object) => AWS.S3.Bucket(id, { BucketName: id, ...options });
    await here.deploy(async () => {
      await bucket("retained", { retain: true });
      await bucket("protected", { protect: true });
      await bucket("declared", {});
    });
    let isAsked = false;
    const report = await here.deploy(() => bucket("declared", {}), {
      allowDelete: () => (isAsked = true),
    });
    expect(isAsked).toBe(false);
    expect(movesOf(report).toSorted()).toEqual([
      "declared: nothing",
      "protected: PROTECTED",
      "retained: forget",
    ]);
  });

  test("keeps what it needs", async () => {
    const here = await cloud();
    await here.deploy(async () => {
      const topic = await AWS.SNS.Topic("alerts", { TopicName: "alerts" });
      await AWS.S3.Bucket("held", { BucketName: "my-own-bucket", dependsOn: [topic] });
    });
    const report = await here.deploy(nothing);
    expect(movesOf(report)).toEqual(["held: DELETE_REFUSED"]);
  });

  test("goes where a replacement of it was permitted", async () => {
    const here = await cloud();
    await here.deploy(() => AWS.S3.Bucket("b", { BucketName: "first-bucket" }));
    const report = await here.deploy(() =>
      AWS.S3.Bucket("b", { BucketName: "second-bucket", allowReplace: true }),
    );
    expect(movesOf(report)).toEqual(["b: replace"]);
    expect(here.emulator.calls.filter(({ api }) => api === "DeleteResource")).toHaveLength(1);
  });

  test("goes with all others where everything is destroyed", async () => {
    const here = await cloud();
    await here.deploy(() => AWS.S3.Bucket("b", { BucketName: "first-bucket" }));
    expect(movesOf(await here.destroy())).toEqual(["b: delete"]);
  });
});
