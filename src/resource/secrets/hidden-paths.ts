import {
  type Json,
  type Pointer,
  type Props,
  child,
  expand,
  isList,
  isProps,
  leavesOf,
  segmentsOf,
} from "../../json.ts";
import type { Facts } from "../../schema/facts.ts";

/** The pointers of desired values that state must not hold, outermost last so that none is removed twice. */
export function hiddenPaths(
  facts: Facts,
  desired: Props,
  secrets: readonly Pointer[],
  live: Props,
): readonly Pointer[] {
  const declared = [...(facts.writeOnly ?? []).flatMap((pattern) => expand(desired, pattern)), ...secrets];
  const unseen = leavesOf(desired)
    .filter(({ value, pointer }) => isScalar(value) && pointer !== "" && !isShown(live, pointer))
    .map(({ pointer }) => pointer);
  const leaves = [...new Set([...declared, ...unseen])];
  return leaves.filter((pointer) => !leaves.some((other) => pointer.startsWith(`${other}/`)));
}

const isScalar = (value: Json): boolean => typeof value !== "object" || value === null;

/** A value is shown when live has its place, or an ancestor of it in another form (a policy as text, say). */
function isShown(live: Props, pointer: Pointer): boolean {
  let at: Json | undefined = live;
  for (const segment of segmentsOf(pointer)) {
    if (at !== undefined && !isProps(at) && !isList(at)) return true;
    at = child(at, segment);
    if (at === undefined) return false;
  }
  return true;
}
