import type { Change } from "../events.ts";

/** How many changes there are of each sort that totals speak of; failed ones are counted as nothing else. */
export interface Tally {
  readonly adopted: number;
  readonly added: number;
  readonly changed: number;
  readonly destroyed: number;
  readonly forgotten: number;
  readonly unchanged: number;
  /** Left as they are recorded, because they are no targets of the run. */
  readonly skipped: number;
  readonly failed: number;
}

/** Counts as Terraform does: a replacement adds one and destroys one, an adoption that patches also changes. */
export function tallyOf(changes: readonly Change[]): Tally {
  const count = (isCounted: (change: Change) => boolean): number =>
    changes.filter((change) => !change.error && isCounted(change)).length;
  const replaced = count(({ move }) => move === "replace");
  return {
    adopted: count(({ move }) => move === "adopt"),
    added: count(({ move }) => move === "create") + replaced,
    changed: count(({ move, patch = [] }) => move === "update" || (move === "adopt" && patch.length > 0)),
    destroyed: count(({ move }) => move === "delete") + replaced,
    forgotten: count(({ move }) => move === "forget"),
    unchanged: count(({ move, skipped }) => move === "nothing" && skipped !== true),
    skipped: count(({ skipped }) => skipped === true),
    failed: changes.filter(({ error }) => error).length,
  };
}
