import { type Json, type Pointer, type Props, isProps, leavesOf, withValueAt } from "../../json.ts";

// A plan runs the user's script, and a script has only real values to work with. What will be known after apply is
// text like any other, so it may go into strings and properties, and is told by its brackets wherever it comes out.

/** The text that stands for what AWS will set at a path of a resource. */
export const placeholderOf = (id: string, path: readonly string[]): string => `⟨${[id, ...path].join(".")}⟩`;

const marks = /[⟨⟩]/;

/** Tells whether a text holds something that is known only after apply. */
export const isUnknown = (value: Json | undefined): boolean => typeof value === "string" && marks.test(value);

/** Tells whether a text is such a thing and nothing else, so that it may stand for what is no text as well. */
export const isWhollyUnknown = (value: Json | undefined): boolean =>
  typeof value === "string" && isUnknown(value) && withGaps(value) === gap;

/** Tells whether a text holds only a piece of such a thing, as is left where a program has cut it. */
export const isFragment = (text: string): boolean => marks.test(withGaps(text));

/** Stands for what is left open: a character that no text of a resource holds. */
export const gap = "\0";

/** The text with a gap for everything that is known only after apply, those around others as a whole. */
export function withGaps(text: string): string {
  const innermost = /⟨[^⟨⟩]*⟩/g;
  const left = text.replace(innermost, gap);
  return left === text ? text : withGaps(left);
}

/** The places of values that are known only after apply. */
export function unknownIn(props: Props): readonly Pointer[] {
  return leavesOf(props).flatMap(({ pointer, value }) =>
    isUnknown(value) || isUnknown(pointer) ? [pointer] : [],
  );
}

/** The properties without what is known only after apply. */
export function knownIn(props: Props): Props {
  return unknownIn(props).reduce<Props>((left, pointer) => {
    const less = withValueAt(left, pointer, undefined);
    return isProps(less) ? less : left;
  }, props);
}
