import type { Found } from "../../cloudcontrol/protocol.ts";
import { ResourceError } from "../../errors.ts";
import type { Change } from "../../events.ts";
import type { Pointer } from "../../json.ts";
import { type Sickness, sicknessOf } from "../record/health.ts";
import { movedTags } from "../record/run-tags.ts";
import { redactPatch } from "../secrets/redact-call.ts";
import { type KnownResource, entryOf, keepIgnored } from "../record/make-entry.ts";
import { type Context, warn } from "../context.ts";
import type { Entry } from "../../entry.ts";

/** What was done, and what the entry says of it. */
export interface MoveDone
  extends Pick<KnownResource, "superseded" | "madeAt">, Pick<Change, "move" | "patch" | "runTags"> {
  /** How the write failed that had left the entry incomplete. */
  readonly earlier?: string | undefined;
  /** See Entry.unapplied: those of this write, to be told, or those of one before. */
  readonly unapplied?: readonly Pointer[] | undefined;
}

/**
 * Records what is there as settled, and says what was done. What an earlier failure has left, and what the service did
 * not heed, is told; what AWS itself shows as failed is recorded as incomplete and is `UNHEALTHY`.
 */
export async function recordOutcome(context: Context, found: Found, done: MoveDone): Promise<MadeMove> {
  const { call, cloud, dependencies, records, scope } = context;
  const { move, patch, earlier, runTags = movedTags(call, {}, undefined), ...more } = done;
  const known = { call, home: cloud.home, dependencies, ...more, ...found };
  const sickness = sicknessOf(call.facts, found.live);
  if (sickness && (move === "create" || move === "update" || earlier !== undefined)) {
    const error = warnIfSick(found, sickness, earlier);
    const failure = earlier ?? `${error.code}: ${error.what}`;
    await records.put(entryOf({ ...known, status: "incomplete", failure }, records.key, scope.now()));
    throw error;
  }
  const warnings = warningsOf(done, sickness);
  for (const message of warnings) warn(context, message);
  const asked = entryOf({ ...known, status: "settled" }, records.key, scope.now());
  const entry = move === "create" ? asked : keepIgnored(call, asked, records.get(call.id));
  await records.put(entry);
  const shown = patch && redactPatch(call, patch, { live: found.live, digests: entry.digests });
  return {
    entry,
    change: {
      id: call.id,
      type: call.type,
      move,
      identifier: found.identifier,
      ...(shown && { patch: shown }),
      ...(move !== "nothing" && runTags.length > 0 && { runTags }),
      ...(warnings.length > 0 && { warnings }),
    },
  };
}

function warnIfSick(
  { identifier }: Found,
  { path, status }: Sickness,
  earlier: string | undefined,
): ResourceError {
  const since = earlier === undefined ? "" : `; an earlier run failed: ${earlier}`;
  return new ResourceError(
    "UNHEALTHY",
    `${identifier} exists, but its ${path.slice(1)} is ${status}${since}`,
    {
      identifier,
      paths: [path],
    },
  );
}

function warningsOf({ move, earlier, unapplied = [] }: MoveDone, sickness: Sickness | undefined): string[] {
  const old = earlier === undefined ? [] : [`settled as it is, although an earlier run failed: ${earlier}`];
  const unheeded = move === "nothing" ? [] : unapplied;
  const left = unheeded.map((path) => `${path} was taken and not applied: a read shows it otherwise`);
  const state = sickness ? [`its ${sickness.path.slice(1)} is ${sickness.status}`] : [];
  return [...old, ...left, ...state];
}

/** What act and its branches hand back: the entry as recorded and the line for the report. */
export interface MadeMove {
  readonly entry: Entry;
  readonly change: Omit<Change, "durationMs">;
}

/** The failure of a write of which AWS keeps no record any more. */
export function unsettledError({ call }: Context): ResourceError {
  return new ResourceError("STATE_UNSETTLED", "AWS no longer knows the request", {
    type: call.type,
    id: call.id,
  });
}
