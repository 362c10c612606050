import { readCall } from "../../resource/call/read-call.ts";
import { recordAsIs, requireRecordable } from "../../resource/moves/record-as-is.ts";
import type { Records, Scope } from "../../scope/scope.ts";
import type { ReadResource } from "./read.ts";
import { type Declaration, usesOf } from "./script-text.ts";
import type { Context } from "../../resource/context.ts";

/**
 * Records what was read as it is declared: all of it, or nothing. What is half recorded would be deleted by the next
 * run of a script that does not declare it.
 */
export async function recordAll(
  scope: Scope,
  declarations: readonly Declaration[],
  found: readonly ReadResource[],
): Promise<void> {
  await scope.hold(async (records) => {
    const cloud = await scope.cloud({});
    const all = declarations.flatMap((declaration) => {
      const { id, type, desired } = declaration;
      const read = found.find((one) => one.id === id);
      if (!read) return [];
      const call = { ...readCall(type, id, { input: {}, apart: [desired] }), facts: read.facts };
      return [{ context: { scope, records, cloud, call, dependencies: usesOf(declaration) }, read }];
    });
    for (const { context, read } of all) await requireRecordable(context, read);
    await recordWhole(records, all);
  });
}

interface RecordingRun {
  readonly context: Context;
  readonly read: ReadResource;
}

async function recordWhole(records: Records, all: readonly RecordingRun[]): Promise<void> {
  const done: string[] = [];
  try {
    for (const { context, read } of all) {
      await recordAsIs(context, read);
      done.push(read.id);
    }
  } catch (error) {
    await Promise.allSettled(done.map((id) => records.remove(id)));
    throw error;
  }
}
