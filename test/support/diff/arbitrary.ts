import * as fc from "fast-check";
import type { Json, Pointer, Props } from "../../../src/json.ts";
import { covers, isList, isProps, pointerOf } from "../../../src/json.ts";
import type { Facts } from "../../../src/schema/facts.ts";

const names = ["A", "B", "C", "a/b", "t~"];
const name = fc.constantFrom(...names);
const scalar: fc.Arbitrary<Json> = fc.oneof(
  fc.integer({ min: 0, max: 3 }),
  fc.constantFrom("x", "y", ""),
  fc.boolean(),
);

const { value } = fc.letrec<{ value: Json; list: Json; object: Json }>((tie) => ({
  value: fc.oneof({ depthSize: "small", maxDepth: 3 }, scalar, tie("object"), tie("list")),
  list: fc.array(tie("value"), { maxLength: 3 }),
  object: fc.dictionary(name, tie("value"), { maxKeys: 3 }),
}));

/** A small model with few names, so that two of them often meet. */
export const model: fc.Arbitrary<Props> = fc.dictionary(name, value, { maxKeys: 4 });

const pointer: fc.Arbitrary<Pointer> = fc
  .array(fc.constantFrom(...names, "*"), { minLength: 1, maxLength: 3 })
  .filter(([first]) => first !== "*")
  .map(pointerOf);
const pointers = fc.array(pointer, { maxLength: 3 });

/** Facts that may contradict each other, as those of real types do. */
export const facts: fc.Arbitrary<Facts> = fc.record({
  readOnly: pointers,
  writeOnly: pointers,
  createOnly: pointers,
  conditionalCreateOnly: pointers,
  unordered: pointers,
  invalidWhenEmpty: pointers,
});

/** What a read shows of a model: everything but what lies at the patterns. */
export function shown(model: Props, patterns: readonly Pointer[]): Props {
  const walk = (value: Json, path: readonly (string | number)[]): Json => {
    const hidden = (name: string | number): boolean =>
      patterns.some((pattern) => covers(pattern, pointerOf([...path, name])));
    if (isList(value)) return value.filter((_, i) => !hidden(i)).map((item, i) => walk(item, [...path, i]));
    if (!isProps(value)) return value;
    const kept = Object.entries(value).filter(([name]) => !hidden(name));
    return Object.fromEntries(kept.map(([name, member]) => [name, walk(member, [...path, name])]));
  };
  const seen = walk(model, []);
  return isProps(seen) ? seen : {};
}

/** A type, what was asked and seen before, what is there and what is asked now; the facts may not know what is hidden. */
export const change = fc
  .record({
    facts,
    before: fc.option(model, { nil: undefined }),
    observed: fc.option(model, { nil: undefined }),
    there: model,
    desired: model,
    blind: fc.boolean(),
  })
  .map(({ facts: { writeOnly: hidden = [], ...rest }, before, observed, there, desired, blind }) => ({
    hidden,
    blind,
    facts: blind ? rest : { ...rest, writeOnly: hidden },
    prior: before && { desired: before, live: observed && shown(observed, hidden) },
    live: shown(there, hidden),
    desired,
  }));

/** How many random cases a law is tried on: `LAW_RUNS=10000` where there is time. */
export const runs = { numRuns: Number(process.env["LAW_RUNS"] ?? 200) };
