import { describe, expect, test } from "vitest";
import { queuesOf, readMany } from "../support/sql/many.ts";

const models = queuesOf(10_000);

describe("a stream of ten thousand rows", () => {
  test.each([
    "SELECT queue_name, delay_seconds FROM aws.sqs.queues",
    "SELECT upper(queue_name) FROM aws.sqs.queues WHERE region IN ('us-east-1') AND delay_seconds >= 0",
  ])("never holds more than a page: %s", async (text) => {
    let [handedOut, yielded, pages] = [0, 0, 0];
    const reading = await readMany(text, models, { isStreamed: true, onItem: () => (handedOut += 1) });
    for await (const rows of reading.pages()) {
      expect(rows.length).toBeLessThanOrEqual(500);
      // What has been handed out and not been yielded is all that anybody holds.
      expect(handedOut - yielded).toBeLessThanOrEqual(500);
      yielded += rows.length;
      pages += 1;
    }
    await reading.close();
    expect([yielded, handedOut]).toEqual([10_000, 10_000]);
    expect(pages).toBeGreaterThanOrEqual(20);
  });

  test("that has to be sorted is the same rows, sorted", async () => {
    const reading = await readMany("SELECT queue_name n FROM aws.sqs.queues ORDER BY queue_name", models, {
      isStreamed: true,
    });
    const names: unknown[] = [];
    for await (const rows of reading.pages()) names.push(...rows.map(({ n }) => n));
    await reading.close();
    expect(names).toEqual(models.map(({ QueueName }) => String(QueueName)).toSorted());
  });
});

test("ten thousand rows are compared with ten thousand by an index, not each with each", async () => {
  const text = "SELECT count(*) n FROM aws.sqs.queues a JOIN aws.sqs.queues b ON a.queue_name = b.queue_name";
  const reading = await readMany(text, models);
  expect((await reading.settle()).rows).toEqual([{ n: 10_000 }]);
  await reading.close();
});
