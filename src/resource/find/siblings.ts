import { ResourceError } from "../../errors.ts";
import type { Found } from "../../cloudcontrol/protocol.ts";
import type { Props } from "../../json.ts";
import { identifierOf } from "../../schema/identifier.ts";
import type { StatedResource } from "./keys.ts";
import type { ReadContext } from "../context.ts";

/** What ListResources is asked with, or what it cannot be asked without. */
export type Below =
  | { readonly parents: Props; readonly missing?: never }
  | { readonly parents?: never; readonly missing: string };

/**
 * Picks from what is stated the properties that a list of this type is asked with: what the registry and the note call
 * for, and `more` where stated.
 */
export function parentsIn({ facts, note, desired }: StatedResource, more: readonly string[] = []): Below {
  const { listRequires = [], listAlternatives = [] } = facts;
  const required = [...new Set([...(note?.listNeeds ?? []), ...listRequires])];
  const missing = required.find((name) => !isStated(desired, name));
  if (missing !== undefined) return { missing };
  const chosen = listAlternatives.find((names) => names.every((name) => isStated(desired, name)));
  if (listAlternatives.length > 0 && !chosen) {
    return { missing: listAlternatives.map((names) => names.join(" and ")).join(", or ") };
  }
  const names = new Set([...required, ...(chosen ?? []), ...more]);
  const entries = Object.entries(desired).filter(([name]) => names.has(name) && isStated(desired, name));
  return { parents: Object.fromEntries(entries) };
}

const isStated = (desired: Props, name: string): boolean => {
  const value = Object.hasOwn(desired, name) ? desired[name] : undefined;
  return value !== undefined && value !== null && value !== "";
};

/** Lists what stands below the parents, through the service's own API or ListResources; the models may be sparse. */
export async function* siblings({ cloud, call }: ReadContext, parents: Props): AsyncGenerator<Found> {
  const seen = new Set<string>();
  for await (const sibling of listBelow({ cloud, call }, parents)) {
    // A list that changes while it is turned may show one resource on two pages.
    if (seen.has(sibling.identifier)) continue;
    seen.add(sibling.identifier);
    yield sibling;
  }
}

const unlisted = (type: string): ResourceError =>
  new ResourceError("UNSUPPORTED_TYPE", "Cloud Control has no list of this type", {
    type,
    advice: "Get the one that is meant by its identifier.",
  });

async function* listBelow({ cloud, call }: ReadContext, parents: Props): AsyncGenerator<Found> {
  const { type, facts, options } = call;
  const { roleArn, signal } = options;
  if (!cloud.lister?.lists(type)) {
    if (facts.handlers?.includes("list") === false) throw unlisted(type);
    yield* cloud.control.list({
      TypeName: type,
      parents,
      ...(roleArn !== undefined && { RoleArn: roleArn }),
      ...(signal && { signal }),
    });
    return;
  }
  for await (const live of cloud.lister.list(type, parents, signal)) {
    const identifier = identifierOf(facts, live);
    if (identifier !== undefined) yield { identifier, live };
  }
}
