import type { Because, PatchOperation } from "../events.ts";
import { type Json, type Pointer, type Props, covers, expand, isList, isProps, valueAt } from "../json.ts";
import type { Facts } from "../schema/facts.ts";
import { type Place, placeAt } from "./place.ts";

/** Which of the two is done first when a resource is replaced. */
export type Order = "create-first" | "delete-first";

/**
 * Chooses the order of a replacement: the schema's own; else delete-first where the new resource would carry the
 * identity of the old one, which AWS refuses while the old one lives; else create-first.
 */
export function orderOf(facts: Facts, place: Place, desired: Props, because: readonly Because[]): Order {
  if (facts.replacementStrategy === "create_then_delete") return "create-first";
  if (facts.replacementStrategy === "delete_then_create") return "delete-first";
  return keepsIdentity(facts, place, desired, because) ? "delete-first" : "create-first";
}

function keepsIdentity(facts: Facts, place: Place, desired: Props, because: readonly Because[]): boolean {
  const stays = (pointer: Pointer): boolean =>
    valueAt(desired, pointer) !== undefined && !because.some(({ path }) => covers(path, pointer));
  const parts = facts.primaryIdentifier ?? [];
  const chosen = parts.filter((part) => !placeAt(place, desired, part).readOnly);
  if (!chosen.every(stays)) return false;
  if (chosen.length > 0 && chosen.length === parts.length) return true;
  // AWS makes (part of) the identifier, or nobody knows it: a name that stays taken is then among what is fixed.
  return (facts.createOnly ?? []).some((pattern) => expand(desired, pattern).some(stays));
}

/** The required paths that a patch may neither carry nor leave out: write-only and create-only (pulumi #1866). */
export function stuckPaths(facts: Facts, place: Place): Pointer[] {
  return (facts.required ?? []).filter((pointer) => {
    const there = placeAt(place, {}, pointer);
    return there.writeOnly && there.fixed;
  });
}

/** The operations of a patch that its service sometimes refuses, because they touch what may be fixed at creation. */
export function conditionalOperations(
  place: Place,
  patch: readonly PatchOperation[],
  live: Json,
): readonly PatchOperation[] {
  return patch.filter(touches(place, live, ({ conditional }) => conditional));
}

/** Whether an operation touches what documentation alone calls fixed at creation. */
export const isDoubtful = (place: Place, live: Json): ((operation: PatchOperation) => boolean) =>
  touches(place, live, ({ fixed, createOnly }) => fixed && !createOnly);

type MarkedPlace = (place: Place) => boolean;

const touches =
  (place: Place, live: Json, isMarked: MarkedPlace) =>
  (operation: PatchOperation): boolean => {
    const there = placeAt(place, live, operation.path);
    const values = [valueAt(live, operation.path), "value" in operation ? operation.value : undefined];
    return values.some((value) => holds(there, value, isMarked));
  };

function holds(place: Place, value: Json | undefined, isMarked: MarkedPlace): boolean {
  if (isMarked(place) || place.plain) return isMarked(place);
  if (isList(value)) return value.some((item) => holds(place.item(), item, isMarked));
  return (
    isProps(value) &&
    Object.entries(value).some(([name, inner]) => holds(place.member(name), inner, isMarked))
  );
}
