import type { Entry } from "../../entry.ts";
import { ResourceError, isResourceError } from "../../errors.ts";
import { type Json, type Props, equal, withValueAt } from "../../json.ts";
import { requireHome } from "./same-home.ts";
import { requireUnowned } from "./owner.ts";
import { isAround } from "../../parts/model.ts";
import { nearest } from "../../nearest.ts";
import { type Context, warn } from "../context.ts";
import { priorDesiredOf } from "./prior.ts";

/** The entry of the call's id, or of the id it was renamed from; a damaged or foreign one is an error, never "nothing". */
export async function recall(context: Context): Promise<Entry | undefined> {
  const { records, call, cloud } = context;
  const own = requireReadable(records.get(call.id));
  const entry = own ?? formerEntryOf(context);
  if (!entry) {
    warnOfNoFormer(context);
    return undefined;
  }
  requireHome(entry, cloud.home);
  return own ?? moveEntry(context, entry);
}

function requireReadable(entry: Entry | ResourceError | undefined): Entry | undefined {
  if (isResourceError(entry)) throw entry;
  return entry;
}

/** The entry of the former id, unless this run declares that one too. */
function formerEntryOf({ records, call, scope }: Context): Entry | undefined {
  const from = call.options.renamedFrom;
  return from === undefined || scope.journal.seen.has(from) ? undefined : requireReadable(records.get(from));
}

/** What is recorded under neither id is made anew, which a slip in the former one would hide. */
function warnOfNoFormer(context: Context): void {
  const { records, call } = context;
  const from = call.options.renamedFrom;
  if (from === undefined) return;
  const near = nearest(from, [...records.all().keys()]);
  const hint = near === undefined || near === from ? "" : `, did you mean ${JSON.stringify(near)}?`;
  const why = near === from ? "is declared in this run too" : `is recorded nowhere in this stage${hint}`;
  warn(context, `renamedFrom ${JSON.stringify(from)} ${why}`);
}

/** Cut off between the two steps, the run leaves both entries; finalize forgets the one no longer declared. */
async function moveEntry({ records, call }: Context, from: Entry): Promise<Entry> {
  const entry = { ...from, id: call.id };
  if (from.identifier !== undefined) requireUnowned(records, entry, [from.id]);
  await records.put(entry);
  await records.remove(from.id);
  return entry;
}

/** Tells whether what is asked is what was recorded as done. */
export function isAsRecorded({ call, records }: Context, entry: Entry): boolean {
  const { ignoreChanges = [] } = call.options;
  const withoutIgnored = (desired: Props): Json =>
    ignoreChanges.reduce<Json>((left, path) => withValueAt(left, path, undefined), desired);
  const then = priorDesiredOf(entry, call, records);
  return entry.type === call.type && equal(withoutIgnored(call.desired), withoutIgnored(then));
}

/** Tells whether nothing is to be done, so that no call is needed. */
export function isUnchanged(context: Context, entry: Entry): boolean {
  const { call, scope } = context;
  const { refresh = false, replace = [], unmanaged = false } = scope.runOptions;
  return (
    entry.status === "settled" &&
    entry.intent === undefined &&
    call.options.replace !== true &&
    !replace.includes(call.id) &&
    refresh === false &&
    !unmanaged &&
    !isUprooted(context, entry) &&
    isAsRecorded(context, entry)
  );
}

/** A part goes with what it lives in: where that was made after the part was last seen, the part is to be looked at. */
function isUprooted({ call, records, scope, dependencies }: Context, entry: Entry): boolean {
  const part = call.note?.part;
  if (!part) return false;
  // A plan makes nothing, and records nothing of what it would make.
  const isToBeMade = scope.journal.changes.some(
    ({ id, move }) => dependencies.includes(id) && (move === "create" || move === "replace"),
  );
  const isMade = (other: Entry | ResourceError | undefined): boolean =>
    other !== undefined &&
    !isResourceError(other) &&
    isAround(part, entry.identifier ?? "", other) &&
    Date.parse(other.madeAt ?? "") > Date.parse(entry.updatedAt);
  return isToBeMade || dependencies.some((id) => isMade(records.get(id)));
}
