import type { Props } from "../../json.ts";
import type { Cloud } from "./cloud.ts";
import { identityOf } from "./identifier.ts";
import { knownOf } from "./known-type.ts";
import { type Request, isRunning } from "./request.ts";

/** Writes a request record as the ProgressEvent that the wire carries; instants are epoch seconds. */
export function progressEvent(cloud: Cloud, request: Request): Props {
  const { now, retryAfterMs } = cloud.settings;
  return {
    TypeName: request.type,
    ...(request.identifier !== undefined && { Identifier: request.identifier }),
    RequestToken: request.token,
    Operation: request.operation,
    OperationStatus: request.status,
    EventTime: request.startedAt / 1000,
    ...(request.model && { ResourceModel: modelText(cloud, request.type, request.model) }),
    ...(request.failure && { ErrorCode: request.failure.code, StatusMessage: request.failure.message }),
    ...(retryAfterMs !== undefined && isRunning(request) && { RetryAfter: (now() + retryAfterMs) / 1000 }),
  };
}

function modelText({ settings }: Cloud, type: string, model: Props): string {
  return JSON.stringify(settings.sparseModel ? identityOf(knownOf(settings, type), model) : model);
}
