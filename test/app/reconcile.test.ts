import { describe, expect, test, vi } from "vitest";
import { app } from "../../src/app/app.ts";
import { reconcile } from "../../src/app/reconcile.ts";
import { AWS } from "../../src/aws/namespace.ts";
import { ResourceError } from "../../src/errors.ts";
import { memoryStore } from "../../src/state/memory.ts";
import type { StateStore } from "../../src/state/store.ts";
import { cloud, movesOf } from "../support/run.ts";

const queue = (name: string, more: object = {}) => AWS.SQS.Queue(name, { QueueName: name, ...more });
const broken = (name: string) => queue(name, { Nonsense: true } as never);

describe("what a program throws", () => {
  test("is in the report alone when calls threw it, one by one or gathered", async () => {
    const { deploy } = await cloud();
    const programs = [
      () => broken("a"),
      () => Promise.all([broken("a"), queue("b")]),
      () => Promise.any([broken("a"), broken("b")]),
      async () => {
        const outcomes = await Promise.allSettled([broken("a"), broken("b")]);
        throw new AggregateError(
          outcomes.map((one) => (one.status === "rejected" ? (one.reason as unknown) : 0)),
        );
      },
    ];
    for (const program of programs) expect((await deploy(program)).ok).toBe(false);
  });

  test("rejects when it is the program's own, also beside failures of calls, or worded like one", async () => {
    const { deploy } = await cloud();
    const own = new Error("own");
    await expect(
      deploy(async () => {
        throw new AggregateError([await broken("a").catch((error: unknown) => error), own]);
      }),
    ).rejects.toThrow(AggregateError);
    await expect(deploy(() => Promise.reject(new AggregateError([])))).rejects.toThrow(AggregateError);
    await expect(
      deploy(() =>
        broken("a").catch((error: Error) => {
          throw new Error(error.message);
        }),
      ),
    ).rejects.not.toThrow(ResourceError);
    await expect(deploy(() => Promise.reject(own))).rejects.toBe(own);
  });

  test("rejects when a read finds nothing, for no call reports it", async () => {
    const { deploy } = await cloud();
    await expect(deploy(() => AWS.SQS.Queue.get("https://sqs/none"))).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});

describe("a listener", () => {
  test("that throws, at once or later, stops nothing", async () => {
    const warned = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
    const { deploy } = await cloud();
    const listeners = [
      () => {
        throw new Error("mine");
      },
      () => Promise.reject(new Error("mine")),
    ];
    for (const [i, onEvent] of listeners.entries()) {
      expect(await deploy(() => queue(`jobs-${i}`), { onEvent })).toMatchObject({
        calls: { CreateResource: 1 },
      });
    }
    await new Promise(setImmediate);
    expect(warned).toHaveBeenCalledTimes(2);
    warned.mockRestore();
  });
});

describe("the lock", () => {
  /** A store that tells how often its stage is locked and given back, and fails where told. */
  function watched(
    store: StateStore,
    failing?: "entries" | "key" | "put",
  ): { store: StateStore; held: () => number } {
    let held = 0;
    const fail = () => Promise.reject(new ResourceError("STATE_UNREADABLE", "the disk is gone"));
    return {
      held: () => held,
      store: {
        unlock: (name, stage) => store.unlock(name, stage),
        stages: () => store.stages(),
        open: async (name, stage) => {
          const state = await store.open(name, stage);
          return {
            ...state,
            ...(failing && { [failing]: fail }),
            lock: async () => {
              const lock = await state.lock();
              held += 1;
              return { ...lock, release: () => lock.release().finally(() => (held -= 1)) };
            },
          };
        },
      },
    };
  }

  test("is given back on every path", async () => {
    const paths = [
      { failing: undefined, program: () => queue("jobs") },
      { failing: undefined, program: () => broken("jobs") },
      { failing: undefined, program: () => Promise.reject(new Error("own")) },
      {
        failing: undefined,
        program: () => {
          throw new Error("own");
        },
      },
      { failing: "entries", program: () => queue("jobs") },
      { failing: "key", program: () => queue("jobs") },
      { failing: "put", program: () => queue("jobs") },
    ] as const;
    await Promise.all(
      paths.map(async ({ failing, program }) => {
        const { store, held } = watched(memoryStore(), failing);
        const { deploy, emulator } = await cloud({}, store);
        const outcome = await deploy(program).catch((error: unknown) => error);
        expect(outcome).toBeDefined();
        expect(held()).toBe(0);
        if (failing) expect(emulator.calls).toEqual([]);
      }),
    );
  });

  test("is held by one run at a time: the other is told so and does nothing", async () => {
    const { deploy, emulator } = await cloud({ operationMs: 20 });
    const both = await Promise.allSettled([deploy(() => queue("a")), deploy(() => queue("b"))]);
    expect(both.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    expect(both[1]).toMatchObject({ reason: { code: "LOCKED" } });
    expect(emulator.resources()).toHaveLength(1);
  });
});

describe("inside another run", () => {
  test("app() and its finalize join, and leave what is left over to that run", async () => {
    const { deploy, emulator } = await cloud();
    await deploy(() => queue("old"));
    const report = await deploy(async () => {
      const inner = await app("other", { stage: "dev" });
      expect(inner).toMatchObject({ name: "test", stage: "dev" });
      await inner.finalize();
      await app.finalize();
      expect(emulator.resources()).toHaveLength(1);
      await queue("new");
    });
    expect(movesOf(report)).toEqual(["new: create", "old: delete"]);
  });

  test("reconcile() joins: one stage, one report for each, nothing deleted before the end", async () => {
    const { deploy, emulator } = await cloud();
    await deploy(() => queue("old"));
    const report = await deploy(async () => {
      await queue("outer");
      const inner = await reconcile("other", () => Promise.all([queue("inner"), broken("bad")]));
      expect(inner).toMatchObject({ app: "test", stage: "dev", ok: false, calls: { CreateResource: 1 } });
      expect(movesOf(inner).toSorted()).toEqual(["bad: VALIDATION", "inner: create"]);
    });
    expect(report).toMatchObject({ ok: false, calls: { CreateResource: 2 } });
    expect(emulator.resources()).toHaveLength(3);
  });

  test.each([
    ["app()", () => app("other", { stage: "prod" })],
    ["app() of the same name", () => app("test", { stage: "prod" })],
    ["reconcile()", () => reconcile("other", () => queue("jobs"), { stage: "prod" })],
    ["a plan by reconcile()", () => reconcile("test", () => queue("jobs"), { stage: "", phase: "plan" })],
  ])("another stage that %s states is refused before the first call", async (_, inner) => {
    const { deploy, emulator } = await cloud();
    await expect(deploy(() => inner().then(() => queue("jobs")))).rejects.toThrow(/states the stage/);
    await expect(deploy(() => inner(), { stage: "test" })).rejects.toThrow(TypeError);
    expect(emulator.calls).toEqual([]);
  });

  test("a destroy is refused, not taken for a deploy", async () => {
    const { deploy } = await cloud();
    const program = () => reconcile("other", () => queue("jobs"), { phase: "destroy" });
    await expect(deploy(program)).rejects.toThrow(/destroy cannot join/);
  });
});

describe("a run that is stopped", () => {
  test("settles what is under way, starts nothing new and deletes nothing", async () => {
    const { deploy, emulator } = await cloud({ operationMs: 20 });
    await deploy(() => queue("old"));
    const stop = new AbortController();
    const report = await deploy(
      async () => {
        await queue("first");
        await queue("second");
      },
      // Once AWS has taken the first on.
      { signal: stop.signal, onEvent: ({ name }) => void (name === "progress" && stop.abort()) },
    );
    expect(movesOf(report)).toEqual(["first: create", "second: ABORTED"]);
    expect(emulator.resources()).toHaveLength(2);
    const next = await deploy(() => Promise.all([queue("first"), queue("second")]));
    expect(movesOf(next)).toEqual(["first: nothing", "second: create", "old: delete"]);
  });

  test("deletes and forgets nothing when its program ends early for it, and says so", async () => {
    const { deploy, store, events } = await cloud();
    await deploy(() => Promise.all([queue("a"), queue("b"), queue("kept", { retain: true })]));
    const stop = new AbortController();
    const early = async (): Promise<void> => {
      await queue("a");
      stop.abort();
    };
    const report = await deploy(early, { signal: stop.signal });
    expect(movesOf(report)).toEqual(["a: nothing"]);
    expect((await (await store.open("test", "dev")).entries()).size).toBe(3);
    expect(events).toContainEqual({
      name: "notice",
      message: "nothing was deleted, because the run was stopped",
    });
  });

  test("while it deletes goes on to forget nothing", async () => {
    const { deploy, store } = await cloud();
    await deploy(async () => {
      const { QueueUrl } = await queue("kept", { retain: true });
      await AWS.SQS.QueuePolicy("policy", { Queues: [QueueUrl], PolicyDocument: { Statement: [] } });
    });
    const stop = new AbortController();
    const report = await deploy(() => Promise.resolve(), {
      signal: stop.signal,
      onEvent: ({ name }) => name === "done" && stop.abort(),
    });
    expect(movesOf(report)).toEqual(["policy: delete", "kept: ABORTED"]);
    expect((await (await store.open("test", "dev")).entries()).size).toBe(1);
  });

  test.each(["run", "call"])("with the signal of the %s does not try again what failed", async (whose) => {
    const { deploy, emulator } = await cloud({
      faults: ({ api }) => (api === "CreateResource" ? { failWith: { code: "Throttling" } } : undefined),
    });
    const stop = new AbortController();
    const { signal } = stop;
    const report = await deploy(() => queue("jobs", whose === "call" ? { signal } : {}), {
      onEvent: ({ name }) => name === "progress" && stop.abort(),
      ...(whose === "run" && { signal }),
    });
    expect(movesOf(report)).toEqual(["jobs: THROTTLED"]);
    expect(emulator.calls.filter(({ api }) => api === "CreateResource")).toHaveLength(1);
  });

  test("by a call's own signal leaves the other calls alone", async () => {
    const { deploy } = await cloud();
    const report = await deploy(() =>
      Promise.allSettled([queue("stopped", { signal: AbortSignal.abort() }), queue("other")]),
    );
    expect(movesOf(report)).toEqual(["stopped: ABORTED", "other: create"]);
  });

  test("a timeout ends the wait, and the next run settles what went on", async () => {
    const { deploy, emulator } = await cloud({ operationMs: 120 });
    expect(movesOf(await deploy(() => queue("jobs", { timeout: 10 })))).toEqual(["jobs: TIMEOUT"]);
    expect(movesOf(await deploy(() => queue("jobs")))).toEqual(["jobs: nothing"]);
    expect(emulator.resources()).toHaveLength(1);
  });
});
