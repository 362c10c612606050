import type { EndedOperation, Found } from "../../cloudcontrol/protocol.ts";
import { applyPatch } from "../../diff/patch.ts";
import { ResourceError } from "../../errors.ts";
import type { PatchOperation } from "../../events.ts";
import { valueAt } from "../../json.ts";
import { identifierOf } from "../../schema/identifier.ts";
import { refusal } from "../../schema/validate.ts";
import { errorsOf } from "../call/validate.ts";
import type { Draft } from "../moves/request.ts";
import { write } from "../moves/write.ts";
import { type Context, nameOf } from "../context.ts";
import { pendingEntry } from "../record/make-entry.ts";
import { planAdoption } from "../decide/adoption.ts";

/** Sends a write and resolves with what is there then; `found` is what was there before, where something was. */
export async function sendDraft(context: Context, draft: Draft, found?: Found): Promise<Found | undefined> {
  if (draft.operation === "CreateResource") return sendCreate(context, draft);
  if (draft.operation === "UpdateResource")
    return sendPatch(context, found ?? { identifier: draft.identifier, live: {} }, draft.patch);
  await sendDelete(context, draft);
  return undefined;
}

async function sendDelete(
  context: Context,
  draft: Draft & { readonly operation: "DeleteResource" },
): Promise<void> {
  if (context.scope.withholds) return withheld(context, `${draft.identifier} would be deleted`);
  const ended = await sendWrite(context, draft);
  if (ended.outcome === "failed" && ended.error.code !== "NOT_FOUND") throw ended.error;
}

async function sendCreate(context: Context, draft: Draft & { operation: "CreateResource" }): Promise<Found> {
  const { facts, desired } = context.call;
  const named = identifierOf(facts, desired);
  if (context.scope.withholds) {
    withheld(context, `${named ?? "one"} would be created`);
    return { identifier: named ?? "", live: desired };
  }
  const ended = await sendWrite(context, draft);
  if (ended.outcome === "failed") throw ended.error;
  return readWritten(context, ended.identifier ?? named, "created");
}

async function readWritten(context: Context, identifier: string | undefined, what: string): Promise<Found> {
  const now =
    identifier === undefined ? undefined : await context.cloud.control.readNew(nameOf(context, identifier));
  if (now) return now;
  throw new ResourceError("NOT_STABILIZED", `was ${what} but cannot be read`, { identifier });
}

/** What is not given may be there already: only what is given has to fit. */
export function requireFit({ scope, call }: Context): void {
  const errors = errorsOf(scope, call).filter(({ path }) => valueAt(call.desired, path) !== undefined);
  if (errors.length > 0) throw refusal(errors);
}

/** Brings what was found to have the properties of the call. */
export async function sendUpdate(context: Context, found: Found): Promise<Found> {
  const { patch } = planAdoption(context, found);
  return sendPatch(context, found, patch);
}

async function sendPatch(context: Context, found: Found, patch: readonly PatchOperation[]): Promise<Found> {
  const { identifier, live } = found;
  if (patch.length === 0) return found;
  if (context.scope.withholds) {
    withheld(context, `${identifier} would be updated at ${patch.map(({ path }) => path).join(", ")}`);
    return { identifier, live: applyPatch(live, patch) };
  }
  const ended = await sendWrite(context, { operation: "UpdateResource", identifier, patch });
  if (ended.outcome === "failed") throw ended.error;
  return readWritten(context, ended.identifier ?? identifier, "updated");
}

function withheld({ scope, call }: Context, what: string): void {
  scope.listener({ name: "notice", message: `${call.type}: ${what}` });
}

async function sendWrite(
  asked: Context,
  draft: Draft,
): Promise<Exclude<EndedOperation, { outcome: "unknown" }>> {
  // Events speak of it by the one name that it has.
  const id =
    draft.operation === "CreateResource"
      ? (identifierOf(asked.call.facts, draft.desired) ?? "")
      : draft.identifier;
  const context = { ...asked, call: { ...asked.call, id } };
  const ended = await write(context, pendingEntry(context), draft);
  if (ended.outcome !== "unknown") return ended;
  throw new ResourceError("STATE_UNSETTLED", "AWS no longer knows the request", {
    advice: "Read the resource to see what has come of it.",
  });
}
