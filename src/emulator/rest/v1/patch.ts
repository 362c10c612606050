import { type Json, type Props, isList, isProps, segmentsOf } from "../../../json.ts";
import type { Facts, Members, Shape } from "../../../schema/facts.ts";
import { plain } from "../../behaviours/behaviour.ts";
import { Refusal } from "../../cloud/refusal.ts";
import { absent, badRequest } from "../reply.ts";
import { type Names, restName } from "../shape.ts";

// The dialect of JSON Patch that API Gateway speaks: values are text, and a list is written as if it were a map whose
// keys are its items. https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html

/** What a patch is made against. */
export interface Subject {
  readonly facts: Facts;
  readonly names: Names;
  /** Properties that no patch changes. */
  readonly closed: readonly string[];
}

interface Op {
  readonly op: string;
  readonly path: string;
  readonly segments: readonly string[];
  readonly value: string;
}

/** Applies the operations of an Update's body, all or none. */
export function patchModel(subject: Subject, api: string, model: Props, body: Props): Props {
  const members = subject.facts.members;
  return opsIn(api, body).reduce((sofar, op) => inMembers(subject, members, sofar, op), model);
}

function opsIn(api: string, { patchOperations: ops = [] }: Props): Op[] {
  const list = isList(ops) ? ops.filter(isProps) : [];
  const broken = list.flatMap(({ op }, i) =>
    verbs.includes(plain(op)) ? [] : [violation(api, plain(op), i)],
  );
  if (broken.length > 0) {
    const many = broken.length === 1 ? "1 validation error" : `${broken.length} validation errors`;
    throw new Refusal("ValidationException", `${many} detected: ${broken.join("; ")}`, 400);
  }
  return list.map(({ op, path, value }) => {
    if (typeof path !== "string" || !path.startsWith("/")) throw badPath(plain(path ?? null));
    return { op: plain(op), path, segments: segmentsOf(path), value: plain(value ?? "") };
  });
}

const verbs = ["add", "remove", "move", "test", "replace", "copy"];

const violation = (api: string, op: string, i: number): string =>
  `Value '${op}' at '${api.charAt(0).toLowerCase()}${api.slice(1)}Input.patchOperations.${i + 1}.member.op' ` +
  `failed to satisfy constraint: Member must satisfy enum value set: [${verbs.join(", ")}]`;

const badPath = (path: string): Refusal => badRequest(`Invalid patch path ${path}`);

function inMembers(subject: Subject, members: Members | undefined, value: Props, op: Op): Props {
  const [first, ...rest] = op.segments;
  const known = Object.entries(members?.properties ?? {});
  const [property, shape] =
    known.find(([name]) => restName(subject.names, name) === first && !subject.closed.includes(name)) ?? [];
  if (property === undefined || shape === undefined) throw badPath(op.path);
  const inner = { ...op, segments: rest };
  const next = inValue(subject, shape, value[property], inner);
  const { [property]: _, ...others } = value;
  return next === undefined ? others : { ...value, [property]: next };
}

/** The new value of a property; undefined takes it out. */
function inValue(subject: Subject, shape: Shape, value: Json | undefined, op: Op): Json | undefined {
  if (typeof shape === "string" || "oneOf" in shape) return inScalar(shape, op);
  if ("ref" in shape) {
    if (op.segments.length === 0 && op.op === "remove") return undefined;
    const members = subject.facts.definitions?.[shape.ref];
    return inMembers({ ...subject, closed: [] }, members, isProps(value) ? value : {}, op);
  }
  const [key, ...deeper] = op.segments;
  if (key === undefined || deeper.length > 0) throw badPath(op.path);
  if ("map" in shape) return inMap(shape.map, isProps(value) ? value : {}, key, op);
  if (shape.list !== "string") throw badPath(op.path);
  return inList(isList(value) ? value : [], key, op);
}

function inScalar(shape: Shape, { op, path, segments, value }: Op): Json | undefined {
  if (segments.length > 0) throw badPath(path);
  if (op === "replace") return read(shape, value);
  if (op === "remove" && path === "/description") return undefined;
  throw badRequest("Invalid patch operation specified. Must be one of: [replace]");
}

function inMap(shape: Shape, map: Props, key: string, { op, path, value }: Op): Props | undefined {
  if (op === "add" || op === "replace") return { ...map, [key]: read(shape, value) };
  if (op !== "remove") throw badPath(path);
  if (!Object.hasOwn(map, key)) {
    const isType = /^\/(?:request|response)(?:Templates|Models)\//.test(path);
    throw absent(isType ? "Content-Type specified was not found" : "Invalid parameter name specified");
  }
  const { [key]: _, ...others } = map;
  return Object.keys(others).length === 0 ? undefined : others;
}

function inList(list: readonly Json[], key: string, { op, path, value }: Op): Json[] | undefined {
  const others = list.filter((item) => item !== key);
  if (op === "remove") return others.length === 0 ? undefined : others;
  if (op === "add") return [...others, key];
  if (op !== "replace") throw badPath(path);
  return [...others, value.replaceAll("~1", "/").replaceAll("~0", "~")];
}

/** Whatever is not `true` is false, as the service reads it. */
function read(shape: Shape, text: string): Json {
  if (shape === "boolean") return text === "true";
  if (shape === "integer" || shape === "number") {
    if (text.trim() === "" || Number.isNaN(Number(text))) throw badRequest(`Invalid value: ${text}`);
    return Number(text);
  }
  const isFlag = typeof shape === "object" && "oneOf" in shape && shape.oneOf.includes("boolean");
  return isFlag && (text === "true" || text === "false") ? text === "true" : text;
}
