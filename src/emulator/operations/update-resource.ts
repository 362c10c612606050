import type { Props } from "../../json.ts";
import { accept, findReplay, requireFree } from "../cloud/accept.ts";
import { guardCreateOnly, guardReadOnly } from "../cloud/guard.ts";
import { readIdentifier } from "../cloud/identifier.ts";
import { type KnownType, knownOf, requireHandler } from "../cloud/known-type.ts";
import { readView } from "../cloud/model.ts";
import { applyPatch, readPatch } from "../cloud/patch.ts";
import { progressEvent } from "../cloud/progress-event.ts";
import { validate } from "../cloud/validate.ts";
import { type Answer, readLive, textOf } from "./operation.ts";

/** Applies the patch to what a read shows, checks the result and starts an update to it. */
export const updateResource: Answer = (cloud, input, planned) => {
  const known = knownOf(cloud.settings, textOf(input, "TypeName"));
  const earlier = findReplay(cloud, "UPDATE", input);
  if (earlier) return { ProgressEvent: progressEvent(cloud, earlier) };
  requireHandler(known, "update");
  const identifier = readIdentifier(cloud, known, textOf(input, "Identifier"));
  requireFree(cloud, known.type, identifier);
  const live = readView(known, readLive(cloud, known, identifier).model);
  const wanted = patchLive(known, live, textOf(input, "PatchDocument"));
  const request = accept(cloud, {
    operation: "UPDATE",
    type: known.type,
    identifier,
    wanted,
    input,
    ...(planned && { planned }),
  });
  return { ProgressEvent: progressEvent(cloud, request) };
};

// Live shows no write-only values: those that the patch does not send again are lost here, as at the service.
function patchLive(known: KnownType, live: Props, document: string): Props {
  const ops = readPatch(document);
  const result = applyPatch(live, ops);
  guardReadOnly(known, ops);
  guardCreateOnly(known, live, result);
  validate(known, result);
  return result;
}
