import type { Props } from "../../json.ts";

/** Tags that a run gives to every resource that has tags, by key. */
export type RunTags = Readonly<Record<string, string>>;

/** What a call asks without the tags of its run, and which they are. */
export interface Tagging {
  readonly own: Props;
  readonly asked: RunTags;
  /** Those that the resource was made with, where it gets no others. */
  readonly made?: RunTags;
}
