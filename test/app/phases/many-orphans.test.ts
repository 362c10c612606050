import { describe, expect, test } from "vitest";
import { reconcile } from "../../../src/app/reconcile.ts";
import type { Entry } from "../../../src/entry.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import type { StateStore } from "../../../src/state/store.ts";

/** How often the homes of entries have been looked at: whoever holds entries against each other does so. */
interface Count {
  looks: number;
}

/** A store in which each of so many queues uses the one before it. */
function orphans(size: number, count: Count): StateStore {
  const home = { region: "us-east-1", partition: "aws" };
  const entries = Array.from({ length: size }, (_, i): Entry => {
    const identifier = `https://sqs.us-east-1.amazonaws.com/123456789012/q${i}`;
    return {
      version: 1,
      id: `q${i}`,
      type: "AWS::SQS::Queue",
      get home() {
        count.looks += 1;
        return home;
      },
      identifier,
      status: "settled",
      desired: { QueueName: `q${i}` },
      digests: {},
      live: { QueueName: `q${i}`, QueueUrl: identifier },
      dependencies: i === 0 ? [] : [`q${i - 1}`],
      updatedAt: "2026-01-01T00:00:00.000Z",
    };
  });
  const store = memoryStore();
  const all = new Map(entries.map((entry) => [entry.id, entry]));
  return {
    ...store,
    open: async (app, stage) => ({ ...(await store.open(app, stage)), entries: () => Promise.resolve(all) }),
  };
}

describe("a plan with many orphans", () => {
  const looksOf = async (size: number, destroys = false): Promise<number> => {
    const count = { looks: 0 };
    const options = { endpoint: "http://127.0.0.1:9", region: "us-east-1", phase: "plan", destroys } as const;
    const store = orphans(size, count);
    const report = await reconcile("many", () => Promise.resolve(), { ...options, store });
    expect([report.ok, report.changes.length]).toEqual([true, size]);
    return count.looks;
  };

  test.each([false, true])(
    "looks at each of them a few times, however many there are (destroys: %s)",
    async (destroys) => {
      for (const size of [100, 1_000, 3_000])
        expect(await looksOf(size, destroys)).toBeLessThanOrEqual(4 * size);
    },
  );

  test("comes to its end with thirty thousand, all in one chain", async () => {
    await looksOf(30_000);
  });
});
