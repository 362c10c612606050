import { expect, test } from "vitest";
import AWS from "../../../src/index.ts";
import { changeOf, cloud, movesOf } from "../../support/run.ts";

async function stack() {
  const here = await cloud();
  await here.deploy(async () => {
    const topic = await AWS.SNS.Topic("topic", { TopicName: "topic" });
    await AWS.SQS.Queue("guarded", { QueueName: "guarded", protect: true, dependsOn: [topic] });
    await AWS.SQS.Queue("free", { QueueName: "free", dependsOn: [topic] });
    await AWS.SQS.Queue("other", { QueueName: "other" });
  });
  return here;
}

test("a destroy that meets a protected resource deletes nothing at all", async () => {
  const here = await stack();
  const report = await here.destroy();
  expect(movesOf(report)).toEqual(["guarded: PROTECTED"]);
  expect(changeOf(report, "guarded").error?.message).toContain("--keep-protected");
  expect(report.ok).toBe(false);
  expect(here.emulator.calls.some(({ api }) => api === "DeleteResource")).toBe(false);
});

test("every protected resource is named", async () => {
  const here = await cloud();
  await here.deploy(async () => {
    for (const id of ["a", "b", "c"]) await AWS.SQS.Queue(id, { QueueName: id, protect: id !== "b" });
  });
  expect(movesOf(await here.destroy())).toEqual(["a: PROTECTED", "c: PROTECTED"]);
});

test("with keepProtected all goes but what is protected and what that needs", async () => {
  const here = await stack();
  const report = await here.destroy({ keepProtected: true });
  expect(movesOf(report).toSorted()).toEqual(["free: delete", "other: delete"]);
  expect(report.ok).toBe(true);
  expect(here.events).toContainEqual({
    name: "notice",
    message: expect.stringMatching(/kept.*topic.*guarded|kept.*guarded.*topic/) as string,
  });
  const next = await here.destroy();
  expect(movesOf(next)).toEqual(["guarded: PROTECTED"]);
});

test("what is needed by what a protected resource needs stays too", async () => {
  const here = await cloud();
  await here.deploy(async () => {
    const first = await AWS.SNS.Topic("first", { TopicName: "first" });
    const second = await AWS.SQS.Queue("second", { QueueName: "second", dependsOn: [first] });
    await AWS.SQS.Queue("third", { QueueName: "third", protect: true, dependsOn: [second] });
  });
  expect(movesOf(await here.destroy({ keepProtected: true }))).toEqual([]);
});

test("a protected resource that is no target refuses nothing", async () => {
  const here = await stack();
  const report = await here.destroy({ targets: ["other"] });
  expect(movesOf(report)).toEqual(["other: delete"]);
});
