import { ResourceError } from "../errors.ts";
import {
  type Json,
  type Pointer,
  type Props,
  covers,
  isProps,
  leavesOf,
  pointerOf,
  segmentsOf,
  withValueAt,
} from "../json.ts";
import type { Facts, Members, Shape } from "../schema/facts.ts";
import { identifierOf } from "../schema/identifier.ts";
import type { Scope } from "../scope/scope.ts";
import type { Call } from "./call.ts";
import { outputsOf } from "./outputs.ts";

// A plan runs the user's script, and a script has only real values to work with. What will be known after apply is
// text like any other, so it may go into strings and properties, and is told by its brackets wherever it comes out.
const placeholder = (id: string, path: readonly string[]): string => `⟨${[id, ...path].join(".")}⟩`;

const marks = /[⟨⟩]/;

/** Tells whether a text holds something that is known only after apply. */
export const isUnknown = (value: Json | undefined): boolean => typeof value === "string" && marks.test(value);

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

/**
 * The outputs of a resource that is yet to be made: what is asked, and for all else that AWS will tell a placeholder
 * such as `⟨api.ApiId⟩` where it is text. Anything else throws `UNKNOWN_AT_PLAN` when it is looked into; the scope
 * notes it, for a program may catch it and go on without what it would have declared.
 */
export function unknownOutputs(
  { id, type, facts, desired }: Call,
  { unknowns }: Pick<Scope, "unknowns">,
): Props {
  const known = identifierOf(facts, desired);
  const outputs = outputsOf({ id, type }, known ?? identifierThen(facts, id), desired, {});
  const members = facts.members ?? { properties: {} };
  fill(outputs, { facts, id, unknowns, members, path: [] });
  for (const pointer of facts.readOnly ?? []) {
    const [name, ...deeper] = segmentsOf(pointer);
    if (name !== undefined && deeper.length === 0 && !(name in outputs))
      tell(outputs, name, placeholder(id, [name]));
  }
  return outputs;
}

/** An identifier of one part reads as the property that it is. */
function identifierThen({ primaryIdentifier = [] }: Facts, id: string): string {
  const [only, ...more] = primaryIdentifier;
  return placeholder(id, only !== undefined && more.length === 0 ? segmentsOf(only) : ["identifier"]);
}

interface Hollow {
  readonly facts: Facts;
  readonly id: string;
  readonly unknowns: ResourceError[];
  readonly members: Members;
  readonly path: readonly string[];
}

function fill(outputs: object, hollow: Hollow): void {
  for (const [name, shape] of Object.entries(hollow.members.properties)) {
    if (Object.hasOwn(outputs, name)) continue;
    const path = [...hollow.path, name];
    // Enumerable is what there will be for certain, so that `{...api}` and JSON hold no more and look into nothing.
    const certain = [...(hollow.facts.readOnly ?? []), ...(hollow.facts.primaryIdentifier ?? [])];
    const isCertain = certain.some((pattern) => covers(pattern, pointerOf(path)));
    if (isText(shape)) tell(outputs, name, placeholder(hollow.id, path), isCertain);
    else Object.defineProperty(outputs, name, { get: () => inside(hollow, shape, path) });
  }
}

const tell = (outputs: object, name: string, value: string, enumerable = true): void => {
  Object.defineProperty(outputs, name, { value, enumerable });
};

/** What a schema says nothing about is taken for text. */
const isText = (shape: Shape): boolean =>
  shape === "string" ||
  shape === "any" ||
  (typeof shape === "object" && "oneOf" in shape && shape.oneOf.some(isText));

/** An object may be stepped into where AWS fills it in; one that the script may state, a list, a number may not be there. */
function inside({ facts, id, unknowns }: Hollow, shape: Shape, path: readonly string[]): object {
  const name = typeof shape === "object" && "ref" in shape ? shape.ref : undefined;
  const members = name === undefined ? undefined : facts.definitions?.[name];
  const isFilledIn = facts.readOnly?.some((pointer) => pointer.startsWith(`${pointerOf(path)}/`)) === true;
  if (!members || !isFilledIn) {
    const what = `${[id, ...path].join(".")} is known only after apply`;
    const unknown = new ResourceError("UNKNOWN_AT_PLAN", what, { id });
    unknowns.push(unknown);
    throw unknown;
  }
  const object = {};
  fill(object, { facts, id, unknowns, members, path });
  return object;
}

/** The placeholders among the outputs, by which later calls can be seen to use the resource. */
export function unknownNames(outputs: Props): readonly string[] {
  // By descriptor: to get may be to look into what is known only after apply.
  const told = Object.values(Object.getOwnPropertyDescriptors(outputs)).map(({ value }) => value as unknown);
  return [...new Set(told.filter((value) => typeof value === "string" && isUnknown(value)))] as string[];
}
