import type { Settings } from "./options.ts";

/** Tells call by call whether it is within what is taken a second: a bucket that holds one second's worth. */
export function makeAllowance({
  callsPerSecond,
  now,
}: Pick<Settings, "callsPerSecond" | "now">): () => boolean {
  let left = callsPerSecond;
  let filledAt = now();
  return () => {
    if (callsPerSecond === Infinity) return true;
    const at = now();
    left = Math.min(callsPerSecond, left + ((at - filledAt) * callsPerSecond) / 1_000);
    filledAt = at;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}
