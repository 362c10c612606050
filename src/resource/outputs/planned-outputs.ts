import { ResourceError } from "../../errors.ts";
import { type Json, type Props, isList, isProps, segmentsOf } from "../../json.ts";
import type { Facts, Members, Shape } from "../../schema/facts.ts";
import { identifierOf } from "../../schema/identifier.ts";
import type { Journal } from "../../scope/journal.ts";
import { type Unknown, makeOpaque, opaqueIn } from "./opaque-values.ts";
import { originOf, outputsOf } from "./origin.ts";
import { isUnknown, placeholderOf } from "./placeholders.ts";

/** A resource that is yet to be made. */
interface Planned {
  readonly id: string;
  readonly type: string;
  readonly facts: Facts;
  readonly desired: Props;
}

/** What a plan notes of what its program asks. */
export type PlanNotes = Pick<Journal, "unknowns" | "seen">;

/**
 * The outputs of a resource that is yet to be made: what is asked, and for all else that AWS will tell what stands for
 * it. Text is a placeholder such as `⟨api.ApiId⟩`, an object that the schema describes an object of such. A list, a map,
 * a number or a boolean may be passed on whole; looked into it throws `UNKNOWN_AT_PLAN`, and so does at once what may
 * not be there at all. The scope notes it, for a program may catch it and go on without what it would have declared.
 */
export function unknownOutputs({ id, type, facts, desired }: Planned, noting: PlanNotes): Props {
  const known = identifierOf(facts, desired);
  const outputs = outputsOf({ id, type }, known ?? identifierThen(facts, id), desired, {});
  return fill(outputs, { facts, id, noting, path: [], within: [] }, facts.members);
}

/** An identifier of one part reads as the property that it is. */
function identifierThen({ primaryIdentifier = [] }: Facts, id: string): string {
  const [only, ...more] = primaryIdentifier;
  return placeholderOf(id, only !== undefined && more.length === 0 ? segmentsOf(only) : ["identifier"]);
}

/** A place of the outputs, and how it was come to. */
interface Spot {
  readonly facts: Facts;
  readonly id: string;
  readonly noting: PlanNotes;
  readonly path: readonly string[];
  /** The definitions passed on the way: one that leads back to itself is not entered twice. */
  readonly within: readonly string[];
}

const below = (spot: Spot, name: string): Spot => ({ ...spot, path: [...spot.path, name] });

/** Fills an object with what AWS will set in it; enumerable is what there will be for certain, for copies and JSON. */
function fill(object: Props, spot: Spot, members: Members | undefined): Props {
  const scalars = new Set<string>();
  for (const name of namesAt(spot, members)) {
    const inner = below(spot, name);
    const shape = shapeAt(inner, members?.properties[name]);
    const stated = Object.hasOwn(object, name) ? object[name] : undefined;
    const isSure = isCertain(inner);
    if (stated !== undefined) put(object, name, completeStated(stated, shape, inner));
    else if (isText(shape)) put(object, name, placeholderOf(spot.id, inner.path), isSure);
    else if (isEntered(inner, shape)) putLater(object, name, () => enterShape(inner, shape), isSure);
    else if (!isSure) putLater(object, name, () => look(inner), false);
    else {
      put(object, name, standIn(inner, { isList: holdsList(shape) }));
      if (isScalar(shape)) scalars.add(name);
    }
  }
  const isDark = spot.path.length === 0 && members === undefined;
  return scalars.size > 0 || isDark ? watchLooks(object, spot, { scalars, isDark }) : object;
}

/** What the schema describes, and what AWS sets wherever the schema has no word for it. */
function namesAt({ facts, path }: Spot, members: Members | undefined): ReadonlySet<string> {
  const told = (facts.readOnly ?? []).flatMap((pattern) => {
    const segments = segmentsOf(pattern);
    const name = segments[path.length];
    return name !== undefined && name !== "*" && isAlong(segments.slice(0, path.length), path) ? [name] : [];
  });
  return new Set([...Object.keys(members?.properties ?? {}), ...told]);
}

const isAlong = (pattern: readonly string[], path: readonly string[]): boolean =>
  pattern.every((segment, i) => segment === "*" || segment === path[i]);

/** Attributes that are no properties have their shapes apart, by the path that leads to them. */
function shapeAt({ facts, path }: Spot, told: Shape | undefined): Shape {
  const apart = Object.entries(facts.attributes ?? {}).find(([pattern]) => {
    const segments = segmentsOf(pattern);
    return segments.length === path.length && isAlong(segments, path);
  });
  return (told === "any" ? undefined : told) ?? apart?.[1] ?? "any";
}

/** AWS sets this place, or one around it. */
const isCertain = ({ facts, path }: Spot): boolean =>
  [...(facts.readOnly ?? []), ...(facts.primaryIdentifier ?? [])]
    .map(segmentsOf)
    .some((segments) => segments.length <= path.length && isAlong(segments, path));

/** AWS sets something below this place. */
const isFilledIn = ({ facts, path }: Spot): boolean =>
  (facts.readOnly ?? [])
    .map(segmentsOf)
    .some((segments) => segments.length > path.length && isAlong(segments.slice(0, path.length), path));

/** What a schema says nothing about is taken for text. */
function isText(shape: Shape): boolean {
  if (typeof shape === "string") return shape === "string" || shape === "any";
  return (
    "oneOf" in shape && shape.oneOf.some(isText) && shape.oneOf.every((one) => isText(one) || isScalar(one))
  );
}

function isScalar(shape: Shape): boolean {
  if (typeof shape === "string") return shape === "boolean" || shape === "integer" || shape === "number";
  return "oneOf" in shape && shape.oneOf.every(isScalar);
}

const holdsList = (shape: Shape): boolean => typeof shape === "object" && "list" in shape;

const definitionIn = (shape: Shape): string | undefined =>
  typeof shape === "object" && "ref" in shape ? shape.ref : undefined;

function membersIn({ facts }: Spot, shape: Shape): Members | undefined {
  const name = definitionIn(shape);
  const members = name === undefined ? undefined : facts.definitions?.[name];
  return members && Object.keys(members.properties).length > 0 ? members : undefined;
}

/** An object may be stepped into where AWS fills it in; one that only the script may state may not be there. */
function isEntered(spot: Spot, shape: Shape): boolean {
  if (spot.within.includes(definitionIn(shape) ?? "")) return false;
  if (isCertain(spot)) return membersIn(spot, shape) !== undefined;
  return isFilledIn(spot) && (membersIn(spot, shape) !== undefined || shape === "any" || shape === "json");
}

function enterShape(spot: Spot, shape: Shape): Props {
  const name = definitionIn(shape);
  const inside = name === undefined ? spot : { ...spot, within: [...spot.within, name] };
  return fill({}, inside, membersIn(spot, shape));
}

/** What the script has stated, with what AWS sets or may set inside it. */
function completeStated(stated: Json, shape: Shape, spot: Spot): Json {
  if (isList(stated)) {
    const item = typeof shape === "object" && "list" in shape ? shape.list : "any";
    return stated.map((one, i) => completeStated(one, item, below(spot, String(i))));
  }
  if (!isProps(stated)) return stated;
  if (typeof shape !== "object" || !("map" in shape)) {
    const members = membersIn(spot, shape);
    return members || isFilledIn(spot) ? fill({ ...stated }, spot, members) : stated;
  }
  return Object.fromEntries(
    Object.entries(stated).map(([name, one]) => [name, completeStated(one, shape.map, below(spot, name))]),
  );
}

const put = (object: object, name: string, value: unknown, enumerable = true): void => {
  Object.defineProperty(object, name, { value, enumerable, configurable: true, writable: true });
};

const putLater = (object: object, name: string, make: () => object, enumerable: boolean): void => {
  let made: object | undefined;
  Object.defineProperty(object, name, { get: () => (made ??= make()), enumerable, configurable: true });
};

const nothing = (): void => undefined;

const standIn = (spot: Spot, { isList: list, pass = nothing }: Partial<Unknown>): object =>
  makeOpaque({
    text: placeholderOf(spot.id, spot.path),
    isList: list === true,
    look: () => look(spot),
    pass,
  });

const failureAt = ({ id, path }: Spot): ResourceError =>
  new ResourceError("UNKNOWN_AT_PLAN", `${[id, ...path].join(".")} is known only after apply`, { id });

function look(spot: Spot): never {
  const error = failureAt(spot);
  spot.noting.unknowns.push({ error });
  throw error;
}

/** What is not described at all, and which members are numbers and booleans. */
interface LookContext {
  readonly scalars: ReadonlySet<string>;
  readonly isDark: boolean;
}

/**
 * A condition asks nothing of its operand, so `if (table.IsOpen)` and `port === 443` cannot be told from a look that
 * passes the value on: such a look counts as one into the unknown until the value turns up in the properties of a call.
 * A copy (`{...table}`) looks at nothing.
 */
function watchLooks(object: Props, spot: Spot, { scalars, isDark }: LookContext): Props {
  let copying: string | symbol | undefined;
  return new Proxy(object, {
    getOwnPropertyDescriptor: (on, key) => {
      copying = key;
      return Reflect.getOwnPropertyDescriptor(on, key);
    },
    get: (on, key) => {
      const isCopy = copying === key;
      copying = undefined;
      if (isDark && typeof key === "string" && /^[A-Z]/.test(key) && !(key in on))
        return look(below(spot, key));
      if (isCopy || typeof key !== "string" || !scalars.has(key)) return Reflect.get(on, key) as unknown;
      return noteLook(below(spot, key));
    },
  });
}

function noteLook(spot: Spot): object {
  const { unknowns, seen } = spot.noting;
  const unknown = { error: failureAt(spot), callsBefore: seen.size };
  unknowns.push(unknown);
  const pass = (): void => {
    const at = unknowns.indexOf(unknown);
    if (at !== -1) unknowns.splice(at, 1);
  };
  return standIn(spot, { pass });
}

/** What stands for the outputs, by which later calls can be seen to use the resource. */
export function unknownNames(outputs: Props): readonly string[] {
  const id = originOf(outputs)?.id ?? "";
  // By descriptor: to get may be to look into what is known only after apply.
  const told = Object.entries(Object.getOwnPropertyDescriptors(outputs)).flatMap(([name, descriptor]) => {
    const value: unknown = descriptor.value;
    if (typeof value === "string") return isUnknown(value) ? [value] : [];
    const isOpen = "get" in descriptor || (typeof value === "object" && value !== null && opaqueIn(value));
    return isOpen ? [placeholderOf(id, [name]).slice(0, -1)] : [];
  });
  return [...new Set(told)];
}

/** The outputs as they would stand in properties that they are passed on in. */
export function passedOn(value: unknown): Json | undefined {
  if (typeof value !== "object" || value === null) return value as Json | undefined;
  const unknown = opaqueIn(value);
  if (unknown) return unknown.text;
  if (isList(value)) return value.map((item) => passedOn(item) ?? null);
  const members = Object.entries(value).map(([name, member]): [string, Json | undefined] => [
    name,
    passedOn(member),
  ]);
  return Object.fromEntries(members.filter((member): member is [string, Json] => member[1] !== undefined));
}
