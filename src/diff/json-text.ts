import { type Json, type Props, isList, isProps, matches, pointerOf } from "../json.ts";
import type { Facts, Members, Shape } from "../schema/facts.ts";
import { documentIn } from "./document.ts";
import { mapItems, mapMembers } from "./strip.ts";

/**
 * A model in which text that holds a JSON object is that object, wherever the service takes an object and no text:
 * CloudFormation reads such text too.
 */
export function withTextRead(facts: Facts, model: Props): Props {
  const { members, definitions = {}, types = {} } = facts;
  if (!members) return model;
  const texts = Object.keys(types).filter((pattern) => types[pattern]?.includes("string"));
  const isText = (path: readonly string[]): boolean => texts.some((one) => matches(one, pointerOf(path)));
  const readMembers = ({ properties }: Members, object: Props, path: readonly string[]): Props =>
    mapMembers(object, (value, name) => {
      const shape = Object.hasOwn(properties, name) ? properties[name] : undefined;
      return shape === undefined ? value : readValue(shape, value, [...path, name]);
    });
  const readValue = (shape: Shape, value: Json, path: readonly string[]): Json => {
    if (shape === "json") return isText(path) ? value : objectIn(value);
    if (typeof shape === "string") return value;
    if ("oneOf" in shape) {
      if (typeof value === "string" && shape.oneOf.some((one) => one === "string" || one === "any"))
        return value;
      return shape.oneOf.reduce<Json>((read, one) => readValue(one, read, path), value);
    }
    if ("list" in shape && isList(value))
      return mapItems(value, (item, i) => readValue(shape.list, item, [...path, String(i)]));
    if (!isProps(value)) return value;
    if ("map" in shape) return mapMembers(value, (one, name) => readValue(shape.map, one, [...path, name]));
    const inner = "ref" in shape ? definitions[shape.ref] : undefined;
    return inner ? readMembers(inner, value, path) : value;
  };
  return readMembers(members, model, []);
}

function objectIn(value: Json): Json {
  const held = documentIn(value);
  return isProps(held) ? held : value;
}
