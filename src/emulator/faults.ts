import type { Fault, FaultRule, IncomingCall } from "./cloud/options.ts";

/** Faults as data, for the option `faults`: of rules, the first that fits a call decides. */
export function faultsByRule(rules: readonly FaultRule[]): (call: IncomingCall) => Fault | undefined {
  return (call) => rules.find((rule) => fits(rule, call))?.fault;
}

function fits({ api, target, count, every }: FaultRule, call: IncomingCall): boolean {
  const counts = typeof count === "number" ? [count] : count;
  return (
    (api === undefined || api === call.api) &&
    (target === undefined || target === call.target) &&
    (counts === undefined || counts.includes(call.count)) &&
    (every === undefined || call.count % every === 0)
  );
}

/** A fault with every way to go wrong side by side; what is absent goes well. */
export type Circumstances = {
  readonly [Way in FaultWay]?: Extract<Fault, Readonly<Record<Way, unknown>>>[Way];
};

type FaultWay = Fault extends infer One ? (One extends Fault ? keyof One : never) : never;

/** Lays a fault open; no fault is every thing going well. */
export function circumstancesOf(fault: Fault | undefined): Circumstances {
  return { ...fault };
}
