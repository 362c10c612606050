import type { Found } from "../cloudcontrol/protocol.ts";
import { ResourceError } from "../errors.ts";
import { requireNoOtherOwner } from "./elsewhere.ts";
import { claimOf, requireUnowned } from "./owner.ts";
import { entryOf } from "./record.ts";
import type { Context } from "./write.ts";

/** Records a resource that exists as one that is as desired, without touching it; an id that is taken is refused. */
export async function recordAsIs(context: Context, found: Found): Promise<void> {
  const { call, cloud, dependencies, records, scope } = context;
  const { id, type } = call;
  if (records.get(id)) throw new ResourceError("OWNED", "this id is recorded already", { type, id });
  requireUnowned(records, claimOf(context, found));
  await requireNoOtherOwner(context, found);
  const known = { call, home: cloud.home, dependencies, status: "settled", ...found } as const;
  await records.put(entryOf(known, records.key, scope.now()));
}
