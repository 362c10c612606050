import { type Json, type Pointer, type Props, equal, isProps, segmentsOf } from "../../../src/json.ts";
import { bundledFacts } from "../../../src/schema/bundled.ts";
import type { Facts } from "../../../src/schema/facts.ts";
import { factsFromSchema } from "../../../src/schema/from-schema.ts";
import { objectFor, propertyFor } from "./instance.ts";
import { askedOf } from "./surroundings.ts";

/** A property that may be given a second value. */
export interface Turn {
  readonly name: string;
  readonly from: Json;
  readonly to: Json;
}

/** One type with an instance of it, and what its schema lets be done with it. */
export interface Subject {
  readonly type: string;
  readonly facts: Facts;
  readonly desired: Props;
  /** A property that an update may change; none where the schema has no such property or no update handler. */
  readonly mutable: Turn | undefined;
  /** A property whose change replaces the resource. */
  readonly fixed: Turn | undefined;
}

const tops = (pointers: readonly Pointer[] | undefined): ReadonlySet<string> =>
  new Set((pointers ?? []).map((pointer) => segmentsOf(pointer)[0] ?? ""));

/** Makes the subject of a registry schema; undefined where no instance can be made. */
export function subjectOf(document: Props): Subject | undefined {
  const facts = factsFromSchema(document);
  const { type = "" } = facts;
  const shapes = isProps(document["properties"]) ? document["properties"] : {};
  const readOnly = new Set(
    (facts.readOnly ?? []).filter((pointer) => segmentsOf(pointer).length === 1).map((p) => p.slice(1)),
  );
  const identity = [...tops(facts.primaryIdentifier)].filter((name) => !readOnly.has(name));
  const making = { document, variant: 0, depth: 0 };
  // A create is validated by what this version carries, which asks some types for more than the registry does.
  const carried = [...tops(bundledFacts(type)?.required)].filter((name) => name in shapes);
  const asked = new Set([...tops(facts.required), ...carried, ...identity, ...askedOf(type)]);
  const required = [...asked].filter((name) => !readOnly.has(name));
  const base = objectFor({ ...document, required, minProperties: 0 }, making);
  if (!base) return undefined;
  const turns = { document, shapes, base };
  const mutable = canUpdate(facts)
    ? turnOf(turns, candidates(facts, shapes, "mutable", readOnly))
    : undefined;
  const withMutable = mutable ? { ...base, [mutable.name]: mutable.from } : base;
  const fixed = turnOf({ ...turns, base: withMutable }, candidates(facts, shapes, "fixed", readOnly));
  const desired = fixed ? { ...withMutable, [fixed.name]: fixed.from } : withMutable;
  return { type, facts, desired, mutable, fixed };
}

/**
 * A required property that an update may neither carry nor leave out makes every change a replacement
 * (pulumi-aws-native #1866).
 */
function canUpdate({ handlers, required = [], writeOnly = [], createOnly = [] }: Facts): boolean {
  const isStuck = required.some((pointer) => writeOnly.includes(pointer) && createOnly.includes(pointer));
  return handlers?.includes("update") === true && !isStuck;
}

/** Whole properties that no rule of the schema touches, or that are fixed as a whole. */
function candidates(
  facts: Facts,
  shapes: Props,
  kind: "mutable" | "fixed",
  readOnly: ReadonlySet<string>,
): string[] {
  const fixed = new Set(
    (facts.createOnly ?? []).filter((pointer) => segmentsOf(pointer).length === 1).map((p) => p.slice(1)),
  );
  const barred = new Set([
    ...tops(facts.writeOnly),
    ...tops(facts.conditionalCreateOnly),
    ...tops(facts.readOnly),
    ...tops(Object.keys(facts.propertyTransform ?? {})),
    ...(facts.exclusive ?? []).flatMap((group) => [...tops(group)]),
  ]);
  const names = Object.keys(shapes).filter((name) => !barred.has(name) && !readOnly.has(name));
  if (kind === "fixed") return names.filter((name) => fixed.has(name));
  const touched = new Set([...tops(facts.createOnly), ...tops(facts.primaryIdentifier)]);
  return names.filter((name) => !touched.has(name));
}

function turnOf(
  { document, shapes, base }: { readonly document: Props; readonly shapes: Props; readonly base: Props },
  names: readonly string[],
): Turn | undefined {
  const given = names.toSorted((a, b) => Number(b in base) - Number(a in base));
  for (const name of given) {
    const shape = shapes[name];
    if (!isProps(shape)) continue;
    const from = base[name] ?? propertyFor(name, shape, { document, variant: 0, depth: 0 });
    const to = [1, 2, 5]
      .map((variant) => propertyFor(name, shape, { document, variant, depth: 0 }))
      .find((value) => value !== undefined && from !== undefined && !equal(value, from));
    if (from !== undefined && to !== undefined) return { name, from, to };
  }
  return undefined;
}
