import { bundledFacts, bundledTypes } from "../../schema/bundled.ts";
import { noteOf } from "../../services/notes.ts";

/** The types of the same service that are listed below exactly these names. */
export function childrenOf(type: string, identity: readonly string[]): string[] {
  const service = type.slice(0, type.lastIndexOf("::") + 2);
  return bundledTypes().filter((other) => {
    const needs = noteOf(other)?.listNeeds ?? [];
    const isBelow = needs.length === identity.length && identity.every((name) => needs.includes(name));
    return other !== type && other.startsWith(service) && isBelow && noteOf(other)?.part === undefined;
  });
}

/**
 * The types of the same service that live below it by their identifiers and that no list is known to find, e.g.
 * AWS::ApiGateway::Method below a RestApi.
 */
export function unlistedBelow(type: string, identity: readonly string[]): string[] {
  // Such a name says nothing of whose it is.
  if (identity.length === 0 || identity.some((name) => ["Id", "Name", "Arn"].includes(name))) return [];
  const service = type.slice(0, type.lastIndexOf("::") + 2);
  return bundledTypes().filter((other) => {
    if (other === type || !other.startsWith(service)) return false;
    const note = noteOf(other);
    if (note?.listNeeds !== undefined || note?.part !== undefined) return false;
    const names = bundledFacts(other)?.primaryIdentifier ?? [];
    return names.length > identity.length && identity.every((name) => names.includes(`/${name}`));
  });
}

/** The type that is written to: a part's owner, or the type itself. */
export const ownerTypeOf = (type: string): string => noteOf(type)?.part?.owner ?? type;
