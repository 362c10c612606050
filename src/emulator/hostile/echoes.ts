import { type Json, type Pointer, type Props, covers, equal, isList } from "../../json.ts";
import type { Limit, Shape } from "../../schema/facts.ts";
import { chance } from "./drawing.ts";
import { habitsOf } from "./handlers.ts";
import type { Nature, TreatedType } from "./nature.ts";

/** How many of the properties that nobody has given show all the same, and how many of them with what breaks their schema. */
const shownShare = 0.3;
const brokenShare = 0.1;
/** How many resources have one that the service refuses when it is sent back. */
const refusedShare = 0.35;

/** What a read shows of its own accord, by name. */
export function echoesIn(told: TreatedType, visible: Props, nature: Nature): Props {
  if (!nature.hostility.has("echoes")) return {};
  return { ...inventedIn(told, visible, nature), ...habitsOf(told.type).echo?.(visible) };
}

function inventedIn(told: TreatedType, visible: Props, { drawn }: Nature): Props {
  const open = Object.entries(told.facts.members?.properties ?? {}).filter(
    ([name]) => !Object.hasOwn(visible, name) && isOpen(told, `/${name}`),
  );
  const shown = open.flatMap(([name, shape]): [string, Json][] => {
    const value = echoOf(told, name, shape);
    // What is broken and fixed at creation nobody could ever update; no report tells of such.
    if (value === undefined || (isBroken(told, name, value) && isFixed(told, name))) return [];
    const share = isBroken(told, name, value) ? brokenShare : shownShare;
    return chance(drawn, "echo", name) < share ? [[name, value]] : [];
  });
  return Object.fromEntries(shown);
}

/** What only the service sets, what no read shows and what a name is made of is no echo; nor what excludes something. */
function isOpen(
  { readOnly, writeOnly, identity, facts: { exclusive = [] } }: TreatedType,
  pointer: Pointer,
): boolean {
  const marked = [...readOnly, ...writeOnly, ...identity, ...exclusive.flat()];
  return !marked.some((one) => one === pointer || one.startsWith(`${pointer}/`));
}

function echoOf({ facts }: TreatedType, name: string, shape: Shape): Json | undefined {
  const values = facts.members?.values?.[name] ?? valuesIn(facts.limits?.[`/${name}`]);
  if (values !== undefined) return values[0];
  if (shape === "boolean") return false;
  if (shape === "string") return facts.limits?.[`/${name}`] === undefined ? undefined : "";
  if (typeof shape === "string") return undefined;
  return "list" in shape ? [] : "map" in shape ? {} : undefined;
}

const valuesIn = (limits: readonly Limit[] = []): readonly Json[] | undefined =>
  limits.find(({ values }) => values !== undefined)?.values;

const isFixed = (
  { createOnly, facts: { conditionalCreateOnly = [], required = [] } }: TreatedType,
  name: string,
): boolean => [...createOnly, ...conditionalCreateOnly, ...required].some((one) => covers(`/${name}`, one));

function isBroken({ facts }: TreatedType, name: string, value: Json): boolean {
  return breachOf(facts.limits?.[`/${name}`], value) !== undefined;
}

/** The keyword of a schema that an empty value breaks. */
function breachOf(limits: readonly Limit[] = [], value: Json): string | undefined {
  const size = value === "" ? "minLength" : isList(value) ? "minItems" : "minProperties";
  const isEmpty =
    value === "" || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
  const certain = limits.filter(({ isAlternative }) => isAlternative !== true);
  if (!isEmpty) return undefined;
  if (certain.some((limit) => (limit[size] ?? 0) > 0)) return size;
  return value === "" && certain.some(({ pattern }) => !matchesEmpty(pattern)) ? "pattern" : undefined;
}

function matchesEmpty(pattern: string | undefined): boolean {
  if (pattern === undefined) return true;
  try {
    return new RegExp(pattern, "u").test("");
  } catch {
    return true;
  }
}

/** What Cloud Control has against a model that still holds echoes which break their own schema. */
export function breachesIn(told: TreatedType, wanted: Props, echoes: Props): readonly string[] {
  const own = habitsOf(told.type).breach?.(wanted);
  const invented = Object.entries(echoes).flatMap(([name, value]) => {
    const keyword = breachOf(told.facts.limits?.[`/${name}`], value);
    if (keyword === undefined || !equal(wanted[name], value)) return [];
    return [`#/${name}: failed validation constraint for keyword [${keyword}]`];
  });
  return [...new Set([...(own === undefined ? [] : [own]), ...invented])];
}

/** What the service has against it. */
export function refusalIn(
  told: TreatedType,
  wanted: Props,
  echoes: Props,
  nature: Nature,
): string | undefined {
  const own = habitsOf(told.type);
  const refused = own.refuse?.(wanted);
  if (refused !== undefined) return refused;
  // One surprise a resource: what is refused twice over nobody could update.
  if (own.refuse || own.breach || breachesIn(told, echoes, echoes).length > 0) return undefined;
  const name = refusedAmong(told, echoes, nature);
  if (name === undefined || !equal(wanted[name], echoes[name])) return undefined;
  return `${name} cannot be specified for this resource (Service: ${told.type.split("::")[1]}, Status Code: 400)`;
}

function refusedAmong(told: TreatedType, echoes: Props, { drawn }: Nature): string | undefined {
  if (chance(drawn, "refuses") >= refusedShare) return undefined;
  const names = Object.keys(echoes).filter((name) => !isFixed(told, name));
  return names.toSorted((a, b) => chance(drawn, "refused", a) - chance(drawn, "refused", b))[0];
}
