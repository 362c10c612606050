import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { jsonFileStore } from "../../../src/state/json-file.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import { type SimulatedRun, createSimulated } from "../../support/app/simulated-run.ts";

beforeAll(() => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "x");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "x");
});

const limited = { operationMs: 3_000, callsPerSecond: 25 };
const count = 40;

const sumOf = ({ calls, throttled }: SimulatedRun): number =>
  Object.values(calls).reduce((sum, n) => sum + n, 0) - throttled;

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "await-aws-learned-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

describe("a run at 25 calls a second", () => {
  test("ends within 1.2 of the floor, none failed, and the next one is hardly throttled", async () => {
    const [first, second] = await createSimulated({
      count,
      runs: 2,
      emulator: limited,
      run: { store: memoryStore() },
    });
    for (const run of [first, second]) {
      expect(run?.report.ok).toBe(true);
      // Three calls a resource, the first 25 of them at once, and the last operation.
      expect(run?.seconds).toBeLessThanOrEqual(1.2 * ((3 * count - 25) / 25 + 3) + 1);
      expect(run && sumOf(run)).toBeLessThanOrEqual(3.6 * count);
    }
    expect(second?.throttled).toBeLessThan((first?.throttled ?? 0) / 4);
  });
});

describe("what a run has learned", () => {
  test("is kept in one small file of the store, and read from it", async () => {
    const path = folder();
    const runs = (): ReturnType<typeof createSimulated> =>
      createSimulated({ count, emulator: limited, run: { store: jsonFileStore(path) } });
    const [first] = await runs();
    const text = readFileSync(join(path, ".learned.json"), "utf8");
    expect(JSON.parse(text)).toMatchObject({ version: 1 });
    expect(text).toContain("CREATE AWS::SQS::Queue");
    expect(text.length).toBeLessThan(2_000);
    expect(first?.report.ok).toBe(true);
  });

  test("is not written where nothing was", async () => {
    const path = folder();
    const [run] = await createSimulated({
      count: 3,
      emulator: { operationMs: 50 },
      run: { store: jsonFileStore(path) },
    });
    expect(run?.report.ok).toBe(true);
    expect(readdirSync(path)).not.toContain(".learned.json");
  });

  test.each([
    ["is no JSON", "{"],
    ["is of another version", '{"version":2,"places":[]}'],
    ["is something else", '{"version":1,"places":{"us-east-1":{"rates":7,"durations":[[[]]]}}}'],
  ])("fails no run where it %s", async (_, text) => {
    const path = folder();
    writeFileSync(join(path, ".learned.json"), text);
    const [run] = await createSimulated({
      count: 2,
      emulator: { operationMs: 3_000 },
      run: { store: jsonFileStore(path) },
    });
    expect(run?.report.ok).toBe(true);
  });

  test("is not missed by a store that keeps none, and fails nothing where it cannot be kept", async () => {
    const { learned: _, ...without } = memoryStore();
    const broken = {
      ...memoryStore(),
      learned: {
        read: () => Promise.reject(new Error("unreadable")),
        write: () => {
          throw new Error("unwritable");
        },
      },
    };
    for (const store of [without, broken]) {
      const [run] = await createSimulated({ count: 2, emulator: { operationMs: 3_000 }, run: { store } });
      expect(run?.report.ok).toBe(true);
    }
  });
});
