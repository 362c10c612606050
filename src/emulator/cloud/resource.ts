import type { Props } from "../../json.ts";

/** One resource as the service holds it, write-only values included. */
export interface Resource {
  readonly type: string;
  readonly identifier: string;
  readonly model: Props;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}
