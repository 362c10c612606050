import { type Props, expand, valueAt } from "../../json.ts";
import { breachesIn, echoesIn, refusalIn } from "../hostile/echoes.ts";
import { type Said, hear, restoresIn, withFixed } from "../hostile/heard.ts";
import { accept, findReplay, requireFree } from "../cloud/accept.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { guardCreateOnly, guardReadOnly } from "../cloud/guard.ts";
import { readIdentifier } from "../cloud/identifier.ts";
import { type KnownType, knownOf, registryPointer, requireHandler } from "../cloud/known-type.ts";
import { readView, without } from "../cloud/model.ts";
import type { PlannedFailure } from "../cloud/options.ts";
import { applyPatch, readPatch } from "../cloud/patch.ts";
import { progressEvent } from "../cloud/progress-event.ts";
import { invalid } from "../cloud/refusal.ts";
import { natureOf } from "../cloud/seen.ts";
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
  const shown = readLive(cloud, known, identifier);
  const result = patchLive(known, shown, textOf(input, "PatchDocument"));
  const { wanted, failure = planned } = understood(cloud, known, identifier, { shown, result });
  const request = accept(cloud, {
    operation: "UPDATE",
    type: known.type,
    identifier,
    wanted,
    input,
    ...(failure && { planned: failure }),
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

/** What the update is to lead to, and how it fails. Where reads show no more than what is there, that is the result. */
function understood(
  cloud: Cloud,
  known: KnownType,
  identifier: string,
  said: Said,
): { readonly wanted: Props; readonly failure?: PlannedFailure } {
  const resource = cloud.find(known.type, identifier);
  const nature = resource && natureOf(cloud, resource);
  if (!nature) return { wanted: said.result };
  const { model } = resource;
  const echoes = echoesIn(known, readView(known, model), nature);
  const breaches = breachesIn(known, said.result, echoes);
  if (breaches.length > 0) throw invalid(`Model validation failed (${breaches.join("\n")})`);
  const unseen = known.writeOnly
    .flatMap((pattern) => expand(model, pattern))
    .filter((pointer) => valueAt(said.shown, pointer) === undefined);
  const wanted = withFixed(known, hear(said, without(model, unseen)), model);
  const restores = restoresIn(known, said, nature.hostility).map(registryPointer);
  if (restores.length > 0) {
    const message = `Properties [${restores.join(", ")}] cannot be updated after creation`;
    return { wanted, failure: { code: "NotUpdatable", message } };
  }
  const refused = refusalIn(known, said.result, echoes, nature);
  if (refused === undefined) return { wanted };
  return { wanted, failure: { code: "InvalidRequest", message: `Invalid request provided: ${refused}` } };
}
