import { expect, test } from "vitest";
import { isResourceError } from "../../../src/errors.ts";
import { type Json, type Pointer, type Props, isList, isProps, segmentsOf } from "../../../src/json.ts";
import { readCall } from "../../../src/resource/call/read-call.ts";
import { unknownOutputs } from "../../../src/resource/outputs/planned-outputs.ts";
import { bundledFacts, bundledTypes } from "../../../src/schema/bundled.ts";
import type { Facts, Shape } from "../../../src/schema/facts.ts";
import { tell } from "../../support/crash/tell.ts";
import { hasRegistry, pairs } from "../../support/generated/registry.ts";

/** What a plan shows at an attribute: text, an object, what throws when it is looked into, or what must not be there. */
type Shown = "text" | "object" | "thrown" | "wrong";

/** Items of a list that nobody has stated are as unknown as the list. */
const mayThrow = (pattern: Pointer, shown: Shown): boolean => pattern.includes("/*") && shown === "thrown";

const isUnknownAtPlan = (error: unknown): boolean =>
  isResourceError(error) && error.code === "UNKNOWN_AT_PLAN";

/** Walks to a read-only place as a script would, item by item, and tells what it finds there. */
function shownAt(outputs: object, pattern: Pointer): Shown {
  try {
    const value = segmentsOf(pattern).reduce<unknown>(
      (at, segment) => (at as Record<string, unknown>)[segment === "*" ? "0" : segment],
      outputs,
    );
    if (typeof value === "string") return /^⟨.*⟩$/.test(value) ? "text" : "wrong";
    if (typeof value !== "object" || value === null) return "wrong";
    const text = JSON.stringify(value);
    return text.includes("⟨") ? "object" : "wrong";
  } catch (error) {
    return isUnknownAtPlan(error) ? "thrown" : "wrong";
  }
}

/** What a schema that is right says must be there. */
function fits(shown: Shown, shape: Shape | undefined, facts: Facts): boolean {
  if (shape === undefined || shape === "any") return shown !== "wrong";
  if (shape === "string") return shown === "text";
  if (typeof shape === "object" && "ref" in shape && isDescribed(facts, shape.ref)) {
    return shown === "object" || shown === "thrown";
  }
  if (typeof shape === "object" && "oneOf" in shape)
    return shape.oneOf.some((one) => fits(shown, one, facts));
  return shown === "thrown";
}

const isDescribed = ({ definitions = {} }: Facts, name: string): boolean =>
  Object.keys(definitions[name]?.properties ?? {}).length > 0;

function shapeAt({ members, definitions = {} }: Facts, pattern: Pointer): Shape | undefined {
  let shape: Shape | undefined;
  let properties = members?.properties;
  for (const segment of segmentsOf(pattern)) {
    if (segment === "*" && typeof shape === "object") {
      shape = "list" in shape ? shape.list : "map" in shape ? shape.map : undefined;
    } else shape = properties?.[segment];
    properties = typeof shape === "object" && "ref" in shape ? definitions[shape.ref]?.properties : undefined;
  }
  return shape;
}

/** Properties that state all that a script may state of what read-only places live in, and no more. */
function around(patterns: readonly Pointer[]): Props {
  const isOurs = (pattern: Pointer): boolean =>
    !patterns.some((other) => other !== pattern && pattern.startsWith(`${other}/`));
  return patterns.filter(isOurs).reduce<Props>((props, pattern) => put(props, segmentsOf(pattern)), {});
}

function put(value: Json | undefined, [segment, ...rest]: readonly string[]): Props {
  const props = isProps(value) ? value : {};
  if (segment === undefined || rest.length === 0) return props;
  const inner = props[segment];
  if (rest[0] !== "*") return { ...props, [segment]: put(inner, rest) };
  return { ...props, [segment]: [put(isList(inner) ? inner[0] : undefined, rest.slice(1))] };
}

function wrongIn(
  facts: Facts,
  truth: Facts,
  desired: Props,
): { readonly count: number; readonly wrong: string[] } {
  const type = facts.type ?? "";
  const call = { ...readCall(type, "it", { input: {}, apart: [{}] }), facts, desired };
  const outputs = unknownOutputs(call, { unknowns: [], seen: new Map() });
  const patterns = truth.readOnly ?? [];
  const wrong = patterns.filter((pattern) => {
    const shown = shownAt(outputs, pattern);
    return !mayThrow(pattern, shown) && !fits(shown, shapeAt(truth, pattern), truth);
  });
  return { count: patterns.length, wrong: wrong.map((pattern) => `${type}${pattern}`) };
}

/** Everything that is wrong, of one way to know the facts of the types. */
function sweep(all: readonly (readonly [facts: Facts, truth: Facts])[]): readonly string[] {
  const wrong = new Set<string>();
  let count = 0;
  for (const [facts, truth] of all) {
    for (const desired of [{}, around(truth.readOnly ?? [])]) {
      const found = wrongIn(facts, truth, desired);
      count += found.count;
      for (const one of found.wrong) wrong.add(one);
    }
  }
  const types = new Set([...wrong].map((one) => one.split("/")[0]));
  tell(`attributes looked at: ${count}, wrong: ${wrong.size} of ${types.size} types`);
  return [...wrong];
}

test("no read-only attribute of any bundled type is undefined or a fragment in a plan", () => {
  const all = bundledTypes().flatMap((type) => {
    const facts = bundledFacts(type);
    return facts ? [[facts, facts] as const] : [];
  });
  expect(sweep(all)).toEqual([]);
});

test.skipIf(!hasRegistry)("the same of every type as the registry describes it", { timeout: 60_000 }, () => {
  expect(sweep(pairs().map(({ told }) => [told, told]))).toEqual([]);
});

test.skipIf(!hasRegistry)(
  "the same with the bundle's facts, held against the registry",
  { timeout: 60_000 },
  () => {
    const wrong = sweep(pairs().map(({ told, carried }) => [carried, told]));
    // Attributes that are younger than what this version was made from, or that the two sources disagree on.
    expect(wrong.length).toBeLessThan(20);
  },
);
