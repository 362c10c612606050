import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { quantileOf, weightOf } from "../../src/cloudcontrol/durations.ts";
import { type Learned, learnFrom } from "../../src/cloudcontrol/learned.ts";

const now = 1_800_000_000_000;
const work = "CREATE AWS::RDS::DBInstance";
const month = 30 * 24 * 3_600_000;

function taught(): Learned {
  const learned = learnFrom(undefined, now);
  for (let i = 0; i < 10; i += 1) learned.timing.note(work, { afterMs: 290_000, byMs: 300_000 });
  const rate = learned.rateOf("");
  for (let i = 0; i < 40; i += 1) rate.take(now);
  rate.refuse(now, now);
  return learned;
}

describe("what is learned", () => {
  test("comes back as it was, through JSON", () => {
    const before = taught();
    const after = learnFrom(JSON.parse(JSON.stringify(before.kept(now))), now);
    expect(after.rateOf("").perSecond).toBeCloseTo(before.rateOf("").perSecond, 1);
    expect(quantileOf(after.timing.durationsOf(work), 0.5)).toBeCloseTo(
      quantileOf(before.timing.durationsOf(work), 0.5) ?? 0,
    );
    expect(after.timing.expectedBy(work, 300_000)).toBe(1);
    expect(after.count()).toBe(0);
  });

  test("counts for half a month later, and for nothing years later", () => {
    const kept = taught().kept(now);
    const weightAfter = (ms: number): number => weightOf(learnFrom(kept, now + ms).timing.durationsOf(work));
    expect(weightAfter(month)).toBeCloseTo(weightAfter(0) / 2);
    expect(weightAfter(24 * month)).toBe(0);
  });

  test("is nothing worth keeping where all ended at once and nothing was refused", () => {
    const learned = learnFrom(undefined, now);
    learned.timing.note(work, { afterMs: 0, byMs: 200 });
    learned.rateOf("").accept(now);
    expect(learned.count()).toBe(0);
    expect(taught().count()).toBe(11);
  });

  test("begins anew where what was kept is broken, whatever it is", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (at, rates, durations) => {
        for (const kept of [
          at,
          { at, rates, durations },
          { rates: { "": rates }, durations: { [work]: durations } },
        ]) {
          const learned = learnFrom(kept as never, now);
          expect(learned.rateOf("").perSecond).toBeGreaterThan(0);
          expect(weightOf(learned.timing.durationsOf(work))).toBeLessThanOrEqual(32.001);
          JSON.stringify(learned.kept(now));
        }
      }),
    );
  });
});
