import type { Props } from "../../json.ts";

/** One resource as the service holds it, write-only values included. */
export interface Resource {
  readonly type: string;
  readonly identifier: string;
  readonly model: Props;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** What reads show until then (epoch milliseconds): the model before the last write, or nothing. */
  readonly before?: { readonly model: Props | undefined; readonly until: number };
  /** Of hostile handlers: from 0 to 1, what decides how it is treated. */
  readonly drawn?: number;
}
