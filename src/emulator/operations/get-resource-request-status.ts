import type { Cloud } from "../cloud/cloud.ts";
import { progressEvent } from "../cloud/progress-event.ts";
import { serviceRefusal } from "../cloud/refusal.ts";
import type { Request } from "../cloud/request.ts";
import { type Answer, textOf } from "./operation.ts";

/** Tells how a request stands. */
export const getResourceRequestStatus: Answer = (cloud, input) => ({
  ProgressEvent: progressEvent(cloud, requestOf(cloud, textOf(input, "RequestToken"))),
  HooksProgressEvent: [],
});

/** Finds a request record, or refuses: never made, or more than seven days old. */
export function requestOf(cloud: Cloud, token: string): Request {
  const request = cloud.requestOf(token);
  if (request) return request;
  throw serviceRefusal("RequestTokenNotFoundException", `Request with token ${token} was not found`);
}
