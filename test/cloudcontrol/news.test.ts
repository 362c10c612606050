import { describe, expect, test } from "vitest";
import { readNews } from "../../src/cloudcontrol/news.ts";
import { ResourceError } from "../../src/errors.ts";
import { type FakeClock, fakeClock } from "../support/wire/fake-clock.ts";

const type = "AWS::Demo::Made";

/** A read that shows something from the nth time on. */
function shownFrom(nth: number): { read: () => Promise<string | undefined>; count: () => number } {
  let reads = 0;
  const read = async (): Promise<string | undefined> => {
    reads += 1;
    return reads >= nth ? "there" : undefined;
  };
  return { read, count: () => reads };
}

const never = (): ReturnType<typeof shownFrom> => shownFrom(Infinity);

const elapsedOn = async (clock: FakeClock, work: () => Promise<unknown>): Promise<number> => {
  const before = clock.now();
  await work();
  return clock.now() - before;
};

describe("reading what is new", () => {
  test("reads again while nothing is there, for about nine seconds", async () => {
    const clock = fakeClock();
    const news = readNews(clock);
    expect(await elapsedOn(clock, () => news.read(type, never().read))).toBe(9_000);
    expect(Math.max(...clock.slept)).toBeLessThanOrEqual(5_000);
  });

  test("stops at the first find, and tells once of the first miss", async () => {
    const clock = fakeClock();
    const misses: string[] = [];
    const onMiss = async (): Promise<void> => void misses.push("miss");
    expect(await readNews(clock).read(type, shownFrom(3).read, onMiss)).toBe("there");
    expect(clock.slept).toEqual([100, 300]);
    expect(misses).toEqual(["miss"]);
  });

  test("throws a failed read at once", async () => {
    const denied = new ResourceError("ACCESS_DENIED", "no");
    await expect(readNews(fakeClock()).read(type, () => Promise.reject(denied))).rejects.toBe(denied);
  });
});

describe("reading what a failed create has named", () => {
  test("is patient where nothing is known of its type", async () => {
    const clock = fakeClock();
    expect(await elapsedOn(clock, () => readNews(clock).readClaimed(type, never().read))).toBe(9_000);
  });

  test("takes a second once its handler has named what never came to be, and so for every retry after the first", async () => {
    const clock = fakeClock();
    const news = readNews(clock);
    await news.readClaimed(type, never().read);
    for (let i = 0; i < 5; i += 1) {
      const again = never();
      expect(await elapsedOn(clock, () => news.readClaimed(type, again.read))).toBe(1_000);
      expect(again.count()).toBe(2);
    }
  });

  test("takes a second where what was new of its type has shown at once", async () => {
    const clock = fakeClock();
    const news = readNews(clock);
    await news.read(type, shownFrom(1).read);
    expect(await elapsedOn(clock, () => news.readClaimed(type, never().read))).toBe(1_000);
  });

  test("is patient where anything new of its type has ever shown late, and for other types", async () => {
    const clock = fakeClock();
    const news = readNews(clock);
    await news.read(type, shownFrom(1).read);
    await news.read(type, shownFrom(2).read);
    for (const one of [type, "AWS::Demo::Other"])
      expect(await elapsedOn(clock, () => news.readClaimed(one, never().read))).toBe(9_000);
  });

  test("finds what shows late, and is patient from then on", async () => {
    const clock = fakeClock();
    const news = readNews(clock);
    expect(await news.readClaimed(type, shownFrom(5).read)).toBe("there");
    expect(await elapsedOn(clock, () => news.readClaimed(type, never().read))).toBe(9_000);
  });
});
