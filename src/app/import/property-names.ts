import { ResourceError } from "../../errors.ts";
import { type Props, pointerOf } from "../../json.ts";
import { bundledFacts } from "../../schema/bundled.ts";
import { nearest } from "../../nearest.ts";

/** Refuses properties that a bundled type does not have, as `VALIDATION` with the nearest; other types are not checked. */
export function requireProperties(type: string, given: Props): void {
  const { members, readOnly = [], primaryIdentifier = [] } = bundledFacts(type) ?? {};
  if (!members) return;
  const others = [...readOnly, ...primaryIdentifier].flatMap((pointer) => pointer.split("/")[1] ?? []);
  const known = new Set([...Object.keys(members.properties), ...others]);
  const stray = Object.keys(given).find((name) => !known.has(name));
  if (stray === undefined) return;
  const meant = nearest(stray, known);
  const hint = meant === undefined ? "" : `, did you mean ${meant}?`;
  throw new ResourceError("VALIDATION", `unknown property ${stray}${hint}`, {
    type,
    paths: [pointerOf([stray])],
  });
}
