import { type Pointer, type Props, segmentsOf, valueAt } from "../../json.ts";
import type { Facts } from "../../schema/facts.ts";

/** Where AWS says how a resource is, and what it says. */
export interface Sickness {
  readonly path: Pointer;
  readonly status: string;
}

const isStatus = (pointer: Pointer): boolean => {
  const name = segmentsOf(pointer).at(-1) ?? "";
  return !pointer.includes("*") && /(^|[a-z])(Status|State)$/.test(name);
};

/** CREATE_FAILED, FAILED, ERROR, restore-error, incompatible-network, CreateFailed and their like. */
const isFailed = (status: string): boolean =>
  /(^|[_\s-])(failed|failure|error|unhealthy)$/i.test(status) ||
  /[a-z](Failed|Error)$/.test(status) ||
  /^incompatible-/i.test(status);

/** A read-only status that says that the resource itself has failed, whatever its operation said. */
export function sicknessOf({ readOnly = [] }: Facts, live: Props): Sickness | undefined {
  for (const path of readOnly.filter(isStatus)) {
    const status = valueAt(live, path);
    if (typeof status === "string" && isFailed(status)) return { path, status };
  }
  return undefined;
}
