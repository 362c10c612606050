import { type Json, canonical, isList, isProps } from "../json.ts";
import { type Claims, statedIn } from "./claims.ts";
import type { Place } from "./place.ts";

/**
 * Returns a function that writes an item of a list as text, reduced to what desired items state and a read shows: the
 * text of a live item is that of a desired one when the service only added to it.
 */
export function makeSpeller(item: Place, desired: readonly Json[]): (value: Json) => string {
  const form = formOf(item, statedIn(desired).get("*"));
  return (value) => spellValue(form, value);
}

/** What is written of a value, looked up once for all items. */
interface Form {
  readonly whole: boolean;
  readonly members: readonly (readonly [name: string, form: Form])[];
  readonly item: Form | undefined;
}

function formOf(place: Place, stated: Claims | undefined): Form {
  const members = [...(stated ?? [])].flatMap(([name, below]): [string, Form][] => {
    const inner = place.member(name);
    return inner.readOnly || inner.writeOnly ? [] : [[name, formOf(inner, below)]];
  });
  const items = stated?.get("*");
  return { whole: place.jsonDocument, members, item: items && formOf(place.item(), items) };
}

/** Members are told apart by their position, which is the same in every item, and strings by their length. */
function spellValue(form: Form | undefined, value: Json): string {
  if (isList(value)) return `[${value.map((inner) => spellValue(form?.item, inner)).join(",")}]`;
  if (typeof value === "string") return `"${value.length}:${value}`;
  if (!isProps(value)) return String(value);
  if (form?.whole) return canonical(value);
  let text = "{";
  for (const [name, inner] of form?.members ?? []) {
    const member = Object.hasOwn(value, name) ? value[name] : undefined;
    text += member === undefined ? "," : `${spellValue(inner, member)},`;
  }
  return `${text}}`;
}
