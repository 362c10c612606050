import type { Found } from "../../cloudcontrol/protocol.ts";
import type { Entry } from "../../entry.ts";
import { ResourceError, isResourceError } from "../../errors.ts";
import type { Records } from "../../scope/scope.ts";
import type { Context } from "../context.ts";

/** A resource at AWS, and the id that lays claim to it. */
export type Claim = Pick<Entry, "id" | "type" | "identifier" | "home"> & {
  readonly profile?: string | undefined;
};

/** The other id of this stage under which the same AWS resource is recorded, or still waits to be deleted. */
export function claimantOf(
  records: Records,
  claim: Claim,
  except: readonly string[] = [],
): string | undefined {
  const known = [claim.id, ...except];
  for (const id of claim.identifier === undefined ? [] : records.idsOf(claim.identifier)) {
    const entry = known.includes(id) ? undefined : records.get(id);
    if (entry && !isResourceError(entry) && isRecordOf(entry, claim)) return id;
  }
  return undefined;
}

/** Tells whether an entry has recorded this very resource, or still has to delete it. */
export function isRecordOf(entry: Entry, { type, identifier, home, profile }: Claim): boolean {
  const { region, endpoint, account } = entry.home;
  if (region !== home.region || endpoint !== home.endpoint) return false;
  // One name in two accounts is two resources; profiles stand for accounts that nobody has told yet.
  const isKnown = account !== undefined && home.account !== undefined;
  if (isKnown ? account !== home.account : entry.profile !== profile) return false;
  return [entry, ...(entry.superseded ?? [])].some(
    (one) => one.type === type && one.identifier !== undefined && one.identifier === identifier,
  );
}

/** The claim that a call lays to what it has found or made. */
export const claimOf = ({ call, cloud: { home } }: Context, { identifier }: Found): Claim => ({
  id: call.id,
  type: call.type,
  identifier,
  home,
  profile: call.options.profile,
});

/** Refuses a resource that another id of this stage has: two ids would undo each other's work, then delete it. */
export function requireUnowned(records: Records, claim: Claim, except: readonly string[] = []): void {
  const owner = claimantOf(records, claim, except);
  if (owner === undefined) return;
  const { identifier, type, id } = claim;
  throw new ResourceError("OWNED", `${identifier} is recorded as ${JSON.stringify(owner)} already`, {
    type,
    id,
    identifier,
    advice: `Use what that call resolves with; if only the id has changed, pass renamedFrom: ${JSON.stringify(owner)}.`,
  });
}
