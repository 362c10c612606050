// What AWS says when it fails, read into the one catalogue. The only file that looks at the words of a message.
// Codes of exceptions: https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_CreateResource.html
// Codes of events: https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/resource-operations-errors.html
import { type Code, ResourceError, isResourceError } from "../errors.ts";

/** Exceptions and handler error codes by name; both vocabularies agree wherever they share one. */
const codes: Readonly<Record<string, Code>> = {
  AccessDenied: "ACCESS_DENIED",
  AlreadyExists: "ALREADY_EXISTS",
  BadRequest: "INVALID_REQUEST",
  ClientTokenConflict: "BUSY",
  ConcurrentModification: "BUSY",
  ConcurrentOperation: "BUSY",
  Conflict: "BUSY",
  CredentialsProviderError: "NO_CREDENTIALS",
  ExpiredToken: "EXPIRED_CREDENTIALS",
  GeneralService: "HANDLER_FAILED",
  GeneralServiceException: "HANDLER_FAILED",
  HandlerFailure: "HANDLER_FAILED",
  HandlerInternalFailure: "HANDLER_FAILED",
  InternalFailure: "HANDLER_FAILED",
  InvalidCredentials: "EXPIRED_CREDENTIALS",
  InvalidRequest: "INVALID_REQUEST",
  InvalidSignature: "ACCESS_DENIED",
  InvalidClientTokenId: "NO_CREDENTIALS",
  MissingAuthenticationToken: "NO_CREDENTIALS",
  NetworkFailure: "UNAVAILABLE",
  NotFound: "NOT_FOUND",
  NotStabilized: "NOT_STABILIZED",
  NotUpdatable: "NOT_UPDATABLE",
  PrivateType: "UNSUPPORTED_TYPE",
  RequestTokenNotFound: "NOT_FOUND",
  ResourceConflict: "BUSY",
  ResourceNotFound: "NOT_FOUND",
  Serialization: "INVALID_REQUEST",
  ServiceInternalError: "UNAVAILABLE",
  ServiceLimitExceeded: "SERVICE_LIMIT",
  ServiceTimeout: "NOT_STABILIZED",
  ServiceUnavailable: "UNAVAILABLE",
  Throttling: "THROTTLED",
  TimeoutError: "UNREACHABLE",
  TooManyRequests: "THROTTLED",
  TypeNotFound: "UNSUPPORTED_TYPE",
  UnauthorizedTaggingOperation: "ACCESS_DENIED",
  UnrecognizedClient: "NO_CREDENTIALS",
  UnsupportedAction: "UNSUPPORTED_TYPE",
  Validation: "INVALID_REQUEST",
};

/** Throttles that arrive under another name (pulumi-aws-native #1780); whole words, so that no resource's name matches. */
const throttled = /\b(Rate exceeded|Too Many Requests|ThrottlingException|TooManyRequestsException)\b/;

/** terraform-provider-aws #18018: API Gateway refuses two writes of one API at a time. */
const concurrent = /Unable to complete operation due to concurrent modification/;

const vague: readonly Code[] = ["HANDLER_FAILED", "INVALID_REQUEST"];

const unreachable = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
  "EAI_AGAIN",
]);

/** The code for a name such as `ThrottlingException`, `AlreadyExists` or `com.amazon…#NotFoundException:…`. */
export function codeOf(name: string, message = ""): Code {
  const bare = name.replace(/^.*#/, "").replace(/:.*$/, "");
  const code = codes[bare] ?? codes[bare.replace(/(Exception|Error)$/, "")] ?? "HANDLER_FAILED";
  if (vague.includes(code) && throttled.test(message)) return "THROTTLED";
  if (concurrent.test(message)) return "BUSY";
  return code;
}

/** The request token that some messages carry, e.g. `… with RequestToken 5f2c…`. */
export function requestTokenIn(message: string): string | undefined {
  return /\bRequestToken:? ([-A-Za-z0-9+/=]{1,128})/.exec(message)?.[1];
}

/** Tells whether an operation of somebody else, named by its token, stands in the way. */
export function isConcurrentOperation(error: unknown): error is ResourceError {
  return isResourceError(error) && error.code === "BUSY" && /^Concurrent operation found/.test(error.what);
}

/** Tells whether our client token already names an operation, whose request token the message carries. */
export function isTokenConflict(error: unknown): error is ResourceError {
  return isResourceError(error) && error.code === "BUSY" && /^ClientToken .* already associated/.test(error.what);
}

interface Wire {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly Message?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

/** Reads what an SDK call threw into a ResourceError. One that is ours already comes back as it is. */
export function failureOf(thrown: unknown): ResourceError {
  if (isResourceError(thrown)) return thrown;
  const error: Wire = typeof thrown === "object" && thrown !== null ? thrown : {};
  const name = typeof error.name === "string" ? error.name : "Error";
  const message = wordsOf(error, thrown);
  const code = transportCodeOf(error, name) ?? codeOf(name, message);
  return new ResourceError(code, message, {
    requestId: error.$metadata?.requestId,
    requestToken: requestTokenIn(message),
    cause: thrown,
  });
}

function wordsOf(error: Wire, thrown: unknown): string {
  for (const text of [error.message, error.Message]) {
    if (typeof text === "string" && text !== "" && text !== "UnknownError") return text;
  }
  return typeof error.name === "string" ? error.name : String(thrown);
}

/** Failures in which no service spoke. A 5xx page of HTML reaches us as a SyntaxError that kept the status. */
function transportCodeOf(error: Wire, name: string): Code | undefined {
  const status = error.$metadata?.httpStatusCode;
  if (name === "SyntaxError") return status !== undefined && status < 500 ? "INVALID_REQUEST" : "UNAVAILABLE";
  if (codes[name.replace(/(Exception|Error)$/, "")] === undefined && codes[name] === undefined) {
    if (status !== undefined && status >= 500) return "UNAVAILABLE";
    if (status === 429) return "THROTTLED";
  }
  const code = typeof error.code === "string" ? error.code : undefined;
  if (code !== undefined && unreachable.has(code)) return "UNREACHABLE";
  if (name === "AbortError") return "ABORTED";
  if (/Region is missing/.test(String(error.message))) return "NO_REGION";
  return undefined;
}
