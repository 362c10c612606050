import type { Write } from "../../cloudcontrol/protocol.ts";
import type { Entry, Intent } from "../../entry.ts";
import { ResourceError } from "../../errors.ts";
import type { PatchOperation } from "../../events.ts";
import { type Pointer, type Props, isProps } from "../../json.ts";
import type { Records } from "../../scope/scope.ts";
import { checkOf, seal, unseal } from "../../state/sealing.ts";
import type { Context } from "../context.ts";

/** What is sealed with an intent: the request byte for byte, and where secrets stood in its properties. */
export interface KeptRequest {
  readonly write: Write;
  readonly secrets: readonly Pointer[];
}

/** A request as it is kept: sealed, unless it deletes and so holds nothing that anybody may not read. */
export function sealRequest({ records, call }: Context, sent: Write): Pick<Intent, "request" | "key"> {
  const text = JSON.stringify({ write: sent, secrets: call.secrets } satisfies KeptRequest);
  if (sent.operation === "DeleteResource") return { request: text };
  return { request: seal(records.key, text), key: checkOf(records.key) };
}

/** Opens what was sealed with an intent; `STATE_KEY` where that takes another key. */
export function openRequest(
  records: Pick<Records, "key">,
  { request, key, move, startedAt }: Intent,
): KeptRequest {
  if (request.startsWith("{")) return JSON.parse(request) as KeptRequest;
  if (key !== undefined && key !== checkOf(records.key)) {
    throw new ResourceError("STATE_KEY", `the ${move} begun at ${startedAt} is sealed with another key`);
  }
  return JSON.parse(unseal(records.key, request)) as KeptRequest;
}

/** The properties that a kept create asked for. */
export function desiredIn({ write: sent }: KeptRequest): Props {
  const desired: unknown = sent.operation === "CreateResource" ? JSON.parse(sent.input.DesiredState) : {};
  return isProps(desired) ? desired : {};
}

/** The call that a kept create was of; the tags of its run that it asked for are those in what it asked. */
export function restoreCall(call: Context["call"], { runTags }: Entry, kept: KeptRequest): Context["call"] {
  const tagging = { own: {}, asked: { ...call.tagging?.asked, ...runTags } };
  return { ...call, desired: desiredIn(kept), secrets: kept.secrets, tagging };
}

/** The patch that a kept update asked for. */
export function patchIn({ write: sent }: KeptRequest): readonly PatchOperation[] {
  return sent.operation === "UpdateResource"
    ? (JSON.parse(sent.input.PatchDocument) as PatchOperation[])
    : [];
}
