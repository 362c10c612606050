import type { NaturalKey } from "./note.ts";

/** Among all of the account and region, the one with the same values at these places. */
export const byKeys = (...keys: readonly string[]): NaturalKey => ({ parents: [], keys });

/** Among those below one parent (or several together), the one with the same values at these places. */
export const belowParent = (parent: string | readonly string[], ...keys: readonly string[]): NaturalKey => ({
  parents: typeof parent === "string" ? [parent] : parent,
  keys,
});

/** The one with the same tag `Name`, which consoles show as its name, and the same values at these places. */
export const byNameTag = (...keys: readonly string[]): NaturalKey => ({ parents: [], keys, tags: ["Name"] });
