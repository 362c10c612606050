import type { Note } from "../note.ts";

/** A type of which the registry says that reads never show these properties. */
export const hides = (...names: readonly string[]): Note => ({
  registry: { writeOnly: names.map((name) => `/${name}`) },
});
