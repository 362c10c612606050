import type { Entry } from "../entry.ts";
import {
  type Json,
  type Pointer,
  type Props,
  isList,
  isProps,
  segmentsOf,
  valueAt,
  withValueAt,
} from "../json.ts";
import type { Part } from "../services/note.ts";
import { noteOf, partNotes } from "../services/notes.ts";

/** A name as it stands in an identifier; a status code may be written as a number. */
export const spellName = (value: Json | undefined): string =>
  typeof value === "string" || typeof value === "number" ? `${value}` : "";

/** The identifier of the owner in whose model the part lives. */
export function partOwnerOf({ identity }: Pick<Part, "identity">, name: Props): string {
  return identity.map((property) => spellName(name[property])).join("|");
}

/** The properties that name a part, out of its identifier. */
export function nameIn({ identity, key }: Part, identifier: string): Props {
  const names = key === undefined ? identity : [...identity, key];
  const values = identifier.split("|");
  return Object.fromEntries(names.map((name, i) => [name, values[i] ?? ""]));
}

/** The part as a resource of its own: what names its owner, and what stands at its place. Undefined when nothing does. */
export function partIn(part: Part, owner: Props, name: Props): Props | undefined {
  return partsIn(part, owner, name).find(
    (one) => part.key === undefined || isSame(one[part.key], name[part.key]),
  );
}

/** Every part of one kind in an owner's model. */
export function partsIn(part: Part, owner: Props, name: Props): readonly Props[] {
  const place = valueAt(owner, part.at);
  const items = part.key === undefined ? [place] : isList(place) ? place : [];
  const naming = Object.fromEntries(part.identity.map((property) => [property, name[property] ?? ""]));
  return items.filter(isProps).map((item) => ({ ...naming, ...lessPart(item, part.without ?? []) }));
}

/** The owner's model with the part as given, in place of the one with the same name. */
export function withPart(part: Part, owner: Props, model: Props): Props {
  const own = lessPart(model, part.identity);
  const place = valueAt(owner, part.at);
  if (part.key === undefined) {
    const others = isProps(place) ? onlyPart(place, part.without ?? []) : {};
    return set(owner, part.at, { ...own, ...others });
  }
  const { key } = part;
  const items = isList(place) ? place : [];
  const at = items.findIndex((item) => isProps(item) && isSame(item[key], model[key]));
  return set(owner, part.at, at === -1 ? [...items, own] : items.with(at, own));
}

/** The owner's model without the part of this name; a list that is left empty goes too. */
export function withoutPart(part: Part, owner: Props, name: Props): Props {
  const { key } = part;
  if (key === undefined) return set(owner, part.at, undefined);
  const place = valueAt(owner, part.at);
  const items = isList(place) ? place : [];
  const left = items.filter((item) => !isProps(item) || !isSame(item[key], name[key]));
  return set(owner, part.at, left.length > 0 ? left : undefined);
}

/** The object that a part is a member of, where its owner's model lacks it. */
export function missingAbove({ at }: Part, owner: Props): Pointer | undefined {
  const above = at.slice(0, at.lastIndexOf("/"));
  return valueAt(owner, above) === undefined ? above : undefined;
}

/** What the part stands upon and its owner's model lacks, in words; undefined when all of it is there. */
export function needOf(part: Part, owner: Props, model: Props): string | undefined {
  const above = missingAbove(part, owner);
  if (above !== undefined) return above;
  const missing = part.needs?.find(({ at, key }) => {
    const items = valueAt(owner, at);
    return !isList(items) || !items.some((item) => isProps(item) && isSame(item[key], model[key]));
  });
  return missing && `${missing.at} with ${missing.key} ${spellName(model[missing.key])}`;
}

/** Tells whether a resource is what a part of this identifier lives in: its owner, or a part that holds it inside. */
export function isAround(part: Part, identifier: string, other: Pick<Entry, "type" | "identifier">): boolean {
  const outer = noteOf(other.type)?.part;
  const isInside = outer?.owner === part.owner && part.at.startsWith(`${outer.at}/`);
  return (
    (other.type === part.owner || isInside) &&
    other.identifier === partOwnerOf(part, nameIn(part, identifier))
  );
}

/** The sibling that has the value which no two of them may have, if one has. */
export function rivalOf(part: Part, owner: Props, model: Props): Props | undefined {
  const { key } = part;
  if (key === undefined) return undefined;
  return partsIn(part, owner, model).find(
    (one) => !isSame(one[key], model[key]) && isRival(part, one, model),
  );
}

/** Tells whether two parts of one owner cannot be there side by side. */
export function isRival({ identity, unique }: Part, one: Props, other: Props): boolean {
  const valueOf = (model: Props): string => {
    const value = spellName(model[unique?.by ?? ""]);
    return unique?.absent.includes(value) ? "" : value;
  };
  return (
    unique !== undefined &&
    partOwnerOf({ identity }, one) === partOwnerOf({ identity }, other) &&
    valueOf(one) === valueOf(other)
  );
}

/** A model without what stands at the places of its parts, unless desired states that place itself. */
export function withoutParts(type: string, desired: Props, model: Props): Props {
  return partNotes().reduce<Props>((left, [, { owner, at }]) => {
    const isElsewhere =
      owner === type && valueAt(desired, at) === undefined && valueAt(left, at) !== undefined;
    return isElsewhere ? set(left, at, undefined) : left;
  }, model);
}

const isSame = (a: Json | undefined, b: Json | undefined): boolean =>
  spellName(a) !== "" && spellName(a) === spellName(b);

const lessPart = (props: Props, names: readonly string[]): Props =>
  Object.fromEntries(Object.entries(props).filter(([name]) => !names.includes(name)));

const onlyPart = (props: Props, names: readonly string[]): Props =>
  Object.fromEntries(Object.entries(props).filter(([name]) => names.includes(name)));

function set(owner: Props, at: Pointer, value: Json | undefined): Props {
  const [outer, ...deeper] = segmentsOf(at);
  if (value === undefined && outer !== undefined && deeper.length > 0 && owner[outer] === undefined)
    return owner;
  const left = withValueAt(owner, at, value);
  return isProps(left) ? left : owner;
}
