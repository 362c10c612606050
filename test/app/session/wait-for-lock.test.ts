import { hostname } from "node:os";
import { afterEach, describe, expect, test, vi } from "vitest";
import { lockWithin } from "../../../src/app/session/wait-for-lock.ts";
import { AWS } from "../../../src/aws/namespace.ts";
import { ResourceError } from "../../../src/errors.ts";
import type { Holder } from "../../../src/author.ts";
import type { Event } from "../../../src/events.ts";
import { jsonFileStore, memoryStore } from "../../../src/state/index.ts";
import type { SeenHolder, StateStore } from "../../../src/state/store.ts";
import { temporaryFolder } from "../../support/registry/temporary-folder.ts";
import { cloud, movesOf } from "../../support/run.ts";
import { since } from "../../support/state/left-lock.ts";

const queue = (): Promise<unknown> => AWS.SQS.Queue("jobs", { QueueName: "jobs" });

const noticesIn = (events: readonly Event[]) => events.filter((event) => event.name === "notice");

/** Time that passes where somebody sleeps, and nowhere else. */
function passingClock(atMs: (ms: number) => void = () => undefined) {
  let now = 0;
  return {
    now: () => now,
    sleep: async (ms: number, signal?: AbortSignal) => {
      now += ms;
      atMs(now);
      return signal?.aborted !== true;
    },
  };
}

const seen = (who: Partial<Holder> = {}): SeenHolder => ({
  host: "far.example",
  pid: 7,
  since,
  ...who,
  life: "alive",
  stillMs: 0,
  termMs: 30_000,
});

const lock = { takenOver: undefined, release: () => Promise.resolve() };
const lockedError = () => new ResourceError("LOCKED", "locked by somebody", { advice: "Wait." });

/** A stage that is another's until the clock says so, asked so many times. */
function stageFreeAt(freeAt: number, clock: { now: () => number }, holder?: () => SeenHolder | undefined) {
  let asked = 0;
  return {
    asked: () => asked,
    lock: async () => {
      asked += 1;
      if (clock.now() < freeAt) throw lockedError();
      return lock;
    },
    ...(holder && { holder: async () => holder() }),
  };
}

describe("a stage that is another's", () => {
  test("is had as soon as it is free", async () => {
    const clock = passingClock();
    const state = stageFreeAt(60_000, clock);
    await lockWithin(state, { timeoutMs: 300_000, clock, tell: () => undefined });
    expect(clock.now()).toBeLessThanOrEqual(62_000);
    expect(state.asked()).toBeLessThan(45);
  });

  test("is asked for once more at the very end, and then given up with whom it was waited for", async () => {
    const clock = passingClock();
    const wait = { timeoutMs: 5_000, clock, tell: () => undefined };
    await expect(lockWithin(stageFreeAt(5_001, clock), wait)).rejects.toMatchObject({
      code: "LOCKED",
      what: "locked by somebody; this run has waited for 5 s",
      advice: "Wait.",
    });
    expect(clock.now()).toBe(5_000);
    const again = passingClock();
    await lockWithin(stageFreeAt(5_000, again), { ...wait, clock: again });
  });

  test("is asked for once where nobody said to wait, and whatever else fails is not tried again", async () => {
    const clock = passingClock();
    const state = stageFreeAt(1, clock);
    await expect(lockWithin(state, { timeoutMs: 0, clock, tell: () => undefined })).rejects.toThrow(
      lockedError().message,
    );
    expect(state.asked()).toBe(1);
    const broken = { lock: () => Promise.reject(new ResourceError("STATE_UNREADABLE", "no")) };
    await expect(
      lockWithin(broken, { timeoutMs: 9_000, clock, tell: () => undefined }),
    ).rejects.toMatchObject({ code: "STATE_UNREADABLE" });
    expect(clock.now()).toBe(0);
  });

  test("is no longer waited for once the run is stopped, and says of whom it was", async () => {
    const stop = new AbortController();
    const clock = passingClock((now) => now > 3_000 && stop.abort());
    const wait = { timeoutMs: 300_000, clock, signal: stop.signal, tell: () => undefined };
    await expect(lockWithin(stageFreeAt(60_000, clock), wait)).rejects.toMatchObject({
      code: "ABORTED",
      what: "stopped while it waited: locked by somebody",
    });
    expect(clock.now()).toBeLessThan(6_000);
  });

  test("is told of with its holder once, and again when that is another", async () => {
    const clock = passingClock();
    const told: [string, Holder | undefined][] = [];
    const job = { system: "GitHub Actions", id: "7" };
    const holder = () =>
      clock.now() < 20_000 ? seen({ user: "ann", job, commit: "0123456789abcdef" }) : seen({ pid: 8 });
    await lockWithin(stageFreeAt(60_000, clock, holder), {
      timeoutMs: 120_000,
      clock,
      tell: (message, who) => told.push([message, who]),
    });
    expect(told).toEqual([
      [
        "waits for at most 120.0 s for the stage, which is locked by " +
          `process 7 on ann@far.example (GitHub Actions 7, commit 0123456789ab) since ${since}`,
        { host: "far.example", pid: 7, since, user: "ann", job, commit: "0123456789abcdef" },
      ],
      [expect.stringContaining("process 8 on far.example"), { host: "far.example", pid: 8, since }],
    ]);
  });

  test("is told of in the words of its refusal where its store cannot say who holds it", async () => {
    const clock = passingClock();
    const told: string[] = [];
    await lockWithin(stageFreeAt(30_000, clock), {
      timeoutMs: 60_000,
      clock,
      tell: (message) => told.push(message),
    });
    expect(told).toEqual(["waits for the stage for at most 60 s: locked by somebody"]);
  });
});

describe.each<[string, () => Promise<StateStore>]>([
  ["in memory", async () => memoryStore()],
  ["on disk", async () => jsonFileStore(await temporaryFolder())],
])("two runs of one stage %s", (_, open) => {
  test("go one after the other, and the one that waits says for whom", async () => {
    const { deploy, events, emulator } = await cloud({ operationMs: 50 }, await open());
    const both = await Promise.all([
      deploy(queue, { lockTimeout: "1m" }),
      deploy(queue, { lockTimeout: 60_000 }),
    ]);
    expect(both.flatMap(movesOf).toSorted()).toEqual(["jobs: create", "jobs: nothing"]);
    expect(emulator.resources()).toHaveLength(1);
    const told = noticesIn(events);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      message: expect.stringContaining(`locked by process ${process.pid} on `),
      holder: { pid: process.pid, host: expect.any(String), since: expect.any(String) },
    });
  });
});

describe("a run that waits", () => {
  test("lets go at its signal and at the end of its time, and has sent nothing", async () => {
    const folder = await temporaryFolder();
    const { deploy, emulator, store } = await cloud({}, jsonFileStore(folder));
    const held = await (await store.open("test", "dev")).lock();
    const stop = new AbortController();
    const onEvent = (event: Event): void => void (event.name === "notice" && stop.abort());
    await expect(deploy(queue, { lockTimeout: "5m", signal: stop.signal, onEvent })).rejects.toMatchObject({
      code: "ABORTED",
    });
    await expect(deploy(queue, { lockTimeout: "5m", timeout: 50 })).rejects.toMatchObject({
      code: "TIMEOUT",
    });
    await expect(deploy(queue, { lockTimeout: 150 })).rejects.toMatchObject({
      code: "LOCKED",
      message: expect.stringContaining("this run has waited for 0.15 s"),
    });
    expect(emulator.calls).toEqual([]);
    await held.release();
    expect(await deploy(queue, { lockTimeout: 150 })).toMatchObject({ ok: true });
  });

  test("plans beside a run that holds the stage", async () => {
    const { deploy, store } = await cloud();
    const held = await (await store.open("test", "dev")).lock();
    expect(await deploy(queue, { phase: "plan", lockTimeout: "5m" })).toMatchObject({ ok: true });
    await held.release();
  });

  test.each(["5", "5 m", "m", "5d", "-1s", -1, Number.NaN, true, {}])(
    "for %j is refused",
    async (lockTimeout) => {
      const { deploy } = await cloud();
      await expect(deploy(queue, { lockTimeout: lockTimeout as never })).rejects.toThrow(
        /lockTimeout is a number of ms, or text such as "30s" or "5m"/,
      );
    },
  );
});

describe("a lock", () => {
  afterEach(() => vi.unstubAllEnvs());

  test("that is refused or broken names user, host, CI job and commit of its holder", async () => {
    for (const [name, value] of Object.entries({
      GITHUB_RUN_ID: "7",
      GITHUB_SERVER_URL: "https://example.com",
      GITHUB_REPOSITORY: "shop/infra",
      GITHUB_ACTOR: "ann",
      GITHUB_SHA: "0123456789abcdef0123456789abcdef01234567",
    }))
      vi.stubEnv(name, value);
    const { deploy, store } = await cloud({}, jsonFileStore(await temporaryFolder()));
    await (await store.open("test", "dev")).lock();
    const by =
      `process ${process.pid} on ann@${hostname()} ` +
      "(GitHub Actions 7 https://example.com/shop/infra/actions/runs/7, commit 0123456789ab) since ";
    await expect(deploy(queue, { lockTimeout: 1 })).rejects.toMatchObject({
      code: "LOCKED",
      message: expect.stringContaining(by),
    });
    expect(await store.unlock("test", "dev")).toMatchObject({
      user: "ann",
      job: { system: "GitHub Actions", id: "7", url: "https://example.com/shop/infra/actions/runs/7" },
      commit: "0123456789abcdef0123456789abcdef01234567",
    });
  });
});
