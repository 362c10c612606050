import { type Json, equal, isList, isProps } from "../json.ts";

/** The members that a value declares, all items of a list taken together under `*`. */
export type Claims = ReadonlyMap<string, Claims>;

interface ClaimTree extends Map<string, ClaimTree> {}

/**
 * What was declared before, if what is desired now differs from it: a member that live shows and nobody declares
 * any more is then to be removed, not a default of the service.
 */
export function claimsOf(prior: Json | undefined, desired: Json): Claims | undefined {
  return prior === undefined || equal(prior, desired) ? undefined : statedIn(prior);
}

/** The members that a value states at any depth. */
export function statedIn(value: Json): Claims {
  const claims: ClaimTree = new Map();
  claim(claims, value);
  return claims;
}

function claim(claims: ClaimTree, value: Json): void {
  const inner: readonly (readonly [string, Json])[] = isList(value)
    ? value.map((item) => ["*", item])
    : isProps(value)
      ? Object.entries(value)
      : [];
  for (const [name, member] of inner) {
    const known: ClaimTree = claims.get(name) ?? new Map();
    claims.set(name, known);
    claim(known, member);
  }
}
