import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../../src/emulator/index.ts";
import { jsonFileStore } from "../../../src/state/index.ts";
import { type Running, scriptOf } from "../../support/crash/script.ts";

async function started(options: EmulatorOptions): Promise<Emulator> {
  const emulator = await startEmulator(options);
  onTestFinished(() => emulator.close());
  return emulator;
}

/** As long as a hand that is impatient may wait, and shorter than any connection is kept. */
const atOnceMs = 3_000;

const entriesIn = async (folder: string): Promise<readonly unknown[]> => {
  const stage = await jsonFileStore(join(folder, "state")).open("deploy", "dev");
  const entries = [...(await stage.entries())].toSorted(([a], [b]) => a.localeCompare(b));
  return entries.map(([, entry]) => entry);
};

describe("a script that is interrupted twice", () => {
  test.each(["SIGINT", "SIGTERM"] as const)(
    "by %s ends at once with its intents on disk, and the next run settles them",
    async (signal) => {
      let skippedMs = 0;
      const emulator = await started({
        operationMs: 3_600_000,
        now: () => Date.now() + skippedMs,
      });
      const queues = ["a", "b"].map((id) => `AWS.SQS.Queue("${id}", { DelaySeconds: 1 })`);
      const script = scriptOf(emulator.url, `await Promise.all([${queues.join(", ")}]);`);
      const first = script.run();
      const polls = () => emulator.calls.filter(({ api }) => api === "GetResourceRequestStatus").length;
      await Promise.race([until(() => polls() > 2), first.ended]);
      expect(polls()).toBeGreaterThan(2);
      first.child.kill(signal);
      await first.said(`${signal}: finishing what is under way`);
      const before = Date.now();
      first.child.kill(signal);
      const { by, at } = await first.ended;
      expect(by).toBe(signal);
      expect(at - before).toBeLessThan(atOnceMs);
      const cutOff = { status: "pending", intent: { move: "create", requestToken: expect.any(String) } };
      expect(await entriesIn(script.folder)).toMatchObject([cutOff, cutOff]);

      skippedMs = 3_600_000;
      const second = await script.run().ended;
      expect(second.by, second.all).toBe("0");
      expect(emulator.resources()).toHaveLength(2);
      expect(await entriesIn(script.folder)).toMatchObject([{ status: "settled" }, { status: "settled" }]);
      expect(emulator.calls.filter(({ api }) => api === "CreateResource")).toHaveLength(2);
    },
  );
});

describe("a plain script ends by itself", () => {
  /** Runs a script that says `done` on its last line; returns how long it lived on, in ms. */
  async function afterlife(emulator: Emulator, lines: string): Promise<{ ms: number; all: string }> {
    const run: Running = scriptOf(emulator.url, `${lines}\nprocess.stdout.write("done\\n");`).run();
    await run.said("done\n");
    const done = Date.now();
    const { by, at, all } = await run.ended;
    expect(by, all).toBe("0");
    return { ms: at - done, all };
  }

  test("after success", async () => {
    const emulator = await started({ operationMs: 1 });
    const { ms } = await afterlife(emulator, 'await AWS.SQS.Queue("a", {});');
    expect(ms).toBeLessThan(atOnceMs);
    expect(emulator.resources()).toHaveLength(1);
  });

  test("after a failure that it has caught", async () => {
    const emulator = await started({
      operationMs: 1,
      faults: ({ api }) => (api === "CreateResource" ? { failWith: { code: "AccessDenied" } } : undefined),
    });
    const lines = 'await AWS.SQS.Queue("a", {}).catch((error) => console.log(error.code));';
    const { ms, all } = await afterlife(emulator, lines);
    expect(all).toContain("ACCESS_DENIED");
    expect(ms).toBeLessThan(atOnceMs);
  });

  test("after it has been stopped, though the operation goes on", async () => {
    const emulator = await started({ operationMs: 3_600_000 });
    const { ms, all } = await afterlife(
      emulator,
      `const signal = AbortSignal.timeout(300);
       await app("stopped", { signal, grace: 100 });
       await AWS.SQS.Queue("a", {}).catch((error) => console.log(error.code));`,
    );
    expect(all).toContain("ABORTED");
    expect(ms).toBeLessThan(atOnceMs);
  });

  test("after a run that had much more time", async () => {
    const emulator = await started({ operationMs: 1 });
    const { ms, all } = await afterlife(
      emulator,
      `const program = () => AWS.SQS.Queue("a", {});
       const { ok } = await reconcile("timed", program, { timeout: 3_600_000, warnAfter: 3_600_000 });
       console.log("ok", ok);`,
    );
    expect(all).toContain("ok true");
    expect(ms).toBeLessThan(atOnceMs);
  });

  test("with an error that nobody has caught, naming the resource", async () => {
    const emulator = await started({ operationMs: 1 });
    const { by, all } = await scriptOf(emulator.url, 'await AWS.SQS.Queue("a", { Nonsense: 1 });').run()
      .ended;
    expect(by).toBe("1");
    expect(all).toContain('AWS::SQS::Queue "a"');
  });
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(10, undefined, { ref: false });
}
