import type { Superseded } from "../../entry.ts";
import type { ResourceError } from "../../errors.ts";
import { isServerNamed } from "../../schema/identifier.ts";
import { bearsName } from "../../schema/bears-name.ts";
import { ownerElsewhere } from "../find/other-owner.ts";
import { isStrangers } from "../find/read-recorded.ts";
import { redactMessage } from "../secrets/redact-call.ts";
import { claimOf, claimantOf } from "../record/owner.ts";
import { entryOf } from "../record/make-entry.ts";
import { type Context, nameOf } from "../context.ts";

/** What a failed create of ours has named. */
export interface Remnant {
  readonly identifier: string;
  readonly error: ResourceError;
  readonly superseded: readonly Superseded[];
}

/**
 * Records what a failed create of ours may have left: what can be read as incomplete, what cannot under its name alone,
 * for reads lag behind writes. What others have is not recorded, and answers false.
 */
export async function recordRemnant(
  context: Context,
  { identifier, error, superseded }: Remnant,
): Promise<boolean> {
  const { call, cloud, dependencies, records, scope } = context;
  const found = await cloud.control.read(nameOf(context, identifier));
  const there = found ?? { identifier, live: {} };
  if (claimantOf(records, claimOf(context, there)) !== undefined) return false;
  if (found && (await ownerElsewhere(context, found)) !== undefined) return false;
  const madeAt = new Date(scope.now()).toISOString();
  const failure = failureOf(context, error);
  const known = { call, home: cloud.home, dependencies, superseded, madeAt, failure, identifier };
  const named = entryOf({ ...known, status: "pending", live: {} }, records.key, scope.now());
  // Of a type without facts nobody knows who names it: what is not as asked is not of this create's making.
  if (found && !call.facts.primaryIdentifier && (await isStrangers(context, named, found))) return false;
  const left = found && entryOf({ ...known, ...found, status: "incomplete" }, records.key, scope.now());
  await records.put(left ?? named);
  return true;
}

/**
 * Tells whether what a failed create has named can only be of its making: AWS gave it a name of its own, or nobody had
 * the one that the user chose right before the create was sent (`isFree`; undefined where nobody could look).
 */
export function isOfItsMaking(
  { call: { facts, desired, note } }: Context,
  identifier: string,
  isFree: boolean | undefined,
): boolean {
  if (note?.part) return true;
  if (!isServerNamed(facts)) return isFree ?? true;
  return isFree === true || !bearsName(facts, identifier, Object.values(desired));
}

/** A failure as an entry keeps it, for the run that settles what it left. */
export const failureOf = ({ call }: Context, { code, what }: ResourceError): string =>
  redactMessage(call, `${what} (${code})`);
