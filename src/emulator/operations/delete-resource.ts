import { accept, findReplay, requireFree } from "../cloud/accept.ts";
import { readIdentifier } from "../cloud/identifier.ts";
import { knownOf, requireHandler } from "../cloud/known-type.ts";
import { progressEvent } from "../cloud/progress-event.ts";
import { type Answer, textOf } from "./operation.ts";

/** Starts a delete; that the resource is missing shows in the event that ends it. */
export const deleteResource: Answer = (cloud, input, planned) => {
  const known = knownOf(cloud.settings, textOf(input, "TypeName"));
  const earlier = findReplay(cloud, "DELETE", input);
  if (earlier) return { ProgressEvent: progressEvent(cloud, earlier) };
  requireHandler(known, "delete");
  const identifier = readIdentifier(cloud, known, textOf(input, "Identifier"));
  requireFree(cloud, known.type, identifier);
  const request = accept(cloud, {
    operation: "DELETE",
    type: known.type,
    identifier,
    input,
    ...(planned && { planned }),
  });
  return { ProgressEvent: progressEvent(cloud, request) };
};
