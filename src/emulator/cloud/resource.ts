import type { Props } from "../../json.ts";

/** One resource as the service holds it, write-only values included. */
export interface Resource {
  readonly type: string;
  readonly identifier: string;
  readonly model: Props;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** The model before the last update, which reads show until then (epoch milliseconds). */
  readonly before?: { readonly model: Props; readonly until: number };
}
