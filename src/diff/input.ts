import { withArticle } from "../wording.ts";
import { ResourceError } from "../errors.ts";
import { type Json, type Pointer, type Props, isProps, pointerOf } from "../json.ts";
import type { Place } from "./place.ts";

/** Whether a `null` member is dropped (what a script asks) or kept (what a read showed). */
export type Nulls = "drop" | "keep";

/**
 * Checks that a value is a plain JSON object and returns a copy without its absent members: `undefined`, and with
 * `"drop"` also `null`, except inside JSON documents, where `null` has a meaning of its own.
 * Throws VALIDATION at functions, NaN, cycles, `__proto__` and objects such as dates.
 */
export function plainProps(value: unknown, place: Place, nulls: Nulls): Props {
  const read = plain(value, place, { path: [], above: new Set(), nulls });
  if (!isProps(read)) throw refusal([], "is not an object");
  return read;
}

interface Walk {
  readonly path: (string | number)[];
  readonly above: Set<unknown>;
  readonly nulls: Nulls;
}

function plain(value: unknown, place: Place, walk: Walk): Json | undefined {
  if (value === undefined) return undefined;
  if (value === null) return walk.nulls === "drop" ? undefined : null;
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") {
    if (Number.isFinite(value)) return value;
    throw refusal(walk.path, `is ${value}, which JSON cannot hold`);
  }
  if (typeof value !== "object")
    throw refusal(walk.path, `is ${value === undefined ? "undefined" : withArticle(typeof value)}, not JSON`);
  if (walk.above.has(value)) throw refusal(walk.path, "holds itself");
  walk.above.add(value);
  const inner: Walk = place.jsonDocument ? { ...walk, nulls: "keep" } : walk;
  const read = Array.isArray(value)
    ? plainList(value, place.item(), inner)
    : plainObject(value, place, inner);
  walk.above.delete(value);
  return read;
}

function plainList(list: readonly unknown[], place: Place, walk: Walk): Json[] {
  const items: Json[] = [];
  for (const [i, item] of list.entries()) {
    walk.path.push(i);
    const read = plain(item, place, walk);
    walk.path.pop();
    if (read !== undefined) items.push(read);
  }
  return items;
}

function plainObject(object: object, place: Place, walk: Walk): Props {
  const kind = Object.prototype.toString.call(object);
  if (kind !== "[object Object]") throw refusal(walk.path, `is ${kind.slice(1, -1)}, not a plain object`);
  const members: Record<string, Json> = {};
  for (const [name, member] of Object.entries(object)) {
    walk.path.push(name);
    if (name === "__proto__") throw refusal(walk.path, "is a name that no property may have");
    const read = plain(member, place.member(name), walk);
    walk.path.pop();
    if (read !== undefined) members[name] = read;
  }
  return members;
}

function refusal(path: readonly (string | number)[], what: string): ResourceError {
  const pointer: Pointer = pointerOf(path);
  return new ResourceError("VALIDATION", `${pointer || "The model"} ${what}`, { paths: [pointer] });
}
