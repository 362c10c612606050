import { type Pointer, pointerOf, segmentsOf } from "../json.ts";
import { bundledFacts } from "../schema/bundled.ts";
import type { Facts, Members, Shape } from "../schema/facts.ts";
import { echoesOf } from "../services/data/echoes.ts";
import { habitsOf } from "../services/data/habits.ts";
import { tagHabitsOf } from "../services/data/tags.ts";
import { noteOf } from "../services/notes.ts";

/**
 * Completes what the registry describes with what only this version carries: whether losing one loses data, the
 * references that registry schemas leave out, shapes that they call plain JSON, and the corrections of the type's note.
 */
export function completeFacts(type: string, described: Facts): Facts {
  const bundled = bundledFacts(type) ?? {};
  const { references } = described;
  const jsonDocuments = [...new Set([...(described.jsonDocuments ?? []), ...policiesIn(bundled)])];
  const sharper = sharperShapes(described, bundled);
  const known = Object.keys(sharper).map((name) => pointerOf([name]));
  return {
    ...described,
    ...shapesOf(described, bundled, sharper),
    type,
    ...(bundled.stateful !== undefined && { stateful: bundled.stateful }),
    references: { ...references, ...bundled.references },
    ...attributesOf(bundled),
    jsonDocuments: jsonDocuments.filter((pointer) => !known.some((above) => isWithin(pointer, above))),
    ...tagsOf(type, described, bundled),
    ...habitsOf(type),
    ...echoesOf(type),
    ...noteOf(type)?.facts,
  };
}

/** Schemas that call a type not taggable, or say nothing of it, have its tags nevertheless. */
function tagsOf(type: string, { tags, members }: Facts, bundled: Facts): Pick<Facts, "tags"> {
  const [top = ""] = segmentsOf(bundled.tags?.path ?? "");
  return tagHabitsOf(type, tags ?? (members && top in members.properties ? bundled.tags : undefined));
}

/** Policies are documents wherever they stand, also where the registry calls them plain objects. */
const policiesIn = ({ jsonDocuments = [] }: Facts): Pointer[] =>
  jsonDocuments.filter((pointer) => /(Policy|Document)$/.test(pointer));

/** What is known of a type without asking AWS. */
export function shippedFactsOf(type: string): Facts {
  return bundledFacts(type) ?? { type };
}

/** Members speak of definitions by name, so both come from one source. */
function shapesOf(
  described: Facts,
  bundled: Facts,
  sharper: Members["properties"],
): Pick<Facts, "members" | "definitions"> {
  const { members } = described;
  if (!members || Object.keys(members.properties).length === 0) {
    const { members: own, definitions } = bundled;
    return { ...(own && { members: own }), ...(definitions && { definitions }) };
  }
  return { members: { ...members, properties: { ...members.properties, ...sharper } } };
}

/** Bundled shapes of top-level properties that the registry calls plain JSON, where they are not, and need no definition. */
function sharperShapes(described: Facts, bundled: Facts): Members["properties"] {
  const vague = Object.entries(described.members?.properties ?? {}).filter(([, shape]) => isVague(shape));
  return Object.fromEntries(
    vague.flatMap(([name]) => {
      const shape = bundled.members?.properties[name];
      const isDocument = bundled.jsonDocuments?.includes(pointerOf([name])) === true;
      return shape === undefined || isDocument || namesDefinition(shape) ? [] : [[name, shape]];
    }),
  );
}

/** Shapes of what AWS alone sets, for where the registry is silent; of objects only that they are some. */
function attributesOf({ attributes }: Facts): Pick<Facts, "attributes"> {
  if (!attributes) return {};
  const kinds = Object.entries(attributes).map(([pointer, shape]) => [pointer, kindOf(shape)] as const);
  return { attributes: Object.fromEntries(kinds) };
}

function kindOf(shape: Shape): Shape {
  if (!namesDefinition(shape) || typeof shape === "string") return shape;
  return "list" in shape ? { list: "any" } : "json";
}

const isVague = (shape: Shape): boolean => shape === "json" || shape === "any";

function namesDefinition(shape: Shape): boolean {
  if (typeof shape === "string") return false;
  if ("oneOf" in shape) return shape.oneOf.some(namesDefinition);
  return "ref" in shape || namesDefinition("list" in shape ? shape.list : shape.map);
}

const isWithin = (pointer: string, above: string): boolean =>
  pointer === above || pointer.startsWith(`${above}/`);
