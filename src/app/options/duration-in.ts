import { UsageError } from "../../errors.ts";

/** A time: ms as a number, or text with its unit, e.g. `"30s"`, `"5m"`, `"1h"`. */
export type Duration = number | `${number}${keyof typeof unitMs}`;

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** Reads a duration as ms; what is none is a UsageError that names the option. */
export function msIn(name: string, given: unknown): number {
  const ms = typeof given === "string" ? msOfText(given) : given;
  if (typeof ms === "number" && ms >= 0) return ms;
  throw new UsageError(
    `${name} is a number of ms, or text such as "30s" or "5m"; given was ${JSON.stringify(given) ?? String(given)}`,
  );
}

/** The ms of text with a unit; undefined where it is none. */
export function msOfText(text: string): number | undefined {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  return number === undefined || !isUnit(unit) ? undefined : Number(number) * unitMs[unit];
}

const isUnit = (unit: string | undefined): unit is keyof typeof unitMs =>
  unit !== undefined && Object.hasOwn(unitMs, unit);
