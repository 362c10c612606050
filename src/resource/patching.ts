import type { Ended } from "../cloudcontrol/protocol.ts";
import type { Entry } from "../entry.ts";
import { ResourceError } from "../errors.ts";
import type { Pointer } from "../json.ts";
import { lessRefused } from "./learn.ts";
import { attempted } from "./record.ts";
import { failureOf } from "./remnant.ts";
import { type Asked, type Shown, readShown, unheededIn } from "./shown.ts";
import { type Context, nameOf, unsettled, warn, write } from "./write.ts";

/** An update that a refusal may make smaller. */
export interface Update extends Asked {
  readonly entry: Entry;
  /** Whether the script has asked for a change here. */
  readonly isAsked: (pointer: Pointer) => boolean;
}

/** A refusal that names places is learned from once: they leave the patch, and the rest of it is sent again. */
export async function patchedOrLearned(context: Context, update: Update): Promise<Shown> {
  try {
    return await patched(context, update);
  } catch (error) {
    const left =
      error instanceof ResourceError ? lessRefused(update.patch, error, update.isAsked) : undefined;
    if (!(error instanceof ResourceError) || !left) throw error;
    warn(context, `${error.paths?.join(", ")} cannot be updated and was left out`);
    return patched(context, { ...update, patch: left });
  }
}

/** Sends a patch and reads the result; a failure leaves the entry marked, so that the next run looks again. */
async function patched(context: Context, { entry, before, patch }: Update): Promise<Shown> {
  const identifier = entry.identifier ?? "";
  const ended: Ended =
    patch.length === 0
      ? { outcome: "succeeded", identifier }
      : await write(context, entry, { operation: "UpdateResource", identifier, patch });
  if (ended.outcome !== "succeeded") {
    const error = ended.outcome === "failed" ? ended.error : unsettled(context);
    const failure = isHalfWay(error) && { failure: failureOf(context, error) };
    await context.records.put({ ...attempted(entry, patch), status: "incomplete", ...failure });
    throw error;
  }
  const found = await context.cloud.control.readNew(nameOf(context, ended.identifier ?? identifier));
  if (found) return readShown(context, found, (live) => unheededIn(context.call, { before, patch }, live));
  throw new ResourceError("NOT_STABILIZED", "was updated but cannot be read", { identifier });
}

/** Failures of a handler that was at work, so that what is there may be in no good state. */
const isHalfWay = ({ code }: ResourceError): boolean =>
  ["NOT_STABILIZED", "HANDLER_FAILED", "CANCELLED"].includes(code);
