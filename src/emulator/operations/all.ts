import { cancelResourceRequest } from "./cancel-resource-request.ts";
import { createResource } from "./create-resource.ts";
import { deleteResource } from "./delete-resource.ts";
import { getResourceRequestStatus } from "./get-resource-request-status.ts";
import { getResource } from "./get-resource.ts";
import { listResourceRequests } from "./list-resource-requests.ts";
import { listResources } from "./list-resources.ts";
import type { Answer } from "./operation.ts";
import { updateResource } from "./update-resource.ts";

/** Every operation of Cloud Control, by the name in X-Amz-Target. */
export const operations: ReadonlyMap<string, Answer> = new Map([
  ["CreateResource", createResource],
  ["UpdateResource", updateResource],
  ["DeleteResource", deleteResource],
  ["GetResource", getResource],
  ["ListResources", listResources],
  ["GetResourceRequestStatus", getResourceRequestStatus],
  ["CancelResourceRequest", cancelResourceRequest],
  ["ListResourceRequests", listResourceRequests],
]);
