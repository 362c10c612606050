import {
  type Json,
  type Pointer,
  type Props,
  covers,
  isList,
  isProps,
  leavesOf,
  pointerOf,
} from "../../json.ts";
import { mask } from "./secret.ts";

/** The texts of secrets that the calls of a run have named so far. Values move about in lists: texts tell them anywhere. */
export type Texts = ReadonlySet<string>;

// Shorter ones stand in too many words to be taken out of them.
const shortest = 4;
/** From this length on, a text inside another is no accident. */
const shortestInside = 8;

/** The texts in a value by which it can be told wherever it turns up. */
export const textsIn = (value: Json): readonly string[] =>
  leavesOf(value).flatMap((leaf) =>
    typeof leaf.value === "string" && leaf.value.length >= shortest ? [leaf.value] : [],
  );

/** Tells whether a value is one of the texts, or a longer one that holds one. */
export function holdsSecret(value: Json | undefined, texts: Texts): boolean {
  if (typeof value !== "string") return false;
  return texts.has(value) || [...texts].some((text) => text.length >= shortestInside && value.includes(text));
}

/** Where properties hold one of the texts, e.g. an output that was passed on. */
export const pointersTo = (props: Props, texts: Texts): readonly Pointer[] =>
  texts.size === 0
    ? []
    : leavesOf(props).flatMap(({ pointer, value }) => (holdsSecret(value, texts) ? [pointer] : []));

/** The value with a mask for every text in it that holds a secret one; what stands at an open pointer stays. */
export function redactValue(
  value: Json,
  texts: Texts,
  open: readonly Pointer[] = [],
  path: readonly string[] = [],
): Json {
  if (texts.size === 0 || open.some((pattern) => covers(pattern, pointerOf(path)))) return value;
  const within = (member: Json, name: string | number): Json =>
    redactValue(member, texts, open, [...path, String(name)]);
  if (isList(value)) return value.map(within);
  if (isProps(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, within(member, name)]));
  }
  return holdsSecret(value, texts) ? mask : value;
}

/** The same of properties. */
export function redactProps(props: Props, texts: Texts, open: readonly Pointer[] = []): Props {
  const shown = redactValue(props, texts, open);
  return isProps(shown) ? shown : props;
}

/** A message in which a mask stands for every one of the texts, also where it is quoted as JSON. */
export function redactText(text: string, texts: Iterable<string>): string {
  return [...texts]
    .filter(({ length }) => length >= shortest)
    .flatMap((one) => [one, JSON.stringify(one).slice(1, -1)])
    .toSorted((a, b) => b.length - a.length)
    .reduce((shown, one) => shown.replaceAll(one, () => mask), text);
}
