import type { Fault } from "./cloud/options.ts";

/** A fault with every way to go wrong side by side; what is absent goes well. */
export type Circumstances = {
  readonly [Way in FaultWay]?: Extract<Fault, Readonly<Record<Way, unknown>>>[Way];
};

type FaultWay = Fault extends infer One ? (One extends Fault ? keyof One : never) : never;

/** Lays a fault open; no fault is every thing going well. */
export function circumstancesOf(fault: Fault | undefined): Circumstances {
  return { ...fault };
}
