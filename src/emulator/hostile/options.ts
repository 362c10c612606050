import { UsageError } from "../../errors.ts";
import { type OptionNames, requireKnownOptions } from "../../known-options.ts";
import { nearest } from "../../nearest.ts";
import { type Drawing, drawing } from "./drawing.ts";

/** What real handlers do to a client that takes them at their word; each with the reports that it is known from. */
export type HostileHabit =
  /** What is new is missing, what is changed is as before or missing, what is gone is there, for a while (roadmap #1726). */
  | "stale"
  /** Reads show what nobody has asked for, and some of it is refused when it is sent back (cdk-real-drift #265, #667). */
  | "echoes"
  /** Lists whose order the service does not keep, and the keys of all objects, come in another order (tf-aws #15577). */
  | "order"
  /** A removal succeeds, and some are not heeded (cdk-real-drift #1689). */
  | "ignores"
  /** JSON text comes in other white space and key order, a policy in another spelling of the same (awscc #750). */
  | "json"
  /** Names come in lower case where the service keeps no other (RDS, DMS, ElastiCache). */
  | "case"
  /** Some write-only values are read back: as they are, masked, or in another form. */
  | "secrets"
  /** A restore value that is sent again, changed or not, is NotUpdatable (roadmap #775). */
  | "restores"
  /** A secret that is generated is another one each time that its generator is sent (cdkd #2472). */
  | "generated";

const habitNames: Readonly<Record<HostileHabit, true>> = {
  stale: true,
  echoes: true,
  order: true,
  ignores: true,
  json: true,
  case: true,
  secrets: true,
  restores: true,
  generated: true,
};

/** How hostile the handlers are. */
export interface HostileOptions {
  /** What befalls which write, and how each resource reads: the same for the same seed and the same order of writes. */
  readonly seed: number;
  /** Those that it is about; all unless told. */
  readonly habits?: readonly HostileHabit[];
  /** The longest that a read is out of date, by the emulator's clock: an hour unless told. */
  readonly staleMs?: number;
}

const optionNames: OptionNames<HostileOptions> = { seed: true, habits: true, staleMs: true };

/** Hostility, decided. */
export interface Hostility extends Drawing {
  readonly has: (habit: HostileHabit) => boolean;
  readonly staleMs: number;
}

/** Reads the option; what does not exist is a UsageError. */
export function hostilityOf(options: HostileOptions | undefined): Hostility | undefined {
  if (options === undefined) return undefined;
  requireKnownOptions("hostile", options, optionNames);
  const { seed, habits = Object.keys(habitNames), staleMs = 3_600_000 } = options;
  if (!Number.isInteger(seed)) throw new UsageError(`hostile takes a whole number as its seed, not ${seed}`);
  for (const habit of habits) requireHabit(habit);
  const all = new Set<string>(habits);
  return { ...drawing(seed), has: (habit) => all.has(habit), staleMs };
}

function requireHabit(habit: string): void {
  if (Object.hasOwn(habitNames, habit)) return;
  const names = Object.keys(habitNames);
  const near = nearest(habit, names);
  const hint = near === undefined ? `; there are ${names.join(", ")}` : `, did you mean ${near}?`;
  throw new UsageError(`hostile has no habit ${JSON.stringify(habit)}${hint}`);
}
