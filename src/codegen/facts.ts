import { isUnserved } from "../services/data/unserved.ts";
import type { PropertyType, Resource } from "@aws-cdk/service-spec-types";
import { type Json, type Pointer, pointerOf } from "../json.ts";
import type { Facts, Reference, TagFacts } from "../schema/facts.ts";
import { echoesOf } from "../services/data/echoes.ts";
import { habitsOf } from "../services/data/habits.ts";
import { jsonTextOf } from "../services/data/json-text.ts";
import { tagHabitsOf } from "../services/data/tags.ts";
import type { Note } from "../services/note.ts";
import { attributeShapes } from "./attribute-shapes.ts";
import { ancestorsOf, readOnlyOf } from "./attributes.ts";
import { type PropertyPlace, spotsIn } from "./places.ts";
import { isStatefulType } from "../services/stateful.ts";
import type { References } from "./references.ts";
import { definitionsOf, knownShapes, membersOfType } from "./shapes.ts";
import { type Reach, sortMembers } from "./reach.ts";

/** What facts are made from, beside the resource. */
export interface Sources {
  readonly reach: Reach;
  readonly references: References;
  readonly places: readonly PropertyPlace[];
  readonly note: Note | undefined;
}

/**
 * The facts that the specification knows of a type, with its note merged over them. What the specification is
 * silent about (write-only, handlers, order of arrays) stays unknown.
 */
export function factsFrom(resource: Resource, sources: Sources): Facts {
  const { reach, note } = sources;
  const members = membersOfType(resource, note, reach);
  const conditionalCreateOnly = conditionalIn(resource);
  const jsonDocuments = documentsIn(resource, sources);
  const references = { ...referencesIn(sources), ...note?.references };
  const types = { ...scalarUnionsIn(sources), ...jsonTextOf(resource.cloudFormationType) };
  const defaults = defaultsIn(resource);
  const set = attributeShapes(resource, reach);
  const definitions = Object.fromEntries(
    sortMembers({ ...set.definitions, ...definitionsOf(resource, members, reach) }),
  );
  return {
    type: resource.cloudFormationType,
    primaryIdentifier: (resource.primaryIdentifier ?? []).map((part) => `/${part}`),
    readOnly: readOnlyOf(resource, reach),
    ...nameWithin(resource),
    createOnly: createOnlyIn(resource, sources.places),
    ...(isDocumented(note) && { documented: true }),
    ...(conditionalCreateOnly.length > 0 && { conditionalCreateOnly }),
    required: (members.required ?? []).map((name) => pointerOf([name])),
    ...tagHabitsOf(resource.cloudFormationType, tagsOf(resource)),
    ...(isStatefulType(resource.cloudFormationType) && { stateful: true }),
    ...(isFilled(references) && { references }),
    ...(jsonDocuments.length > 0 && { jsonDocuments }),
    ...(isFilled(types) && { types }),
    ...(isFilled(defaults) && { defaults }),
    ...handlersOf(resource.cloudFormationType),
    ...note?.registry,
    ...habitsOf(resource.cloudFormationType),
    ...echoesOf(resource.cloudFormationType),
    ...note?.facts,
    members,
    ...(isFilled(set.attributes) && { attributes: set.attributes }),
    ...(isFilled(definitions) && { definitions }),
  };
}

/** Of an ARN that is the whole identifier and ends in a name that the user may choose, this name's property. */
function nameWithin({
  arnTemplate,
  attributes,
  primaryIdentifier,
  properties,
}: Resource): Pick<Facts, "namedBy"> {
  const [only = "", ...others] = primaryIdentifier ?? [];
  const [, before = "", last = ""] = /^(.*)\$\{(\w+)\}$/.exec(arnTemplate ?? "") ?? [];
  if (others.length > 0 || !only.endsWith("Arn") || !Object.hasOwn(attributes, only)) return {};
  if (/\$\{(?!Partition\}|Region\}|Account\})/.test(before)) return {};
  const names = [last, ...(last.endsWith("Name") ? ["Name"] : [])];
  const namedBy = names.find((name) => Object.hasOwn(properties, name));
  return namedBy === undefined ? {} : { namedBy };
}

/** The specification is silent about handlers; which types have none at all is known. */
const handlersOf = (type: string): Facts => (isUnserved(type) ? { handlers: [] } : {});

/** What makes up a part's identity is of our own making, and what a note says is certain. */
const isDocumented = (note: Note | undefined): boolean =>
  !note?.part && !note?.registry?.createOnly && !note?.facts?.createOnly;

/** The specification writes a default as JSON text; prose that is none is passed over. */
function defaultsIn({ properties }: Resource): Record<string, Json> {
  return Object.fromEntries(
    sortMembers(properties).flatMap(([name, { defaultValue }]) => {
      const value = defaultValue === undefined ? undefined : tryParse(defaultValue);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function tryParse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function isFilled(value: object): boolean {
  return Object.keys(value).length > 0;
}

/** Where any change replaces the resource; places below another such place are left out. */
function createOnlyIn(resource: Resource, places: readonly PropertyPlace[]): Pointer[] {
  const marked = places
    .filter(({ property }) => property.causesReplacement === "yes")
    .map(({ pointer }) => pointer);
  const extra = (resource.additionalReplacementProperties ?? []).map(pointerOf);
  // Tags are also marked where only their documentation sounds like it: for a third of the marked types the
  // registry says that tags can be updated, and a replacement is the worse mistake.
  const tags = pointerOf([resource.tagInformation?.tagPropertyName ?? "Tags"]);
  const fixed = [...new Set([...marked, ...extra])].filter((pointer) => !isWithin(pointer, tags));
  return fixed.filter((pointer) => !ancestorsOf(pointer).some((above) => fixed.includes(above)));
}

/** Where some changes replace the resource. Marks on nested properties are prose misread, nearly all of them. */
function conditionalIn({ properties }: Resource): Pointer[] {
  return sortMembers(properties)
    .filter(([, property]) => property.causesReplacement === "maybe")
    .map(([name]) => pointerOf([name]));
}

function isWithin(pointer: Pointer, above: Pointer): boolean {
  return pointer === above || pointer.startsWith(`${above}/`);
}

function tagsOf({ tagInformation, properties }: Resource): TagFacts | undefined {
  if (!tagInformation) return undefined;
  const { tagPropertyName: name, variant } = tagInformation;
  const path = pointerOf([name]);
  if (variant === "map") return { path, shape: "map" };
  return properties[name]?.type.type === "array" ? { path, shape: "array", key: "Key" } : undefined;
}

function referencesIn({ places, references }: Sources): Record<Pointer, Reference[]> {
  const found = places.flatMap((place) => {
    const targets = references(place.property);
    return targets.length === 0
      ? []
      : pointersTo(place, ({ type }) => type === "string").map((pointer) => [pointer, targets] as const);
  });
  return Object.fromEntries(found);
}

/** Places that take an object or its text, less those whose true shape is known. */
function documentsIn(resource: Resource, { places, note }: Sources): Pointer[] {
  const known = Object.keys(knownShapes(resource, note)).map((name) => pointerOf([name]));
  const found = places.flatMap((place) => pointersTo(place, ({ type }) => type === "json"));
  return [...new Set(found)].filter((pointer) => !known.some((above) => isWithin(pointer, above)));
}

/** Places where more than one kind of scalar is taken, e.g. `"true"` as well as true. */
function scalarUnionsIn({ places }: Sources): Record<Pointer, string[]> {
  const found = places.flatMap((place) =>
    spotsIn(place.property.type)
      .map(({ suffix, type }) => [place.pointer + pointerOf(suffix), scalarsOf(type)] as const)
      .filter(([, scalars]) => scalars.length > 1),
  );
  return Object.fromEntries(found);
}

function scalarsOf(type: PropertyType): string[] {
  const members = type.type === "union" ? type.types.map((member) => member.type) : [];
  return members.filter((name) => ["boolean", "integer", "number", "string"].includes(name)).toSorted();
}

function pointersTo(
  { pointer, property }: PropertyPlace,
  wanted: (type: PropertyType) => boolean,
): Pointer[] {
  return spotsIn(property.type)
    .filter(({ type }) => wanted(type))
    .map(({ suffix }) => pointer + pointerOf(suffix));
}
