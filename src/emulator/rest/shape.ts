import { type Json, type Props, isList, isProps } from "../../json.ts";
import type { Facts, Shape } from "../../schema/facts.ts";

/** Writes a model as the REST API does: members in camelCase, the keys of maps as they are. */
export function restShape(facts: Facts, model: Props): Props {
  const shapes = facts.members?.properties ?? {};
  return renamed(model, (name, value) => shaped(facts, value, shapes[name] ?? "any"));
}

function shaped(facts: Facts, value: Json, shape: Shape): Json {
  if (typeof shape === "string") return value;
  if ("list" in shape) return isList(value) ? value.map((item) => shaped(facts, item, shape.list)) : value;
  if ("map" in shape && isProps(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, shaped(facts, item, shape.map)]),
    );
  }
  if ("ref" in shape && isProps(value)) {
    const shapes = facts.definitions?.[shape.ref]?.properties ?? {};
    return renamed(value, (name, item) => shaped(facts, item, shapes[name] ?? "any"));
  }
  return value;
}

const renamed = (value: Props, inner: (name: string, item: Json) => Json): Props =>
  Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      inner(name, item),
    ]),
  );
