import type { EndedOperation } from "../../cloudcontrol/protocol.ts";
import type { Entry } from "../../entry.ts";
import { ResourceError } from "../../errors.ts";
import type { Pointer } from "../../json.ts";
import { withoutRefused } from "./drop-refused.ts";
import { claimAttempted } from "../record/make-entry.ts";
import { failureOf } from "./remnant.ts";
import { type AskedUpdate, type ShownModel, readShown, unheededIn } from "./read-back.ts";
import { withoutEchoes } from "./undeclared.ts";
import { write } from "./write.ts";
import { type Context, nameOf, warn } from "../context.ts";
import { unsettledError } from "./outcome.ts";

/** An update that a refusal may make smaller. */
export interface Update extends AskedUpdate {
  readonly entry: Entry;
  /** Whether the script has asked for a change here. */
  readonly isAsked: (pointer: Pointer) => boolean;
}

/** Handlers name one place at a time, of a few that they refuse. */
const mostLessons = 4;

/** A refusal that names places is learned from: they leave the patch, and the rest of it is sent again. */
export async function patchOrLearn(
  context: Context,
  update: Update,
  lessons: number = mostLessons,
): Promise<ShownModel> {
  try {
    return await sendPatch(context, update);
  } catch (error) {
    if (!(error instanceof ResourceError) || lessons === 0) throw error;
    const left = withoutRefused(update.patch, error, update.isAsked);
    if (!left) return patchWithoutEchoes(context, update, { refusal: error, lessons: lessons - 1 });
    warn(context, `${error.paths?.join(", ")} cannot be updated and was left out`);
    return patchOrLearn(context, { ...update, patch: left }, lessons - 1);
  }
}

/** Where that does not help either, the first refusal stands. */
async function patchWithoutEchoes(
  context: Context,
  update: Update,
  { refusal, lessons }: { readonly refusal: ResourceError; readonly lessons: number },
): Promise<ShownModel> {
  const less = withoutEchoes(context.call, update.before, update.patch, refusal);
  if (!less) throw refusal;
  const next = { ...update, patch: less.patch };
  const shown = await patchOrLearn(context, next, lessons).catch((error: unknown) => {
    throw error instanceof ResourceError && error.code === refusal.code ? refusal : error;
  });
  const names = less.paths.join(", ");
  warn(
    context,
    `${names} was refused as AWS itself shows it, and was taken out: the script does not state it`,
  );
  return shown;
}

/** Sends a patch and reads the result; a failure leaves the entry marked, so that the next run looks again. */
async function sendPatch(context: Context, { entry, before, patch }: Update): Promise<ShownModel> {
  const identifier = entry.identifier ?? "";
  const ended: EndedOperation =
    patch.length === 0
      ? { outcome: "succeeded", identifier }
      : await write(context, entry, { operation: "UpdateResource", identifier, patch });
  if (ended.outcome !== "succeeded") {
    const error = ended.outcome === "failed" ? ended.error : unsettledError(context);
    const failure = isHalfWay(error) && { failure: failureOf(context, error) };
    await context.records.put({ ...claimAttempted(entry, patch), status: "incomplete", ...failure });
    throw error;
  }
  const found = await context.cloud.control.readNew(nameOf(context, ended.identifier ?? identifier));
  if (found) return readShown(context, found, (live) => unheededIn(context.call, { before, patch }, live));
  throw new ResourceError("NOT_STABILIZED", "was updated but cannot be read", { identifier });
}

/** Failures of a handler that was at work, so that what is there may be in no good state. */
const isHalfWay = ({ code }: ResourceError): boolean =>
  ["NOT_STABILIZED", "HANDLER_FAILED", "CANCELLED"].includes(code);
