import {
  type Json,
  type Pointer,
  type Props,
  equal,
  isProps,
  pointerOf,
  segmentsOf,
  valueAt,
} from "../../json.ts";
import { plain } from "../behaviours/behaviour.ts";
import type { Cloud } from "./cloud.ts";
import { type KnownType, registryPointer } from "./known-type.ts";
import { invalid } from "./refusal.ts";

/** Joins the identifier parts of a model with `|`, in the order of primaryIdentifier; undefined if one is missing. */
export function identifierIn(known: KnownType, model: Props): string | undefined {
  const parts = known.identity.map((pointer) => partOf(known, pointer, valueAt(model, pointer)));
  return parts.every((part) => part !== undefined) ? parts.join("|") : undefined;
}

function partOf(known: KnownType, pointer: Pointer, value: Json | undefined): string | undefined {
  if (value === undefined || value === null || typeof value === "object") return undefined;
  return known.behaviour.lowerCase?.includes(pointer) ? String(value).toLowerCase() : String(value);
}

/** The identifier parts of a model alone, nested as they are in it. */
export function identityOf(known: KnownType, model: Props): Props {
  const found: Record<string, Json> = {};
  for (const pointer of known.identity) {
    const [name = ""] = segmentsOf(pointer);
    const value = valueAt(model, pointer);
    if (value !== undefined) Object.assign(found, nestValue(name, pointer, value));
  }
  return found;
}

function nestValue(name: string, pointer: Pointer, value: Json): Props {
  const inner = segmentsOf(pointer).slice(1).toReversed();
  return { [name]: inner.reduce<Json>((content, segment) => ({ [segment]: content }), value) };
}

/**
 * Reads an identifier as sent: text with `|`, or JSON text keyed by property name in any order, also of an
 * additional identifier. Answers the `|` form; whether such a resource exists is another question.
 */
export function readIdentifier(cloud: Cloud, known: KnownType, text: string): string {
  const keyed = parseObject(text);
  if (keyed) return fromKeys(cloud, known, keyed) ?? refuseIdentifier(known, text);
  const parts = known.identity.length === 1 ? [text] : text.split("|");
  if (parts.length !== known.identity.length || parts.includes("")) return refuseIdentifier(known, text);
  return parts.map((part, i) => partOf(known, known.identity[i] ?? "", part)).join("|");
}

function refuseIdentifier(known: KnownType, text: string): never {
  const pointers = known.identity.map(registryPointer).join(", ");
  throw invalid(`Identifier ${text} is not valid for identifier [${pointers}]`);
}

function parseObject(text: string): Props | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isProps(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function fromKeys(cloud: Cloud, known: KnownType, keyed: Props): string | undefined {
  const wanted = new Map(Object.entries(keyed).map(([name, value]) => [lastOf(name), value]));
  const holds = (pointers: readonly Pointer[]): boolean =>
    pointers.length === wanted.size && pointers.every((pointer) => wanted.has(lastOf(pointer)));
  if (holds(known.identity)) {
    const parts = known.identity.map((pointer) => partOf(known, pointer, wanted.get(lastOf(pointer))));
    return parts.includes(undefined) ? undefined : parts.join("|");
  }
  const additional = known.facts.additionalIdentifiers?.find(holds);
  if (!additional) return undefined;
  const named = cloud
    .all(known.type)
    .find(({ model }) =>
      additional.every((pointer) => equal(valueAt(model, pointer), wanted.get(lastOf(pointer)))),
    );
  return named?.identifier ?? additional.map((pointer) => plain(wanted.get(lastOf(pointer)))).join("|");
}

/** Keys may be a property name, or a pointer with or without the registry's prefix. */
function lastOf(nameOrPointer: string): string {
  const pointer = nameOrPointer.startsWith("/") ? nameOrPointer : pointerOf([nameOrPointer]);
  return segmentsOf(pointer).at(-1) ?? "";
}
