import { expect, test } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import { isResourceError } from "../../src/errors.ts";
import { memoryStore } from "../../src/state/memory.ts";
import { cloud } from "../run.ts";

const queues = (count: number) => (): Promise<unknown> =>
  Promise.all(
    Array.from({ length: count }, (_, i) =>
      AWS.SQS.Queue(`jobs-${i}`, { QueueName: `jobs-${i}`, DelaySeconds: i % 900 }),
    ),
  );

test("an unchanged run of 1,000 resources takes well under a second and no call", async () => {
  const store = memoryStore();
  const { deploy } = await cloud({}, store);
  await deploy(queues(1));
  const state = await store.open("test", "dev");
  const first = (await state.entries()).get("jobs-0");
  if (!first || isResourceError(first)) throw new Error("nothing was recorded");
  // As a deploy of all would have left them, without its thousands of requests.
  const entry = JSON.stringify(first);
  for (let i = 1; i < 1_000; i += 1) {
    const copy = JSON.parse(entry.replaceAll("jobs-0", `jobs-${i}`)) as typeof first;
    await state.put({ ...copy, desired: { ...copy.desired, DelaySeconds: i % 900 } });
  }
  const report = await deploy(queues(1_000));
  expect(report).toMatchObject({ ok: true, calls: {} });
  expect(report.changes).toHaveLength(1_000);
  expect(report.durationMs).toBeLessThan(1_500);
});
