import { planChange } from "../../diff/plan.ts";
import type { Props } from "../../json.ts";
import type { Facts } from "../../schema/facts.ts";
import type { Call } from "./read-call.ts";

/** Makes of a call what is sent of it: several handlers fail on null members, so to us null means absent. */
export function dropAbsent(call: Call): Call {
  const { facts, desired, tagging } = call;
  return {
    ...call,
    desired: sentOf(facts, desired),
    ...(tagging && { tagging: { ...tagging, own: sentOf(facts, tagging.own) } }),
  };
}

function sentOf(facts: Facts, desired: Props): Props {
  const plan = planChange({ facts, live: undefined, desired });
  return plan.move === "create" ? plan.desired : desired;
}
