import { bundledTypes } from "../schema/bundled.ts";
import { noteOf } from "../services/notes.ts";

/** The types of the same service that are listed below exactly these names. */
export function childrenOf(type: string, identity: readonly string[]): string[] {
  const service = type.slice(0, type.lastIndexOf("::") + 2);
  return bundledTypes().filter((other) => {
    const needs = noteOf(other)?.listNeeds ?? [];
    const isBelow = needs.length === identity.length && identity.every((name) => needs.includes(name));
    return other !== type && other.startsWith(service) && isBelow && noteOf(other)?.part === undefined;
  });
}

/** The type that is written to: a part's owner, or the type itself. */
export const ownerTypeOf = (type: string): string => noteOf(type)?.part?.owner ?? type;
