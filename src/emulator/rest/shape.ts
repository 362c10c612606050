import { type Json, type Props, isList, isProps } from "../../json.ts";
import type { Facts, Members, Shape } from "../../schema/facts.ts";

/** What the REST API calls a property, where that is not its name in camelCase. */
export type Names = Readonly<Record<string, string>>;

/** Writes a model as the REST API does: members in camelCase, the keys of maps as they are. */
export function restShape(facts: Facts, model: Props, names: Names = {}): Props {
  return writeNames({ facts, names }, model, facts.members);
}

/** Reads what the REST API was sent back into a model; members that the model does not have, and nulls, are left out. */
export function modelShape(facts: Facts, body: Props, names: Names = {}): Props {
  return read({ facts, names }, body, facts.members);
}

/** What the REST API calls a property. */
export const restName = (names: Names, property: string): string =>
  names[property] ?? property.charAt(0).toLowerCase() + property.slice(1);

interface Vocabulary {
  readonly facts: Facts;
  readonly names: Names;
}

const membersOf = ({ facts }: Vocabulary, shape: Shape): Members | undefined =>
  typeof shape === "object" && "ref" in shape ? facts.definitions?.[shape.ref] : undefined;

function writeNames(words: Vocabulary, value: Props, members: Members | undefined): Props {
  return Object.fromEntries(
    Object.entries(value).map(([property, item]) => [
      restName(words.names, property),
      within(item, members?.properties[property] ?? "any", (inner, shape) =>
        writeNames(words, inner, membersOf(words, shape)),
      ),
    ]),
  );
}

function read(words: Vocabulary, body: Props, members: Members | undefined): Props {
  const known = Object.entries(members?.properties ?? {});
  return Object.fromEntries(
    known.flatMap(([property, shape]) => {
      const item = body[restName(words.names, property)] ?? null;
      if (item === null) return [];
      return [[property, within(item, shape, (inner, ref) => read(words, inner, membersOf(words, ref)))]];
    }),
  );
}

/** Applies `rename` to every object in a value that is one of the type's own definitions. */
function within(value: Json, shape: Shape, rename: (inner: Props, shape: Shape) => Props): Json {
  if (typeof shape === "string") return value;
  if ("list" in shape) return isList(value) ? value.map((item) => within(item, shape.list, rename)) : value;
  if (!isProps(value)) return value;
  if ("ref" in shape) return rename(value, shape);
  if (!("map" in shape)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, within(item, shape.map, rename)]),
  );
}
