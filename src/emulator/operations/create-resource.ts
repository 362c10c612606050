import { accept, findReplay, requireFree } from "../cloud/accept.ts";
import { identifierIn } from "../cloud/identifier.ts";
import { knownOf, requireHandler } from "../cloud/known-type.ts";
import { progressEvent } from "../cloud/progress-event.ts";
import { refuseReadOnly, validate } from "../cloud/validate.ts";
import { type Answer, modelIn, textOf } from "./operation.ts";

/** Checks the desired state against the schema and starts a create. A user-named identifier shows at once. */
export const createResource: Answer = (cloud, input, planned) => {
  const known = knownOf(cloud.settings, textOf(input, "TypeName"));
  const earlier = findReplay(cloud, "CREATE", input);
  if (earlier) return { ProgressEvent: progressEvent(cloud, earlier) };
  requireHandler(known, "create");
  const wanted = modelIn(input, "DesiredState");
  refuseReadOnly(known, wanted);
  validate(known, wanted);
  const identifier = identifierIn(known, wanted);
  requireFree(cloud, known.type, identifier);
  const request = accept(cloud, {
    operation: "CREATE",
    type: known.type,
    wanted,
    input,
    ...(identifier !== undefined && { identifier }),
    ...(planned && { planned }),
  });
  return { ProgressEvent: progressEvent(cloud, request) };
};
