import type { Cloud } from "../cloud/cloud.ts";
import { progressEvent } from "../cloud/progress-event.ts";
import { invalid } from "../cloud/refusal.ts";
import type { Request } from "../cloud/request.ts";
import { requestOf } from "./get-resource-request-status.ts";
import { type Answer, textOf } from "./operation.ts";

/** Stops a request before its work is done; asking again changes nothing. */
export const cancelResourceRequest: Answer = (cloud, input) => ({
  ProgressEvent: progressEvent(cloud, cancelRequest(cloud, requestOf(cloud, textOf(input, "RequestToken")))),
});

function cancelRequest(cloud: Cloud, request: Request): Request {
  switch (request.status) {
    case "CANCEL_IN_PROGRESS":
    case "CANCEL_COMPLETE":
      return request;
    case "PENDING":
    case "IN_PROGRESS": {
      const cancelling: Request = { ...request, status: "CANCEL_IN_PROGRESS" };
      cloud.note(cancelling);
      return cancelling;
    }
    case "SUCCESS":
    case "FAILED":
      break;
  }
  throw invalid(
    `Only requests with a status of PENDING or IN_PROGRESS can be cancelled: ${request.token} is ${request.status}`,
  );
}
