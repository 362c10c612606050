import type { Found } from "../../cloudcontrol/protocol.ts";
import { ResourceError } from "../../errors.ts";
import { checkId } from "../../state/name.ts";
import { requireNoOtherOwner } from "../find/other-owner.ts";
import { claimOf, requireUnowned } from "../record/owner.ts";
import { entryOf } from "../record/make-entry.ts";
import type { Context } from "../context.ts";

/** Refuses to record a resource that exists under an id that is taken, or that somebody else has. */
export async function requireRecordable(context: Context, found: Found): Promise<void> {
  const { call, records } = context;
  const { id, type } = call;
  if (records.get(id)) throw new ResourceError("OWNED", "this id is recorded already", { type, id });
  const unfit = checkId(id, [...records.all().keys()]);
  if (unfit) throw unfit.at({ type, id });
  requireUnowned(records, claimOf(context, found));
  await requireNoOtherOwner(context, found);
}

/** Records a resource that exists as one that is as desired, without touching it. */
export async function recordAsIs(context: Context, { identifier, live }: Found): Promise<void> {
  const { call, cloud, dependencies, records, scope } = context;
  const known = { call, home: cloud.home, dependencies, status: "settled", identifier, live } as const;
  await records.put(entryOf(known, records.key, scope.now()));
}
