import type { Props } from "../json.ts";

/** A service's own way to list resources, where that beats ListResources. */
export interface Lister {
  /** Tells whether this lister knows the type. */
  lists(type: string): boolean;
  /** Lists what stands below the parents, until the signal aborts; each model holds the parents too. */
  list(type: string, parents: Props, signal?: AbortSignal): AsyncIterable<Props>;
}
