import type { Pointer, Props } from "../../json.ts";
import type { Facts } from "../../schema/facts.ts";
import type { Hostility } from "./options.ts";

/** What has to be known of a type. */
export interface TreatedType {
  readonly type: string;
  readonly facts: Facts;
  readonly identity: readonly Pointer[];
  readonly readOnly: readonly Pointer[];
  readonly writeOnly: readonly Pointer[];
  readonly createOnly: readonly Pointer[];
}

/** One resource as its handlers treat it. */
export interface Nature {
  readonly hostility: Hostility;
  /** From 0 to 1, drawn when it was made: decides all that is the same in every read. */
  readonly drawn: number;
}

/** A resource as it is: its whole model, and that less what is write-only. */
export interface Truth {
  readonly model: Props;
  readonly visible: Props;
}
