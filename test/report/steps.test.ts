import { describe, expect, test } from "vitest";
import type { CriticalResource, Report, Step } from "../../src/events.ts";
import { faultsByRule } from "../../src/emulator/index.ts";
import { changeOf } from "../support/run.ts";
import { timedCloud } from "../support/report/timed-run.ts";

const seconds = (ms: number): number => Math.floor(ms / 1000);
const stepsOf = (report: Report, id: string): readonly Step[] => changeOf(report, id).steps ?? [];
/** Schemas of types that nobody knows are asked for first. */
const namesOf = (report: Report, id: string): readonly string[] =>
  stepsOf(report, id)
    .map(({ step }) => step)
    .filter((step) => step !== "reading");
const wordsOf = (path: readonly CriticalResource[] = []): readonly string[] =>
  path.map(({ id, after = "" }) => `${after} ${id}`.trim());

describe("the steps of a resource", () => {
  test("follow one another without a gap, from its declaration to its end", async () => {
    const { run, make } = await timedCloud();
    const report = await run("deploy", async () => {
      await make("net", 10);
      await make("db", 60, ["net"]);
    });
    expect(namesOf(report, "net")).toEqual(["sent", "under way", "read back"]);
    expect(namesOf(report, "db")).toEqual(["waiting", "sent", "under way", "read back"]);
    const { startedMs = -1, durationMs, uses, steps = [] } = changeOf(report, "db");
    expect(uses).toEqual(["net"]);
    expect(steps[0]).toMatchObject({ step: "waiting", fromMs: 0, toMs: startedMs, waitsFor: ["net"] });
    expect(startedMs).toBe(changeOf(report, "net").steps?.at(-1)?.toMs);
    const underWay = steps.find(({ step }) => step === "under way");
    const tookMs = (underWay?.toMs ?? 0) - (underWay?.fromMs ?? 0);
    // A poll comes up to 15 % after an end.
    expect(tookMs).toBeGreaterThanOrEqual(60_000);
    expect(tookMs).toBeLessThan(70_000);
    steps.forEach(({ fromMs }, i) => expect(fromMs).toBe(steps[i - 1]?.toMs ?? 0));
    expect(steps.at(-1)?.toMs).toBe(startedMs + durationMs);
    expect(Date.parse(report.startedAt)).toBe(1_800_000_000_000);
  });

  test("of what stands as it is are none, and it still tells what it uses", async () => {
    const { run, make } = await timedCloud();
    const program = async (): Promise<void> => {
      await make("net", 1);
      await make("db", 1, ["net"]);
    };
    await run("deploy", program);
    const report = await run("deploy", program);
    expect(changeOf(report, "db")).toEqual({
      id: "db",
      type: "Timed::Takes::S1",
      identifier: "db",
      move: "nothing",
      uses: ["net"],
      startedMs: 0,
      durationMs: 0,
    });
    expect(report.criticalPath).toBeUndefined();
  });

  test("tell a throttle with its reason and its code, and another try after it", async () => {
    const { run, make, events } = await timedCloud({
      faults: faultsByRule([{ api: "CreateResource", count: 1, fault: { throttle: true } }]),
    });
    const report = await run("deploy", () => make("net", 1));
    expect(namesOf(report, "net")).toEqual(["sent", "pause", "sent", "under way", "read back"]);
    const pause = stepsOf(report, "net").find(({ step }) => step === "pause");
    expect(pause).toMatchObject({ code: "THROTTLED", why: expect.stringMatching(/./) as string });
    expect(events).toContainEqual(expect.objectContaining({ name: "retry", id: "net", code: "THROTTLED" }));
  });

  test("tell that a failed operation was begun anew", async () => {
    const { run, make } = await timedCloud({
      faults: faultsByRule([
        {
          api: "CreateResource",
          count: 1,
          fault: { failWith: { code: "Throttling", message: "slow down" } },
        },
      ]),
    });
    const report = await run("deploy", () => make("net", 1));
    expect(report.ok).toBe(true);
    const names = namesOf(report, "net").filter((name) => name !== "queued");
    expect(names).toEqual(["sent", "under way", "pause", "sent", "under way", "read back"]);
  });

  test("tell who waits for whom where everything is deleted", async () => {
    const { run, make, events } = await timedCloud();
    await run("deploy", async () => {
      await make("net", 2);
      await make("db", 3, ["net"]);
      await make("cache", 1, ["net"]);
    });
    const report = await run("destroy", () => Promise.resolve());
    const [wait] = stepsOf(report, "net");
    expect(wait).toMatchObject({ step: "waiting", fromMs: 0, waitsFor: ["db", "cache"] });
    expect(wait?.toMs).toBe(changeOf(report, "net").startedMs);
    expect(seconds(wait?.toMs ?? 0)).toBe(3);
    expect(changeOf(report, "db").uses).toEqual(["net"]);
    expect(events).toContainEqual({
      name: "step",
      id: "net",
      type: "Timed::Takes::S2",
      step: "waiting",
      waitsFor: ["db", "cache"],
    });
    expect(wordsOf(report.criticalPath)).toEqual(["db", "used by net"]);
  });

  test("tell that the others went first where more is ready than may be asked for at a time", async () => {
    const { run, make } = await timedCloud({ callsPerSecond: 5 });
    const ids = Array.from({ length: 20 }, (_, i) => `r${i}`);
    const report = await run("deploy", () => Promise.all(ids.map((id) => make(id, 1))));
    const queued = report.changes.flatMap(({ steps = [] }) => steps.filter(({ step }) => step === "queued"));
    expect(queued.map(({ why }) => why)).toContain("the pace that AWS bears");
    expect(queued.every(({ fromMs, toMs }) => toMs > fromMs)).toBe(true);
  });
});

describe("the critical path of a run with known times", () => {
  test("is the longest chain of what uses what, through the real client", async () => {
    const { run, make } = await timedCloud();
    const report = await run("deploy", async () => {
      const net = make("net", 10);
      const cache = make("cache", 65);
      await net;
      const db = make("db", 60, ["net"]);
      const queue = make("queue", 5, ["net"]);
      await Promise.all([db, queue, cache]);
      await make("app", 4, ["db", "queue", "cache"]);
    });
    expect(wordsOf(report.criticalPath)).toEqual(["net", "uses db", "uses app"]);
    expect(report.criticalPath?.map(({ longest }) => longest?.step)).toEqual(Array(3).fill("under way"));
    const [net, db, app] = report.criticalPath ?? [];
    expect(net?.fromMs).toBe(0);
    expect(db?.fromMs).toBe(net?.toMs);
    expect(app?.fromMs).toBe(db?.toMs);
    expect(app?.toMs).toBeGreaterThanOrEqual(74_000);
  });

  test("shows a script that waits for what it does not use", async () => {
    const { run, make } = await timedCloud();
    const report = await run("deploy", async () => {
      await make("one", 10);
      await make("other", 20);
    });
    expect(wordsOf(report.criticalPath)).toEqual(["one", "order other"]);
  });

  test("ends with the deletions that come after all calls", async () => {
    const { run, make } = await timedCloud();
    await run("deploy", () => Promise.all([make("old", 7), make("kept", 1)]));
    const report = await run("deploy", () => Promise.all([make("kept", 1), make("new", 9)]));
    expect(wordsOf(report.criticalPath)).toEqual(["new", "order old"]);
  });
});
