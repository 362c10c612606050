import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import type { Event } from "../../../src/events.ts";
import { jsonFileStore } from "../../../src/state/index.ts";
import { temporaryFolder } from "../../support/registry/temporary-folder.ts";
import { cloud } from "../../support/run.ts";
import { hastyClock } from "../../support/state/hasty-clock.ts";
import {
  beat,
  clockWith,
  deadPid,
  leaveLock,
  ofElsewhere,
  ofMine,
  since,
} from "../../support/state/left-lock.ts";

const noticesIn = (events: readonly Event[]): readonly string[] =>
  events.flatMap((event) => (event.name === "notice" ? [event.message] : []));

const queue = (): Promise<unknown> => AWS.SQS.Queue("jobs", { QueueName: "jobs" });
const inShop = { stage: "dev" } as const;

describe("a run that finds its stage locked", () => {
  test("says for whom it waits, and whom it has taken the stage from for want of life", async () => {
    const folder = await temporaryFolder();
    leaveLock(folder, { ...ofElsewhere, user: "ann" }, { app: "test" });
    const { deploy, events } = await cloud({}, jsonFileStore(folder, { lockClock: hastyClock() }));
    expect(await deploy(queue, inShop)).toMatchObject({ ok: true });
    const by = `process 7 on ann@elsewhere.example since ${since}`;
    expect(noticesIn(events)).toEqual([
      expect.stringMatching(
        `^waits for the stage, which is locked by ${by}: its lock is taken over in 2[67].\\d s unless that run shows life$`,
      ),
      expect.stringMatching(
        `^took over the lock of process 7 on elsewhere.example \\(held since ${since}\\), which showed no life for 30.\\d s$`,
      ),
    ]);
  });

  test("says of whom it has taken it that is no more, without a wait", async () => {
    const folder = await temporaryFolder();
    leaveLock(folder, { ...ofMine, pid: deadPid }, { app: "test" });
    const { deploy, events } = await cloud({}, jsonFileStore(folder));
    expect(await deploy(queue, inShop)).toMatchObject({ ok: true });
    expect(noticesIn(events)).toEqual([expect.stringMatching(`held since ${since}\\), which is no more$`)]);
  });

  test("is refused as soon as that one shows life, and has sent nothing", async () => {
    const folder = await temporaryFolder();
    leaveLock(folder, ofElsewhere, { app: "test" });
    const lockClock = clockWith(29_000, () => beat(folder, ofElsewhere, 1, { app: "test" }));
    const { deploy, emulator } = await cloud({}, jsonFileStore(folder, { lockClock }));
    await expect(deploy(queue, inShop)).rejects.toMatchObject({ code: "LOCKED" });
    expect(emulator.calls).toEqual([]);
  });

  test("lets go when it is stopped", async () => {
    const folder = await temporaryFolder();
    leaveLock(folder, ofElsewhere, { app: "test" });
    const stop = new AbortController();
    const lockClock = clockWith(10_000, () => stop.abort());
    const { deploy, emulator } = await cloud({}, jsonFileStore(folder, { lockClock }));
    await expect(deploy(queue, { ...inShop, signal: stop.signal })).rejects.toMatchObject({
      code: "ABORTED",
    });
    expect(emulator.calls).toEqual([]);
  });
});
