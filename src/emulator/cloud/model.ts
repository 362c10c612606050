import {
  type Json,
  type Pointer,
  type Props,
  expand,
  isList,
  isProps,
  pointerOf,
  segmentsOf,
  valueAt,
  withValueAt,
} from "../../json.ts";
import type { KnownType } from "./known-type.ts";
import type { Settings } from "./options.ts";
import { inventValue } from "./invented.ts";
import { fillAll } from "./template.ts";

/** What a read shows: everything but write-only values, and containers that held nothing else. */
export function readView(known: KnownType, model: Props): Props {
  return without(model, known.writeOnly);
}

/** What a read never shows: the write-only values as last sent, by concrete pointer. */
export function hiddenIn(known: KnownType, model: Props): Readonly<Record<Pointer, Json>> {
  const pointers = known.writeOnly.flatMap((pattern) => expand(model, pattern));
  return Object.fromEntries(pointers.map((pointer) => [pointer, valueAt(model, pointer) ?? null]));
}

/** The model less everything at the patterns; a container that they empty goes with its content. */
export function without(model: Props, patterns: readonly Pointer[]): Props {
  const gone = patterns.flatMap((pattern) => expand(model, pattern));
  const rest = gone.reduce<Json>(removeAt, model);
  return isProps(rest) ? rest : {};
}

function removeAt(model: Json, pointer: Pointer): Json {
  const next = withValueAt(model, pointer, undefined);
  const parent = pointerOf(segmentsOf(pointer).slice(0, -1));
  const left = valueAt(next, parent);
  const emptied = parent !== "" && isProps(left) && Object.keys(left).length === 0;
  // A member of a list keeps its place, or the pointers that follow would name its neighbours.
  const inList = isList(valueAt(next, pointerOf(segmentsOf(parent).slice(0, -1))));
  return emptied && !inList ? removeAt(next, parent) : next;
}

/** Puts the service's defaults where the model has nothing, member by member in nested objects. */
export function withDefaults(known: KnownType, model: Props, settings: Settings): Props {
  const { defaults = {}, keep = (same: Props) => same } = known.behaviour;
  const open = Object.entries(dataOf(defaults, model)).filter(([name]) => !Object.hasOwn(model, name));
  return lowerCaseAt(known, keep(filledIn(model, open, settings)));
}

const dataOf = (source: Props | ((model: Props) => Props), model: Props): Props =>
  typeof source === "function" ? source(model) : source;

/** Fills templates one after the other: each may speak of those before it. */
const filledIn = (model: Props, templates: readonly [string, Json][], settings: Settings): Props =>
  templates.reduce<Props>(
    (sofar, [name, template]) => ({ ...sofar, [name]: fillAll(template, sofar, settings) }),
    model,
  );

function lowerCaseAt(known: KnownType, model: Props): Props {
  const pointers = known.behaviour.lowerCase ?? [];
  return pointers.reduce<Props>((result, pointer) => {
    const value = valueAt(result, pointer);
    const next = typeof value === "string" ? withValueAt(result, pointer, value.toLowerCase()) : result;
    return isProps(next) ? next : result;
  }, model);
}

/** Makes what only the service can make: read-only values and identifier parts that nobody gave. */
export function withMadeValues(known: KnownType, model: Props, settings: Settings): Props {
  const templates = Object.entries(dataOf(known.behaviour.made ?? {}, model));
  const missing = templates.filter(([name]) => !Object.hasOwn(model, name));
  const made = filledIn(model, missing, settings);
  // The identifier comes first: what else is invented is named after it.
  const open = [...known.identity, ...known.readOnly].filter((pointer) => segmentsOf(pointer).length === 1);
  return open.reduce<Props>((sofar, pointer) => {
    const [name = ""] = segmentsOf(pointer);
    const value = Object.hasOwn(sofar, name) ? undefined : inventValue(known, name, sofar, settings);
    return value === undefined ? sofar : { ...sofar, [name]: value };
  }, made);
}

/** Puts back the read-only values that an update's result lost together with the object around them. */
export function withReadOnlyOf(known: KnownType, result: Props, current: Props): Props {
  const pointers = known.readOnly.flatMap((pattern) => expand(current, pattern));
  const kept = pointers.reduce<Json>((model, pointer) => {
    const parent = valueAt(model, pointerOf(segmentsOf(pointer).slice(0, -1)));
    const missing = isProps(parent) && valueAt(model, pointer) === undefined;
    return missing ? withValueAt(model, pointer, valueAt(current, pointer)) : model;
  }, result);
  return isProps(kept) ? kept : result;
}

/** The result of an update with what is there at places that the service does not heed. */
export function withKept(pointers: readonly Pointer[], result: Props, current: Props): Props {
  return pointers.reduce<Props>((model, pointer) => {
    const kept = withValueAt(model, pointer, valueAt(current, pointer));
    return isProps(kept) ? kept : model;
  }, result);
}
