import type { Facts, Members, Shape } from "./facts.ts";

/**
 * The members that an object at this path must have, whichever alternative it is of; none where the facts do not tell.
 */
export function requiredAt({ members, definitions = {} }: Facts, path: readonly string[]): readonly string[] {
  let around: readonly Members[] = members ? [members] : [];
  let shapes: readonly Shape[] = [];
  for (const segment of path) {
    const inner = [
      ...around.map(({ properties }) =>
        Object.hasOwn(properties, segment) ? properties[segment] : undefined,
      ),
      ...shapes.map(insideOf),
    ];
    shapes = inner.filter((shape) => shape !== undefined).flatMap(alternativesOf);
    around = shapes.flatMap((shape) =>
      typeof shape === "object" && "ref" in shape ? (definitions[shape.ref] ?? []) : [],
    );
  }
  const [first, ...others] = around.map(({ required = [] }) => required);
  return (first ?? []).filter((name) => others.every((required) => required.includes(name)));
}

const alternativesOf = (shape: Shape): readonly Shape[] =>
  typeof shape === "object" && "oneOf" in shape ? shape.oneOf.flatMap(alternativesOf) : [shape];

/** The shape of every item of a list, or value of a map. */
function insideOf(shape: Shape): Shape | undefined {
  if (typeof shape !== "object") return undefined;
  if ("list" in shape) return shape.list;
  return "map" in shape ? shape.map : undefined;
}
