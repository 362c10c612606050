import { describe, expect, onTestFinished, test } from "vitest";
import type { Ledger } from "../../../src/state/log/ledger.ts";
import { openStageLog } from "../../../src/state/log/stage-log.ts";
import { entryOf } from "../../support/state/entry.ts";
import {
  type LedgerStage,
  stageInBucket,
  stageInFolder,
  stageInMemory,
} from "../../support/state/ledgers.ts";

const old = (id: string) => ({ put: entryOf(id, { status: "incomplete", identifier: "old" }) }) as const;
const put = (id: string) => ({ put: entryOf(id) }) as const;

/** What is recorded, by id. */
async function readFrom(ledger: Ledger): Promise<Record<string, unknown>> {
  const { entries } = await ledger.read();
  return Object.fromEntries(
    [...entries].map(([id, entry]) => [id, "identifier" in entry && entry.identifier]),
  );
}

describe.each([
  ["in a folder", stageInFolder],
  ["in memory", stageInMemory],
  ["in a bucket", stageInBucket],
])("a ledger %s", (_, make) => {
  const stage = (): LedgerStage => {
    const made = make();
    onTestFinished(() => made.end());
    return made;
  };

  test("gives back what was appended, the last word of each", async () => {
    const ledger = await stage().take();
    await ledger.append([old("a"), old("b"), old("c")]);
    await ledger.append([put("a"), { remove: "b" }]);
    await ledger.append([{ remove: "absent" }, { remove: "c" }, old("c")]);
    expect(await readFrom(ledger)).toEqual({ a: "bucket-1", c: "old" });
  });

  test("keeps no object that it was given", async () => {
    const ledger = await stage().take();
    const desired: Record<string, string> = { BucketName: "one" };
    const appended = ledger.append([{ put: entryOf("a", { desired }) }]);
    await appended;
    desired["BucketName"] = "changed afterwards";
    expect((await ledger.read()).entries.get("a")).toMatchObject({ desired: { BucketName: "one" } });
  });

  test("compacts all of it into what the next holder finds, and leaves no log", async () => {
    const here = stage();
    const ledger = await here.take();
    await ledger.append([old("a"), old("b")]);
    await ledger.append([put("a"), { remove: "b" }]);
    expect(here.logs()).toBe(1);
    await ledger.compact();
    expect([here.logs(), await readFrom(ledger)]).toEqual([0, { a: "bucket-1" }]);
    await ledger.append([put("later")]);
    expect(await readFrom(ledger)).toEqual({ a: "bucket-1", later: "bucket-1" });
    await ledger.compact();
    expect(await readFrom(await here.take())).toEqual({ a: "bucket-1", later: "bucket-1" });
  });

  test("compacts what a former holder has left, before its own", async () => {
    const here = stage();
    await (await here.take()).append([old("a"), old("b")]);
    const next = await here.take();
    await next.compact();
    expect([here.logs(), await readFrom(next)]).toEqual([0, { a: "old", b: "old" }]);
    await next.append([put("a")]);
    expect(await readFrom(next)).toEqual({ a: "bucket-1", b: "old" });
  });

  test.each(["before it has written", "after it has written"])(
    "shuts a former holder out that wakes %s: nothing of what it still does is read",
    async (when) => {
      const here = stage();
      const former = await here.take();
      if (when !== "before it has written") await former.append([old("a")]);
      const next = await here.take();
      await next.compact();
      await next.append([put("mine"), { remove: "a" }]);
      await expect(former.fence()).rejects.toMatchObject({ code: "LOCKED" });
      for (const batch of [[old("a")], [old("theirs"), { remove: "mine" }]])
        await expect(former.append(batch)).rejects.toMatchObject({ code: "LOCKED" });
      if (when !== "before it has written")
        await expect(former.compact()).rejects.toMatchObject({ code: "LOCKED" });
      await next.fence();
      expect(await readFrom(next)).toEqual({ mine: "bucket-1" });
      await next.compact();
      expect(await readFrom(await here.take())).toEqual({ mine: "bucket-1" });
    },
  );

  test("has a batch as a whole or not at all where the power failed in its midst", async () => {
    const here = stage();
    const ledger = await here.take();
    await ledger.append([old("a"), old("b")]);
    await ledger.append([put("a"), put("b"), put("c")]);
    here.tear();
    const next = await here.take();
    expect(await readFrom(next)).toEqual({ a: "old", b: "old" });
    await next.compact();
    await next.append([put("b")]);
    expect(await readFrom(next)).toEqual({ a: "old", b: "bucket-1" });
  });

  test("takes in few batches what many hand in at once, in their order, and fails those of a batch that fails", async () => {
    const here = stage();
    const ledger = await here.take();
    let batches = 0;
    const log = openStageLog({
      ...ledger,
      append: (batch) => {
        batches += 1;
        return ledger.append(batch);
      },
    });
    const many = Array.from({ length: 300 }, (__, i) =>
      log.add(i % 2 === 0 ? old(`id-${i >> 1}`) : put(`id-${i >> 1}`)),
    );
    await Promise.all(many);
    expect(batches).toBeLessThan(4);
    const entries = Object.values(await readFrom(ledger));
    expect([entries.length, new Set(entries)]).toEqual([150, new Set(["bucket-1"])]);
    await here.take();
    const lost = await Promise.allSettled([log.add(put("x")), log.add(put("y"))]);
    expect(lost).toMatchObject([{ reason: { code: "LOCKED" } }, { reason: { code: "LOCKED" } }]);
    await log.close();
    expect(Object.keys(await readFrom(ledger))).toHaveLength(150);
  });
});
