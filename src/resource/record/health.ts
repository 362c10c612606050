import { type Pointer, type Props, segmentsOf, valueAt } from "../../json.ts";
import type { Facts } from "../../schema/facts.ts";

/** Where AWS says how a resource is, and what it says. */
export interface Sickness {
  readonly path: Pointer;
  readonly status: string;
}

const isStatus = (pointer: Pointer): boolean => {
  const name = segmentsOf(pointer).at(-1) ?? "";
  return !pointer.includes("*") && /(Status|State)$/.test(name);
};

/**
 * CREATE_FAILED, FAILED_CREATION, ERROR, ERROR_ALLOCATING, restore-error, incompatible-network, CreateFailed and their
 * like: swept over what the registry lists for read-only statuses.
 */
const isFailed = (status: string): boolean =>
  /(^|[_\s-])(failed|failure|error|errored|unhealthy|impaired)$/i.test(status) ||
  /[a-z](Failed|Error)$/.test(status) ||
  /^(failed|error|incompatible)[_\s-]/i.test(status) ||
  /^inaccessible\b/i.test(status);

/** A read-only status that says that the resource itself has failed, whatever its operation said. */
export function sicknessOf({ readOnly = [] }: Facts, live: Props): Sickness | undefined {
  for (const path of readOnly.filter(isStatus)) {
    const status = valueAt(live, path);
    if (typeof status === "string" && isFailed(status)) return { path, status };
  }
  return undefined;
}
