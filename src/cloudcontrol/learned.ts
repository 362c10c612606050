import { type Json, type Props, isList, isProps } from "../json.ts";
import { type Rate, makeRate } from "../wire/rate.ts";
import { type Durations, remember } from "./durations.ts";
import { type KeptTiming, keepTiming } from "./timing.ts";

/** What is learned of Cloud Control at one place: an account and region, as far as those are told apart. */
export interface Learned {
  readonly timing: KeptTiming;
  /** How fast something may be asked: Cloud Control itself (`""`), or the service behind it (`AWS::SQS`). */
  readonly rateOf: (name: string) => Rate;
  /** Grows with whatever is learned that is worth keeping. */
  readonly count: () => number;
  /** What a later run can begin with. */
  readonly kept: (at: number) => Props;
}

/** What is learned counts half as much after so long. */
const halfLifeMs = 30 * 24 * 3_600_000;

/** Begins with what an earlier run has kept, as far as that can be read; `now` is epoch ms. */
export function learnFrom(kept: Json | undefined, now: number): Learned {
  const { at, rates = {}, durations = {} } = isProps(kept) ? kept : {};
  const halfLives = typeof at === "number" ? Math.max(0, now - at) / halfLifeMs : 0;
  const timing = keepTiming(durationsIn(durations, halfLives));
  const known = isProps(rates) ? rates : {};
  const all = new Map<string, Rate>();
  const rateOf = (name: string): Rate => {
    const rate = all.get(name) ?? makeRate(rateIn(known[name]));
    all.set(name, rate);
    return rate;
  };
  const learnedRates = (): [string, Rate][] => [...all].filter(([, rate]) => rate.changes > 0);
  return {
    timing,
    rateOf,
    count: () => timing.learned + learnedRates().reduce((sum, [, { changes }]) => sum + changes, 0),
    kept: (now) => ({
      at: now,
      rates: { ...known, ...ratesOf(learnedRates()) },
      durations: Object.fromEntries([...timing.all].map(([work, one]) => [work, textOf(remember(one))])),
    }),
  };
}

/** A rate without limit is none to keep. */
const ratesOf = (rates: readonly [string, Rate][]): Props =>
  Object.fromEntries(
    rates.map(([name, { perSecond }]) => [
      name,
      perSecond === Infinity ? null : Math.round(perSecond * 100) / 100,
    ]),
  );

const rateIn = (value: Json | undefined): number | undefined =>
  typeof value === "number" && value > 0 ? value : undefined;

const textOf = ({ classes }: Durations): Json =>
  classes.map(([nth, weight]) => [nth, Math.round(weight * 1_000) / 1_000]);

function durationsIn(kept: Json, halfLives: number): Map<string, Durations> {
  const read = Object.entries(isProps(kept) ? kept : {}).map(([work, classes]): [string, Durations] => [
    work,
    remember({ classes: isList(classes) ? classes.flatMap(classIn) : [] }, halfLives),
  ]);
  return new Map(read.filter(([, { classes }]) => classes.length > 0));
}

function classIn(value: Json): Durations["classes"] {
  const [nth, weight] = isList(value) ? value : [];
  const isWhole = typeof nth === "number" && Number.isInteger(nth) && nth >= 0 && nth < 1_000;
  return isWhole && typeof weight === "number" && weight > 0 ? [[nth, weight]] : [];
}
