import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { app } from "../../../src/app/app.ts";
import { AWS } from "../../../src/aws/namespace.ts";
import { enter } from "../../../src/scope/ambient.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import type { StateStore } from "../../../src/state/store.ts";
import { cloud, movesOf } from "../../support/run.ts";

const queue = (name: string, more: object = {}) => AWS.SQS.Queue(name, { QueueName: name, ...more });

/** A store whose locks are given back over a network, say. */
function slowToRelease(store: StateStore, ms: number): StateStore {
  return {
    ...store,
    open: async (name, stage) => {
      const state = await store.open(name, stage);
      return {
        ...state,
        lock: async () => {
          const lock = await state.lock();
          return { ...lock, release: () => sleep(ms).then(() => lock.release()) };
        },
      };
    },
  };
}

afterEach(() => enter(undefined));

describe("a stage that takes a while to be given back", () => {
  test("is taken again by the script's next call once it is free", async () => {
    const { emulator } = await cloud();
    await app("shop", { store: slowToRelease(memoryStore(), 40), endpoint: emulator.url, quiet: true });
    await queue("a");
    await sleep(10);
    await queue("b");
    expect(emulator.resources()).toHaveLength(2);
  });

  test("is free for the next app once this one has been finalized", async () => {
    const { emulator } = await cloud();
    const options = { store: slowToRelease(memoryStore(), 40), endpoint: emulator.url, quiet: true };
    const first = await app("shop", options);
    await queue("a");
    await sleep(10);
    await first.finalize();
    await app("shop", options);
    await queue("a");
    expect(emulator.resources()).toHaveLength(1);
  });
});

describe("a call made after its run has ended", () => {
  test("is refused, and leaves the cloud and the stage alone", async () => {
    const { deploy, emulator } = await cloud();
    let late: Promise<unknown> = Promise.resolve();
    await deploy(async () => {
      await queue("jobs");
      setTimeout(() => (late = queue("late").catch((error: unknown) => error)), 20);
    });
    const before = emulator.calls.length;
    await sleep(40);
    expect(await late).toMatchObject({
      code: "ABORTED",
      message: expect.stringContaining("the run has ended"),
    });
    expect(emulator.calls).toHaveLength(before);
    expect(movesOf(await deploy(() => queue("jobs")))).toEqual(["jobs: nothing"]);
  });

  test("or while it was ending gives the stage back when it is done", async () => {
    const { deploy, emulator } = await cloud({ operationMs: 60 });
    await deploy(() => queue("old"));
    let late: Promise<unknown> = Promise.resolve();
    await deploy(async () => {
      setTimeout(() => (late = queue("late")), 50);
    });
    await late;
    await new Promise(setImmediate);
    expect(movesOf(await deploy(() => queue("late")))).toEqual(["late: nothing"]);
    expect(emulator.resources()).toHaveLength(1);
  });
});
