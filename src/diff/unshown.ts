import { type Json, type Pointer, child, isList, isProps, pointerOf, segmentsOf } from "../json.ts";

/** What tells whether a place is shown: what reads say, and what scripts say or said. */
export interface Witnesses {
  readonly live: Json;
  readonly declared: readonly (Json | undefined)[];
}

/**
 * The part of the write-only places that live does not show after all: some handlers read back what their schema calls
 * write-only (`SourceParameters` of AWS::Pipes::Pipe), and what a read shows is live. Items of a list count together.
 */
export function unshownPaths(writeOnly: readonly Pointer[], { live, declared }: Witnesses): Pointer[] {
  return writeOnly.flatMap((pattern) =>
    unshownAt({ shown: [live], said: declared.filter((model) => model !== undefined) }, segmentsOf(pattern)),
  );
}

/** The values that stand at one place, or at one place in every item of a list. */
interface Values {
  readonly shown: readonly Json[];
  readonly said: readonly Json[];
}

function unshownAt(
  values: Values,
  [segment, ...rest]: readonly string[],
  path: readonly string[] = [],
): Pointer[] {
  if (segment === undefined) return unshownBelow(values, path);
  const names = segment === "*" ? namesIn(values) : [segment];
  // What nobody speaks of stays as the schema has it.
  if (names.length === 0) return [pointerOf([...path, segment, ...rest])];
  return names.flatMap((name) => unshownAt(within(values, name), rest, [...path, name]));
}

function unshownBelow(values: Values, path: readonly string[]): Pointer[] {
  if (!values.shown.some(isTelling)) return [pointerOf(path)];
  return namesIn({ shown: [], said: values.said }).flatMap((name) => {
    const inner = within(values, name);
    return inner.said.length === 0 ? [] : unshownBelow(inner, [...path, name]);
  });
}

/** An empty container, null or a mask says nothing of what it might hold. */
function isTelling(value: Json): boolean {
  if (typeof value === "string") return !/^\*+$/.test(value);
  if (isList(value)) return value.length > 0;
  return isProps(value) ? Object.keys(value).length > 0 : value !== null;
}

function namesIn({ shown, said }: Values): string[] {
  const all = [...said, ...shown];
  const names = all.flatMap((value) => (isProps(value) ? Object.keys(value) : []));
  return [...new Set([...names, ...(all.some(isList) ? ["*"] : [])])];
}

function within({ shown, said }: Values, name: string): Values {
  const inner = (values: readonly Json[]): Json[] =>
    values.flatMap((value): Json[] => {
      if (name === "*" && isList(value)) return [...value];
      const member = isProps(value) ? child(value, name) : undefined;
      return member === undefined ? [] : [member];
    });
  return { shown: inner(shown), said: inner(said) };
}
