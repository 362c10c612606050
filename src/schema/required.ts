import type { Facts, Shape } from "./facts.ts";

/** The members that an object at this path must have; none where the facts do not tell. */
export function requiredAt({ members, definitions = {} }: Facts, path: readonly string[]): readonly string[] {
  let around = members;
  let shape: Shape | undefined;
  for (const segment of path) {
    shape = around ? around.properties[segment] : insideOf(shape);
    around = typeof shape === "object" && "ref" in shape ? definitions[shape.ref] : undefined;
  }
  return around?.required ?? [];
}

/** The shape of every item of a list, or value of a map. */
function insideOf(shape: Shape | undefined): Shape | undefined {
  if (typeof shape !== "object") return undefined;
  if ("list" in shape) return shape.list;
  return "map" in shape ? shape.map : undefined;
}
