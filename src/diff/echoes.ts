import {
  type Json,
  type Props,
  child,
  equal,
  expand,
  isList,
  isProps,
  valueAt,
  withValueAt,
} from "../json.ts";
import type { Facts } from "../schema/facts.ts";
import { mapItems, mapMembers } from "./strip.ts";

interface DeclaredSides {
  readonly facts: Facts;
  readonly desired: Props;
}

/** Takes out what the service shows and refuses to be told, as far as the script does not say it itself. */
export function withoutEchoes(target: Props, { facts, desired }: DeclaredSides): Props {
  const { echoes = [], pairs = [] } = facts;
  let rest: Json = pairs.length === 0 ? target : resolvePairs(pairs, target, desired);
  for (const { at, value, when } of echoes) {
    if (when !== undefined && valueAt(target, when) !== true) continue;
    for (const pointer of expand(rest, at)) {
      const shown = valueAt(rest, pointer) ?? null;
      const isEcho = value === undefined || equal(shown, value);
      if (isEcho && valueAt(desired, pointer) === undefined) rest = withValueAt(rest, pointer, undefined);
    }
  }
  return isProps(rest) ? rest : target;
}

/** Of two members that exclude each other the declared one stays, else the first. */
function resolvePairs(pairs: NonNullable<Facts["pairs"]>, value: Json, declared: Json | undefined): Json {
  if (isList(value))
    return mapItems(value, (item, i) => resolvePairs(pairs, item, child(declared, String(i))));
  if (!isProps(value)) return value;
  const gone = pairs.flatMap(([first, second]) => {
    if (value[first] === undefined || value[second] === undefined) return [];
    const isSaid = child(declared, second) !== undefined;
    if (isSaid && child(declared, first) !== undefined) return [];
    return [isSaid ? first : second];
  });
  return mapMembers(value, (member, name) =>
    gone.includes(name) ? undefined : resolvePairs(pairs, member, child(declared, name)),
  );
}
