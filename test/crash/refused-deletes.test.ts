import { expect, onTestFinished, test } from "vitest";
import { runAll } from "../../src/app/run.ts";
import { settingsOf } from "../../src/app/options/settings.ts";
import { AWS } from "../../src/aws/namespace.ts";
import { startEmulator } from "../../src/emulator/index.ts";
import { memoryStore } from "../../src/state/memory.ts";
import { movesOf } from "../support/run.ts";
import { fakeClock } from "../support/wire/fake-clock.ts";

/** Deletes a queue and what uses it, while the queue is refused as in use so many times. */
async function destroyed(refusals: number) {
  const clock = fakeClock();
  const emulator = await startEmulator({
    operationMs: 1,
    now: () => clock.now(),
    faults: ({ api, target }) => {
      if (api !== "DeleteResource" || target !== "AWS::SQS::Queue") return undefined;
      askedAt.push(clock.now());
      if (askedAt.length > refusals) return undefined;
      return { failWith: { code: "InvalidRequest", message: "DependencyViolation: it is in use" } };
    },
  });
  onTestFinished(() => emulator.close());
  const askedAt: number[] = [];
  const options = { store: memoryStore(), endpoint: emulator.url };
  const settings = { ...settingsOf("test", options, {}), region: "us-east-1", clock };
  await runAll(settings, { phase: "deploy" }, async () => {
    const used = await AWS.SQS.Queue("used", {});
    await AWS.Logs.LogGroup("user", { LogGroupName: "/user", dependsOn: [used] });
  });
  const report = await runAll(settings, { phase: "destroy" }, () => Promise.resolve());
  return { report, emulator, pauses: askedAt.slice(1).map((at, index) => at - (askedAt[index] ?? 0)) };
}

test("a delete that is refused twice although its user is gone is tried again after a second", async () => {
  const { report, emulator, pauses } = await destroyed(2);
  expect(movesOf(report)).toEqual(["user: delete", "used: delete"]);
  expect(emulator.resources()).toEqual([]);
  const [atOnce = 0, later = 0, ...more] = pauses;
  expect(more).toEqual([]);
  expect(atOnce).toBeLessThan(1_000);
  expect(later).toBeGreaterThanOrEqual(1_000);
});

test("a delete that is refused for good is given up after three pauses, and reported once", async () => {
  const { report, emulator, pauses } = await destroyed(Infinity);
  expect(movesOf(report)).toEqual(["user: delete", "used: INVALID_REQUEST"]);
  expect(emulator.resources()).toHaveLength(1);
  const long = pauses.filter((ms) => ms >= 1_000);
  expect(long.map((ms) => Math.floor(ms / 1_000))).toEqual([1, 3, 9]);
});
