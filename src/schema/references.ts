import { matches, type Pointer, type Props, segmentsOf } from "../json.ts";
import type { Facts } from "./facts.ts";

/** A resource that was passed where the name of one is asked. */
export interface Target {
  readonly type: string;
  readonly outputs: Props;
}

/**
 * Tells which output of a passed resource is meant at a pointer: what the schema says for its type, else the output
 * named as the property itself (`ApiId: api`). Undefined when neither tells.
 */
export function referencedProperty(facts: Facts, pointer: Pointer, target: Target): string | undefined {
  const known = Object.entries(facts.references ?? {})
    .filter(([pattern]) => matches(pattern, pointer))
    .flatMap(([, references]) => references)
    .find((reference) => reference.type === target.type);
  if (known) return known.property;
  const name = segmentsOf(pointer).at(-1) ?? "";
  return Object.hasOwn(target.outputs, name) ? name : undefined;
}
