import {
  type Json,
  type Pointer,
  type Props,
  child,
  isList,
  isProps,
  pointerOf,
  segmentsOf,
} from "../../json.ts";

/** What has come of a write, as far as naming its places goes: what is there, and what the script asks. */
export interface NamedModels {
  readonly live: Props;
  readonly desired: Props;
}

/**
 * The places that the words of a refusal name, the surest way of naming first: JSON pointers (`#/Rules/0/Name`), paths
 * (`Rules[0].Name`, `rules.1.member.name`), properties by name, and members further in by a name that is in quotes or
 * that no plain word could be.
 */
export function refusedPlacesIn(text: string, { live, desired }: NamedModels): readonly Pointer[] {
  // What was refused may spell like a name, and says nothing.
  const words = text.replaceAll(/\bValue '[^']*' at\b/g, "at").replaceAll(sdkNote, "");
  for (const read of [pointersIn, pathsIn, namesIn, innerNamesIn]) {
    const found = [...new Set(read(words, [live, desired]))];
    if (found.length > 0) return found;
  }
  return [];
}

/** What an SDK adds to the words of a service: "Status Code" is no `Code` of the script's. */
const sdkNote = /\((?:Service|Request ID): [^)]*\)/g;

type Models = readonly Props[];

function pointersIn(text: string): Pointer[] {
  const strays = [...text.matchAll(/(?:#((?:\/[\w~-]+)*): )?extraneous key \[([^\]]+)\]/g)].map(
    ([, parent = "", name = ""]) => `${parent}/${name}`,
  );
  if (strays.length > 0) return strays;
  const pointers = [...text.matchAll(/(?:#|\/properties)((?:\/[\w*~-]+)+)/g)].map(([, path = ""]) => path);
  return pointers.filter((path) => segmentsOf(path).length > 0);
}

/** `A.B`, `A.0.B`, `A[0].B`, `a.1.member.b` (counted from one, as queries do), with or without a `$.` or a type before. */
function pathsIn(text: string, models: Models): Pointer[] {
  const written = text.match(/[A-Za-z$][\w$-]*(?:\.[\w-]+|\[\d+\])+/g) ?? [];
  return written.flatMap((path) => {
    const segments = path.split(/[.[\]]+/).filter((segment) => segment !== "");
    const starts = segments.map((_, i) => segments.slice(i)).filter((rest) => rest.length > 1);
    const found = starts.map((rest) => resolveIn(models, rest)).find((at) => at !== undefined);
    return found === undefined ? [] : [found];
  });
}

function resolveIn(models: Models, segments: readonly string[]): Pointer | undefined {
  for (const model of models) {
    const found = resolvePath(model, segments);
    if (found) return pointerOf(found);
  }
  return undefined;
}

/** In the paths of queries `member` stands before a number that counts from one. */
function resolvePath(
  value: Json,
  [segment, ...rest]: readonly string[],
  isQuery = false,
): readonly string[] | undefined {
  if (segment === undefined) return [];
  if (segment === "member" && isList(value)) return resolvePath(value, rest, true);
  const name = isList(value)
    ? indexIn(value, segment, isQuery || rest[0] === "member")
    : nameIn(value, segment);
  const inner = name === undefined ? undefined : child(value, name);
  const left = isList(value) && rest[0] === "member" ? rest.slice(1) : rest;
  const below = inner === undefined ? undefined : resolvePath(inner, left);
  return below && name !== undefined ? [name, ...below] : undefined;
}

function indexIn(list: readonly Json[], segment: string, isFromOne: boolean): string | undefined {
  if (!/^\d+$/.test(segment)) return undefined;
  const index = Number(segment) - (isFromOne ? 1 : 0);
  return list[index] === undefined ? undefined : String(index);
}

const nameIn = (value: Json, segment: string): string | undefined =>
  isProps(value)
    ? Object.keys(value).find((one) => one === segment || one === capitalized(segment))
    : undefined;

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function namesIn(text: string, models: Models): Pointer[] {
  const names = [...new Set(models.flatMap((model) => Object.keys(model)))];
  return names.filter((name) => isNamed(text, name)).map((name) => pointerOf([name]));
}

function innerNamesIn(text: string, models: Models): Pointer[] {
  const named = new Map<string, boolean>();
  const isTold = (name: string): boolean => {
    const known =
      named.get(name) ?? (isNamed(text, name) && (isQuoted(text, name) || /[a-z0-9][A-Z]/.test(name)));
    named.set(name, known);
    return known;
  };
  const walk = (value: Json, path: readonly string[]): Pointer[] => {
    if (isList(value)) return value.flatMap((item, i) => walk(item, [...path, String(i)]));
    if (!isProps(value)) return [];
    return Object.entries(value).flatMap(([name, inner]) => {
      const here = [...path, name];
      return isTold(name) ? [pointerOf(here)] : walk(inner, here);
    });
  };
  return models.flatMap((model) => walk(model, []));
}

/** Services write the names of their own API, which begin small, or in words of their own; a word inside another one is none. */
const isNamed = (text: string, name: string): boolean =>
  new RegExp(`(?<![\\w/.-])${spelled(name)}(?![\\w/-])`).test(text);

const isQuoted = (text: string, name: string): boolean =>
  new RegExp(`(['"\`\\[])${spelled(name)}['"\`\\]]`).test(text);

/** `MaxCapacity`, `maxCapacity` and `Max Capacity`. */
function spelled(name: string): string {
  const plain = name.replaceAll(/[^\w]/g, "\\$&");
  const first = name.charAt(0);
  const either = /[A-Za-z]/.test(first)
    ? `[${first.toUpperCase()}${first.toLowerCase()}]${plain.slice(1)}`
    : plain;
  const words = name.match(/[A-Z][a-z0-9]+/g) ?? [];
  return words.length > 1 && words.join("") === name ? `(?:${either}|${words.join(" ")})` : either;
}
