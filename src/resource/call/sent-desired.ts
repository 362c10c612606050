import { planChange } from "../../diff/plan.ts";
import type { Props } from "../../json.ts";
import type { Call } from "./read-call.ts";

/** What a call asks as it is sent: several handlers fail on null members, so to us null means absent. */
export function sentDesiredOf({ facts, desired }: Call): Props {
  const plan = planChange({ facts, live: undefined, desired });
  return plan.move === "create" ? plan.desired : desired;
}
