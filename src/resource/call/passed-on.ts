import {
  type Json,
  type Pointer,
  type Props,
  expand,
  isProps,
  segmentsOf,
  valueAt,
  withValueAt,
} from "../../json.ts";
import type { Facts } from "../../schema/facts.ts";
import type { Journal } from "../../scope/journal.ts";
import { passedOn } from "../outputs/planned-outputs.ts";

type GivenNames = Pick<Journal, "given" | "unread">;

/** Notes outputs that the run gives out, so that a copy of what AWS has set in them can be told from a slip. */
export function noteGiven({ unread }: GivenNames, facts: Facts, outputs: Props): void {
  unread.push(() => keysIn(facts, outputs));
}

function readGiven({ given, unread }: GivenNames): void {
  for (const keysOf of unread.splice(0)) for (const key of keysOf()) given.add(key);
}

function keysIn(facts: Facts, outputs: Props): readonly string[] {
  // Of large outputs little is AWS's to set.
  const names = new Set((facts.readOnly ?? []).map((pattern) => segmentsOf(pattern)[0] ?? ""));
  // As a copy holds it: to look further, in a plan, may be to ask for what is known only after apply.
  const members = [...names].flatMap((name): [string, Json][] => {
    const member = Object.hasOwn(outputs, name) ? passedOn(outputs[name]) : undefined;
    return member === undefined ? [] : [[name, member]];
  });
  const copy = Object.fromEntries(members);
  return setByAws(facts, copy).map((place) => keyOf(facts, copy, place));
}

/**
 * What there is to check in properties: all but what AWS sets, where the run has given out that very value for this
 * type. `{...api, Name}` asks for no ApiId; one that comes from elsewhere is a slip, for validation to refuse.
 */
export function withoutCopied(noted: GivenNames, facts: Facts, desired: Props): Props {
  const set = setByAws(facts, desired);
  if (set.length === 0) return desired;
  readGiven(noted);
  const { given } = noted;
  const copied = set.filter((place) => given.has(keyOf(facts, desired, place)));
  // From the end, so that no item moves before its turn.
  return copied.reduceRight<Props>((left, { pointer }) => {
    const less = withValueAt(left, pointer, undefined);
    return isProps(less) ? less : left;
  }, desired);
}

/** Where a value stands, and by which rule of the schema it is AWS's to set. */
interface SetByAws {
  readonly pattern: Pointer;
  readonly pointer: Pointer;
}

const setByAws = (facts: Facts, model: Props): readonly SetByAws[] =>
  (facts.readOnly ?? []).flatMap((pattern) =>
    expand(model, pattern).map((pointer) => ({ pattern, pointer })),
  );

// By pattern, for items of a list may have moved in the copy.
const keyOf = ({ type }: Facts, model: Props, { pattern, pointer }: SetByAws): string =>
  JSON.stringify([type, pattern, valueAt(model, pointer)]);
