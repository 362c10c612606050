import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Props } from "../../../src/json.ts";
import type { Facts } from "../../../src/schema/facts.ts";

/** One of the shared cases that follow a resource through its calls. */
export interface LifeCase {
  readonly name: string;
  readonly schema: Facts;
  readonly desired: Props | null;
  /** What goes over the wire, in words. */
  readonly script?: readonly string[];
  readonly expected: {
    readonly error?: string;
    /** APIs in order; `(A)` behind one tells client tokens apart. */
    readonly calls?: readonly string[];
    readonly state?: { readonly identifier: string; readonly status?: string } | null;
  };
}

const file = resolve(import.meta.dirname, "../../../../shared/cases/patch-cases.json");

/** Whether the shared cases are at hand; they are no part of this project. */
export const isKnown: boolean = existsSync(file);

const all: readonly LifeCase[] = isKnown ? (JSON.parse(readFileSync(file, "utf8")) as LifeCase[]) : [];

/** Every case that has a script. */
export const lifeCases: readonly LifeCase[] = all.filter(({ script }) => script);

/** The one life-cycle case whose name begins so. */
export function caseOf(beginning: string): LifeCase {
  const [found, ...others] = lifeCases.filter(({ name }) => name.startsWith(beginning));
  if (!found || others.length > 0) throw new Error(`not one case begins with ${beginning}`);
  return found;
}
