import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import type { Entry } from "../../src/entry.ts";
import { jsonFileStore } from "../../src/state/json-file.ts";
import { cloud } from "../support/run.ts";
import { entryOf } from "../support/state/entry.ts";
import { dice } from "../support/crash/bad-luck.ts";
import { expectExact } from "../support/crash/exact.ts";
import { withFolder } from "../support/crash/kills.ts";
import { tell } from "../support/crash/tell.ts";

const writers = 1_000;
const resources = 300;

test("1,000 writers interleaved in one process each leave the last thing they wrote", async () => {
  await withFolder(async (folder) => {
    const state = await jsonFileStore(folder).open("test", "dev");
    const lock = await state.lock();
    const draw = dice(writers);
    let writes = 0;
    const write = async (nth: number): Promise<[string, Entry] | undefined> => {
      const id = `resource ${nth}`;
      let entry = entryOf(id, { status: "pending" });
      for (let left = 1 + Math.floor(draw() * 4); left > 0; left -= 1) {
        for (let turns = Math.floor(draw() * 5); turns > 0; turns -= 1) await setImmediate();
        entry = entryOf(id, { desired: { BucketName: `bucket-${nth}`, Left: left } });
        await state.put(entry);
        writes += 1;
      }
      if (nth % 10 > 0) return [id, entry];
      await state.remove(id);
      return undefined;
    };
    const last = await Promise.all(Array.from({ length: writers }, (_, nth) => write(nth)));
    await lock.release();
    tell(`state writes of ${writers} interleaved writers: ${writes}`);
    const again = await jsonFileStore(folder).open("test", "dev");
    expect(await again.entries()).toEqual(new Map(last.filter((kept) => kept !== undefined)));
  });
});

test("a program that declares 300 resources at once has each of them recorded on disk", async () => {
  await withFolder(async (folder) => {
    const store = jsonFileStore(folder);
    const { deploy, emulator } = await cloud({}, store);
    const program = () =>
      Promise.all(
        Array.from({ length: resources }, (_, nth) => AWS.SQS.Queue(`queue ${nth}`, { DelaySeconds: nth })),
      );
    expect(await deploy(program)).toMatchObject({ ok: true });
    await expectExact({ emulator, store }, resources, "after the deploy");
    expect((await deploy(program)).calls).toEqual({});
  });
});
