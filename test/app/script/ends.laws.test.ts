import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { app } from "../../../src/app/app.ts";
import { startProgram } from "../../../src/app/program.ts";
import { reconcile } from "../../../src/app/reconcile.ts";
import { AWS } from "../../../src/aws/namespace.ts";
import { type Emulator, startEmulator } from "../../../src/emulator/index.ts";
import { enter, installHost } from "../../../src/scope/ambient.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import type { StateStore } from "../../../src/state/store.ts";
import type * as clocks from "../../../src/wire/clock.ts";
import { type LogicalTime, logicalTime } from "../../support/app/logical-time.ts";
import { type Branch, branchOf } from "../../support/app/branch.ts";

// What a run waits for between two looks passes at once, so that five hundred stories end within minutes; time limits
// run as long as they say.
// Tests share the modules of their worker: those loaded here go by this clock, and no others do.
vi.hoisted(() => vi.resetModules());
afterAll(() => void vi.resetModules());
vi.mock("../../../src/wire/clock.ts", async (original) => {
  const { systemClock } = await original<typeof clocks>();
  const longestJump = 4_999;
  let jumped = 0;
  const sleep: clocks.Clock["sleep"] = async (ms, signal) => {
    if (ms > longestJump) return systemClock.sleep(ms, signal);
    jumped += ms;
    await setImmediate();
    return signal?.aborted !== true;
  };
  return { systemClock: { now: () => Date.now() + jumped, sleep } };
});

const branch = branchOf(500);

/** A first version of a script and a second, which has lost some ids. */
const story = fc.record({
  branches: fc.array(branch, { minLength: 1, maxLength: 5 }),
  lost: fc.array(fc.nat({ max: 9 }), { maxLength: 3 }),
});

type Script = (
  branches: readonly Branch[],
  isLost: (id: number) => boolean,
) => (time: LogicalTime) => Promise<void>;

const body: Script = (branches, isLost) => async (time) => {
  let next = 0;
  for (const { isAwaited, pauses } of branches) {
    const ids = pauses.map(() => next++);
    const run = async (): Promise<void> => {
      for (const [i, id] of ids.entries()) {
        await time.pause(pauses[i] ?? 0);
        if (!isLost(id)) await time.during(AWS.SQS.Queue(`q${id}`, { QueueName: `q${id}` }));
      }
    };
    // What comes too late is refused, which is no matter of the script's.
    const branching = run().catch(() => undefined);
    if (isAwaited) await branching;
  }
};

/** The ids that are declared before the body's last line is reached, and all. */
function modelOf(branches: readonly Branch[], isLost: (id: number) => boolean) {
  let [now, next] = [0, 0];
  const declared: { id: number; at: number }[] = [];
  for (const { isAwaited, pauses } of branches) {
    let at = now;
    for (const pause of pauses) {
      at += pause;
      declared.push({ id: next++, at });
    }
    if (isAwaited) now = at;
  }
  const kept = declared.filter(({ id }) => !isLost(id));
  return { end: now, all: kept.map(({ id }) => id), at: kept };
}

interface Ground {
  readonly emulator: Emulator;
  readonly store: StateStore;
}

const doors: Record<string, (here: Ground, script: (time: LogicalTime) => Promise<void>) => Promise<void>> = {
  "the command line": async ({ emulator, store }, script) => {
    const time = logicalTime();
    const main = async (): Promise<void> => {
      const shop = await app("shop");
      await script(time);
      await time.during(shop.finalize());
    };
    // Nobody awaits main() at the script's top.
    await hosted({ emulator, store }, async () => void main(), time);
  },
  "a plain script with app()": async ({ emulator, store }, script) => {
    const time = logicalTime();
    const main = async (): Promise<void> => {
      const shop = await app("shop", { store, endpoint: emulator.url, quiet: true });
      await script(time);
      await time.during(shop.finalize());
    };
    await Promise.all([main(), time.drain()]);
    enter(undefined);
  },
  "reconcile()": async ({ emulator, store }, script) => {
    const time = logicalTime();
    let over: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (over = resolve));
    const program = async (): Promise<void> => {
      await script(time);
      // What follows is the run's own end, in which no pause passes.
      void time.during(ended);
    };
    const run = reconcile("shop", program, { store, endpoint: emulator.url }).finally(() => over());
    await Promise.all([run, time.drain()]);
  },
};

/** Runs a script as the command line does; its process is idle when time has nothing left to bring. */
async function hosted(
  { emulator, store }: Ground,
  main: () => Promise<unknown>,
  time: LogicalTime,
): Promise<void> {
  let rest: () => void = () => undefined;
  const idle = new Promise<void>((resolve) => (rest = resolve));
  const { ended } = startProgram({ name: "deploy", start: main, idle }, { store, endpoint: emulator.url });
  try {
    await time.drain();
    rest();
    await ended;
  } finally {
    installHost(undefined);
  }
}

afterEach(() => {
  installHost(undefined);
  enter(undefined);
});

const runs = Number(process.env["AWAIT_AWS_ENDS"] ?? 12);

async function worldOf({ emulator, store }: Ground, name = "shop"): Promise<object> {
  const entries = await (await store.open(name, "dev")).entries();
  const named = emulator.resources().map(({ Identifier }) => Identifier.split("/").at(-1) ?? "");
  return { resources: named.toSorted(), recorded: [...entries.keys()].toSorted() };
}

const exactly = (ids: readonly number[]): object => {
  const names = ids.map((id) => `q${id}`).toSorted();
  return { resources: names, recorded: names };
};

async function ground(): Promise<Ground> {
  return { emulator: await startEmulator({ operationMs: 1 }), store: memoryStore() };
}

describe("a script of awaited and unawaited branches", () => {
  test(
    "that enters an app ends in the same world by every door: what is declared before its last line is there",
    async () => {
      await fc.assert(
        fc.asyncProperty(story, async ({ branches, lost }) => {
          const isLost = (id: number): boolean => lost.includes(id);
          const second = modelOf(branches, isLost);
          // At one instant either may come first.
          fc.pre(second.at.every(({ at }) => at !== second.end || second.end === 0));
          const worlds: Record<string, object> = {};
          for (const [name, door] of Object.entries(doors)) {
            const here = await ground();
            try {
              await door(
                here,
                body(branches, () => false),
              );
              await door(here, body(branches, isLost));
              worlds[name] = await worldOf(here);
            } finally {
              await here.emulator.close();
            }
          }
          const [first] = Object.values(worlds);
          for (const world of Object.values(worlds)) expect(world).toEqual(first);
        }),
        { numRuns: runs },
      );
    },
    60_000 + runs * 5_000,
  );

  test(
    "that enters none ends on the command line when nothing is left to do: all that it declares is there, and no more",
    async () => {
      await fc.assert(
        fc.asyncProperty(story, async ({ branches, lost }) => {
          const isLost = (id: number): boolean => lost.includes(id);
          const here = await ground();
          try {
            for (const gone of [() => false, isLost]) {
              const time = logicalTime();
              await hosted(here, async () => void body(branches, gone)(time), time);
              expect(await worldOf(here, "deploy")).toEqual(exactly(modelOf(branches, gone).all));
            }
          } finally {
            await here.emulator.close();
          }
        }),
        { numRuns: runs },
      );
    },
    60_000 + runs * 5_000,
  );
});
