import { type Json, type Pointer, type Props, equal, isList, isProps, segmentsOf } from "../../json.ts";
import { isTooDeep } from "./nesting.ts";
import { invalid } from "./refusal.ts";

// RFC 6902, strictly, with the texts of the patch library that the service uses.

/** One operation, its members checked. */
export type Op =
  | { readonly op: "add" | "replace" | "test"; readonly path: Pointer; readonly value: Json }
  | { readonly op: "remove"; readonly path: Pointer }
  | { readonly op: "move" | "copy"; readonly path: Pointer; readonly from: Pointer };

/** Reads a PatchDocument, or refuses it with ValidationException. */
export function readPatch(text: string): Op[] {
  let document: unknown;
  if (isTooDeep(text)) throw invalid("Invalid JSON Patch payload (nested too deep)");
  try {
    document = JSON.parse(text);
  } catch {
    throw invalid("Invalid JSON Patch payload (not valid JSON)");
  }
  if (!Array.isArray(document)) throw invalid("Invalid JSON Patch payload (not an array)");
  return document.map(readOp);
}

function readOp(op: unknown): Op {
  if (!isProps(op)) throw invalid("Invalid JSON Patch payload (not an object)");
  const { op: verb, value } = op;
  const path = pointerIn(op, "path");
  if (verb === "remove") return { op: verb, path };
  if (verb === "move" || verb === "copy") return { op: verb, path, from: pointerIn(op, "from") };
  if (verb === undefined) throw invalid("Invalid JSON Patch payload (missing 'op' field)");
  if (verb !== "add" && verb !== "replace" && verb !== "test") {
    throw invalid(`Invalid JSON Patch payload (unknown 'op' field ${JSON.stringify(verb)})`);
  }
  if (value === undefined) throw invalid("Invalid JSON Patch payload (missing 'value' field)");
  return { op: verb, path, value };
}

function pointerIn(op: Props, name: "path" | "from"): Pointer {
  const pointer = op[name];
  if (typeof pointer !== "string") throw invalid(`Invalid JSON Patch payload (missing '${name}' field)`);
  if (pointer !== "" && !/^(\/([^~]|~[01])*)$/.test(pointer)) {
    throw invalid(`Invalid JSON Patch payload ('${name}' is no JSON pointer: ${pointer})`);
  }
  return pointer;
}

/** Applies the operations in order, all or none; the model given is not changed. */
export function applyPatch(model: Props, ops: readonly Op[]): Props {
  const result = ops.reduce(applyOp, model as Json);
  if (!isProps(result)) throw invalid("Model validation failed (#: expected type: JSONObject)");
  return result;
}

function applyOp(model: Json, op: Op): Json {
  switch (op.op) {
    case "add":
      return edit(model, op, (parent, name) => addValue(parent, name, op.value, op));
    case "remove":
      return edit(model, op, (parent, name) => dropValue(parent, name, op));
    case "replace":
      return edit(model, op, (parent, name) => replaceValue(parent, name, op.value, op));
    case "copy":
      return applyOp(model, { op: "add", path: op.path, value: read(model, op.from, op) });
    case "move":
      return moveValue(model, op);
    case "test":
      break;
  }
  if (equal(read(model, op.path, op), op.value)) return model;
  throw failure(op, "value differs from expectations", op.path);
}

function moveValue(model: Json, op: Op & { readonly from: Pointer }): Json {
  if (op.path.startsWith(`${op.from}/`)) throw failure(op, "a value cannot move into itself", op.path);
  const value = read(model, op.from, op);
  return applyOp(applyOp(model, { op: "remove", path: op.from }), { op: "add", path: op.path, value });
}

/** Copies the way down to a place and lets `change` remake the container that holds it. */
function edit(
  model: Json,
  op: Op,
  change: (parent: Json | undefined, name: string | undefined) => Json,
  path: readonly string[] = segmentsOf(op.path),
): Json {
  const [segment, ...rest] = path;
  if (segment === undefined || rest.length === 0) return change(model, segment);
  if (isList(model)) {
    const index = indexIn(model, segment, op);
    return model.with(index, edit(model[index] ?? null, op, change, rest));
  }
  if (!isProps(model) || !Object.hasOwn(model, segment)) throw noSuchPath(op, op.path);
  return withMember(model, segment, edit(model[segment] ?? null, op, change, rest));
}

function addValue(parent: Json | undefined, name: string | undefined, value: Json, op: Op): Json {
  if (name === undefined) return value;
  if (isList(parent)) {
    if (name === "-") return [...parent, value];
    const index = name === String(parent.length) ? parent.length : indexIn(parent, name, op);
    return parent.toSpliced(index, 0, value);
  }
  if (!isProps(parent)) throw noSuchPath(op, op.path);
  return withMember(parent, name, value);
}

function dropValue(parent: Json | undefined, name: string | undefined, op: Op): Json {
  if (name === undefined) throw failure(op, "the whole model cannot be removed", op.path);
  if (isList(parent)) return parent.toSpliced(indexIn(parent, name, op), 1);
  if (!isProps(parent) || !Object.hasOwn(parent, name)) throw noSuchPath(op, op.path);
  return Object.fromEntries(Object.entries(parent).filter(([other]) => other !== name));
}

function replaceValue(parent: Json | undefined, name: string | undefined, value: Json, op: Op): Json {
  if (name === undefined) return value;
  if (isList(parent)) return parent.with(indexIn(parent, name, op), value);
  if (!isProps(parent) || !Object.hasOwn(parent, name)) throw noSuchPath(op, op.path);
  return withMember(parent, name, value);
}

/** A member set in its place; `__proto__` is a name like any other. */
function withMember(parent: Props, name: string, value: Json): Props {
  return Object.fromEntries(new Map(Object.entries(parent)).set(name, value));
}

function read(model: Json, pointer: Pointer, op: Op): Json {
  let value = model;
  for (const segment of segmentsOf(pointer)) {
    if (isList(value)) value = value[indexIn(value, segment, op)] ?? null;
    else if (isProps(value) && Object.hasOwn(value, segment)) value = value[segment] ?? null;
    else throw noSuchPath(op, pointer);
  }
  return value;
}

function indexIn(list: readonly Json[], segment: string, op: Op): number {
  const index = Number(segment);
  if (!/^(0|[1-9]\d*)$/.test(segment)) throw noSuchPath(op, op.path);
  if (index >= list.length)
    throw failure(op, "index out of bound, index is greater than array size", op.path);
  return index;
}

const noSuchPath = (op: Op, pointer: Pointer): Error => failure(op, "noSuchPath in source", pointer);

function failure(op: Op, what: string, pointer: Pointer): Error {
  return invalid(`[${op.op.toUpperCase()} Operation] ${what}, path provided : /${pointer}`);
}
