// Cloud Control's own shapes, in its own capitals, and what we read of them.
// https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_ProgressEvent.html
import type { ProgressEvent } from "@aws-sdk/client-cloudcontrol";
import { ResourceError } from "../errors.ts";
import type { Props } from "../json.ts";
import { isProps, parseExact } from "../json.ts";
import { codeOf, refusedPathsIn } from "../wire/failure.ts";

interface WriteInput {
  readonly TypeName: string;
  readonly TypeVersionId?: string;
  readonly RoleArn?: string;
  /** Makes the same request the same operation for 36 h; 1-128 of `[-A-Za-z0-9+/=]`. */
  readonly ClientToken: string;
}

/** One write exactly as it goes over the wire, so that it can be kept and sent again. */
export type Write =
  | { readonly operation: "CreateResource"; readonly input: WriteInput & { readonly DesiredState: string } }
  | {
      readonly operation: "UpdateResource";
      readonly input: WriteInput & { readonly Identifier: string; readonly PatchDocument: string };
    }
  | { readonly operation: "DeleteResource"; readonly input: WriteInput & { readonly Identifier: string } };

/** An operation at AWS as last heard of. */
export interface Progress {
  readonly requestToken: string | undefined;
  readonly identifier: string | undefined;
  readonly status: "running" | "succeeded" | "failed" | "cancelled";
  readonly errorCode: string | undefined;
  readonly message: string | undefined;
  /** Instant (epoch ms) before which AWS asks not to poll. */
  readonly retryAt: number | undefined;
  /** What is done to which type, e.g. `CREATE AWS::SQS::Queue`, where AWS says both. */
  readonly work?: string;
}

/** How an operation ended. `unknown`: AWS no longer knows the token (kept 7 days). */
export type EndedOperation =
  | { readonly outcome: "succeeded"; readonly identifier: string | undefined }
  | {
      readonly outcome: "failed";
      readonly identifier: string | undefined;
      readonly error: ResourceError;
      /** Nothing was ever sent: there was no connection. */
      readonly isUnsent?: true;
    }
  | { readonly outcome: "unknown" };

/** What GetResource and ListResources say of one resource. */
export interface Found {
  readonly identifier: string;
  readonly live: Props;
}

const statuses: Readonly<Record<string, Progress["status"]>> = {
  PENDING: "running",
  IN_PROGRESS: "running",
  CANCEL_IN_PROGRESS: "running",
  SUCCESS: "succeeded",
  FAILED: "failed",
  CANCEL_COMPLETE: "cancelled",
};

/**
 * Reads an event. Every member is optional on the wire: without a status it runs on if there is a token to ask by;
 * with neither nothing is known, and `UNAVAILABLE` has the request sent again.
 */
export function progressOf(event: ProgressEvent | undefined): Progress {
  const status = statuses[event?.OperationStatus ?? ""] ?? "running";
  if (status === "running" && !event?.RequestToken) {
    throw new ResourceError("UNAVAILABLE", "the answer does not say how the operation goes");
  }
  return {
    requestToken: event?.RequestToken,
    identifier: event?.Identifier,
    status,
    errorCode: event?.ErrorCode,
    message: event?.StatusMessage,
    retryAt: event?.RetryAfter?.getTime(),
    ...workIn(event),
  };
}

const workIn = ({ Operation, TypeName }: ProgressEvent = {}): Pick<Progress, "work"> =>
  Operation && TypeName ? { work: `${Operation} ${TypeName}` } : {};

/** The failure that an ended operation tells, with the identifier of what may exist all the same. */
export function failureIn(progress: Progress): ResourceError {
  const known = { identifier: progress.identifier, requestToken: progress.requestToken };
  if (progress.status === "cancelled")
    return new ResourceError("CANCELLED", "the request was cancelled", known);
  const code = progress.errorCode ?? "HandlerFailure";
  const message = progress.message ?? "the handler failed without a message";
  const paths = refusedPathsIn(message);
  return new ResourceError(codeOf(code, message), `${message} [${code}]`, { ...known, paths });
}

/** Parses the JSON text in which Cloud Control carries a model; none at all reads as empty. */
export function modelIn(text: string | undefined): Props {
  if (text === undefined) return {};
  const model = tryParse(text);
  if (isProps(model)) return model;
  throw new ResourceError("HANDLER_FAILED", "the model that the handler returned is no JSON object");
}

function tryParse(text: string): unknown {
  try {
    return parseExact(text);
  } catch {
    return undefined;
  }
}
