import { expect, onTestFinished, test } from "vitest";
import { machineClock } from "../../../src/state/lock/clock.ts";
import type { Ledger } from "../../../src/state/log/ledger.ts";
import type { Bucket } from "../../../src/state/s3/bucket.ts";
import { type ObjectLock, takeObjectLock } from "../../../src/state/s3/lock-object.ts";
import { takeObjectLedger } from "../../../src/state/s3/object-ledger.ts";
import { bucketInMemory } from "../../support/state/bucket-in-memory.ts";
import { entryOf } from "../../support/state/entry.ts";
import { hastyClock } from "../../support/state/hasty-clock.ts";

const folder = "shop/dev/";
const put = (id: string) => ({ put: entryOf(id) }) as const;

const siteIn = (bucket: Bucket, clock = machineClock) => ({
  bucket,
  key: `${folder}lock.json`,
  title: "the stage",
  unlock: "unlock",
  clock,
  termMs: 30_000,
});

async function takeFrom(bucket: Bucket): Promise<{ ledger: Ledger; lock: ObjectLock }> {
  const lock = await takeObjectLock(siteIn(bucket), { isForced: true });
  onTestFinished(() => lock.release());
  return { lock, ledger: await takeObjectLedger({ bucket, folder }, lock) };
}

test.each([0, 1, 3])(
  "a holder that wakes with its next batch, after %i before, is LOCKED though its successor has compacted all",
  async (before) => {
    const bucket = bucketInMemory();
    const { ledger: former } = await takeFrom(bucket);
    for (let i = 0; i < before; i++) await former.append([put(`old-${i}`)]);
    const { ledger: next } = await takeFrom(bucket);
    await next.compact();
    await next.append([put("a")]);
    await next.append([put("b")]);
    await next.compact();
    await expect(former.append([put("late")])).rejects.toMatchObject({ code: "LOCKED" });
    expect((await (await takeFrom(bucket)).ledger.read()).entries.has("late")).toBe(false);
  },
);

test("a former holder that nobody has fenced off is, by who takes over from its successor", async () => {
  const bucket = bucketInMemory();
  const { ledger: first } = await takeFrom(bucket);
  await first.append([put("a")]);
  // It dies before it has read anything.
  const second = await takeObjectLock(siteIn(bucket), { isForced: true });
  onTestFinished(() => second.release());
  const { ledger: third } = await takeFrom(bucket);
  await third.compact();
  await third.append([put("b")]);
  await third.compact();
  await expect(first.append([put("late")])).rejects.toMatchObject({ code: "LOCKED" });
});

test("of two that find the same silent lock one takes it, and the other finds that one alive", async () => {
  const bucket = bucketInMemory();
  const silent = await takeObjectLock(siteIn(bucket), { isForced: true });
  const said = bucket.objects.get(`${folder}lock.json`)?.text ?? "";
  // Of a machine that nobody here knows.
  await bucket.put(`${folder}lock.json`, said.replace(/"boot":"[^"]*"/, '"boot":"another"'), "any");
  let isFirst = true;
  let winner: ObjectLock | undefined;
  const late: Bucket = {
    ...bucket,
    async put(key, text, when) {
      if (typeof when === "object" && isFirst) {
        isFirst = false;
        winner = await takeObjectLock(siteIn(bucket, hastyClock()));
      }
      return bucket.put(key, text, when);
    },
  };
  const clock = hastyClock();
  const sleep = clock.sleep.bind(clock);
  const watching = {
    ...clock,
    sleep: async (ms: number) => {
      await sleep(ms);
      if (winner) await winner.assure();
    },
  };
  await expect(takeObjectLock(siteIn(late, watching))).rejects.toMatchObject({ code: "LOCKED" });
  expect(winner?.takenOver).toBeDefined();
  await winner?.assure();
  await winner?.release();
  await silent.release();
});
