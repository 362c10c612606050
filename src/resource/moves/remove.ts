import type { Entry } from "../../entry.ts";
import { ResourceError } from "../../errors.ts";
import { bundledFacts } from "../../schema/bundled.ts";
import { noteOf } from "../../services/notes.ts";
import type { Records, Scope } from "../../scope/scope.ts";
import { requireHome } from "../record/same-home.ts";
import { write } from "./write.ts";
import { type Context, noteUses } from "../context.ts";

/** Works on an entry that no call declares. */
export async function contextOf(scope: Scope, records: Records, entry: Entry): Promise<Context> {
  const { profile, roleArn } = entry;
  const cloud = await scope.cloud({ region: entry.home.region, profile });
  // Elsewhere everything is missing, and a missing resource would count as deleted.
  await cloud.admit();
  requireHome(entry, cloud.home);
  const { id, type, dependencies } = entry;
  noteUses(scope.journal, id, dependencies);
  const facts = bundledFacts(type) ?? { type };
  const call = {
    id,
    type,
    facts,
    note: noteOf(type),
    desired: {},
    secrets: [],
    confidential: scope.journal.confidential,
    dependencies,
    options: { roleArn },
  };
  return { scope, records, cloud, dependencies, call };
}

/** Deletes the resource of an entry and forgets it. A resource that is already gone is success. */
export async function removeLive(context: Context, entry: Entry): Promise<void> {
  if (entry.protect === true) {
    throw new ResourceError("PROTECTED", "would be deleted but is protected", {
      identifier: entry.identifier,
    });
  }
  if (entry.retain !== true && entry.identifier !== undefined) {
    await deleteOld(context, entry, { identifier: entry.identifier, type: entry.type });
  }
  await context.records.remove(entry.id);
}

/** Deletes what replacements of this entry have left behind, and says so in the entry. */
export async function removeSuperseded(context: Context, entry: Entry): Promise<Entry> {
  let left = entry;
  for (const old of entry.superseded ?? []) {
    await deleteOld(context, left, old);
    const { superseded, ...rest } = left;
    const others = (superseded ?? []).filter(
      ({ identifier, type }) => identifier !== old.identifier || type !== old.type,
    );
    left = others.length > 0 ? { ...rest, superseded: others } : rest;
    await context.records.put(left);
  }
  return left;
}

async function deleteOld(
  context: Context,
  entry: Entry,
  old: { identifier: string; type: string },
): Promise<void> {
  const ended = await write(context, entry, { operation: "DeleteResource", ...old });
  if (ended.outcome === "succeeded") return;
  const error =
    ended.outcome === "failed"
      ? ended.error
      : new ResourceError("STATE_UNSETTLED", "AWS no longer knows the request", {
          identifier: old.identifier,
        });
  if (error.code === "NOT_FOUND") return;
  const { intent: _, ...settled } = entry;
  await context.records.put({ ...settled, status: "incomplete" });
  throw error.at({ type: entry.type, id: entry.id, identifier: old.identifier });
}
