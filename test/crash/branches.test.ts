import { expect, test } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import { cloud, movesOf } from "../support/run.ts";

test("branches of a program that go on after another has failed are in the report, and the stage is given back after them", async () => {
  const { deploy, emulator } = await cloud({
    faults: ({ api, body }) =>
      api === "CreateResource" && JSON.stringify(body).includes("bad")
        ? { failWith: { code: "InvalidRequest" } }
        : undefined,
  });
  const queues = async (): Promise<void> => {
    for (const id of ["first", "second", "third"]) await AWS.SQS.Queue(id, { QueueName: id });
  };
  const failing = () => AWS.SQS.Queue("bad", { QueueName: "bad" });

  const report = await deploy(() => Promise.all([failing(), queues()]));
  expect(movesOf(report).toSorted()).toEqual([
    "bad: INVALID_REQUEST",
    "first: create",
    "second: create",
    "third: create",
  ]);
  expect(report.ok).toBe(false);
  expect(emulator.resources()).toHaveLength(3);
  expect(await deploy(queues)).toMatchObject({ ok: true, calls: {} });
});
