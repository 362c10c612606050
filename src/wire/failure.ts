// What AWS says when it fails, read into the one catalogue. The only file that looks at the words of a message.
// Codes of exceptions: https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_CreateResource.html
// Codes of events: https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/resource-operations-errors.html
// Codes of every service: https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
import { type Code, ResourceError, isResourceError } from "../errors.ts";
import type { Pointer } from "../json.ts";
import { codes } from "./codes.ts";

/** Codes under which a handler passes on whatever its service said. */
const vague: readonly Code[] = ["HANDLER_FAILED", "INVALID_REQUEST"];

const throttle = "(?:Throttl(?:ing|ed)|TooManyRequests|RequestLimitExceeded)(?:Exception)?";

/**
 * Throttles that arrive under another name (pulumi-aws-native #1780), in the places where services put them: a user
 * may well have named a resource ThrottlingException.
 */
const throttles: readonly RegExp[] = [
  /\bStatus Code: 429\b/,
  new RegExp(`\\bError Code: ${throttle}\\b`),
  new RegExp(`\\berror occurred \\(${throttle}\\)`),
  new RegExp(`(?:^|FAILED: )(?:[\\w$]+\\.)*${throttle}(?=$|:| \\()`),
  /(?:^|[:.] )(?:Rate exceeded|Too Many Requests)\b/i,
];

/** How Route 53 says that a record set is there: https://docs.aws.amazon.com/Route53/latest/APIReference/API_InvalidChangeBatch.html */
const takenName = /\bbut it already exists\b/;
/** A batch that takes an old value away was refused for that first: then what it would have made is no news. */
const outdatedValue = /\bdo(?:es)? not match the current values\b|\bbut it was not found\b/;

/** terraform-provider-aws #18018: API Gateway refuses two writes of one API at a time. */
const concurrent = /Unable to complete operation due to concurrent modification/;

/** Tells whether a write was refused because another one below the same API was under way. */
export const isConcurrentEdit = ({ code, what }: ResourceError): boolean =>
  code === "BUSY" && concurrent.test(what);

/**
 * How services say that they may not use a role yet: Lambda, Firehose, Step Functions, ECS, EC2, event source mappings,
 * and policies that name it (terraform-provider-awscc #221).
 */
const unusableRole: readonly RegExp[] = [
  /cannot be assumed by|(?:unable|not authorized|permission) to assume|invalid or cannot be assumed/i,
  /\bauthorized to assume the provided role\b/i,
  /\brole (?:\S+ )?does not have permissions? to\b/i,
  /\bInvalid (?:IAM Instance Profile|principal in policy)\b/i,
];

/** Tells whether a service could not use a role, which of a role made moments ago means only that IAM is slow to tell. */
export function isUnusableRole({ code, what }: ResourceError): boolean {
  if (code === "ACCESS_DENIED") return true;
  return vague.includes(code) && unusableRole.some((pattern) => pattern.test(what));
}

/** What signature checks say of a request signed minutes off; the SDK has corrected its clock by then. */
const skewed = /^Signature (?:expired|not yet current)\b/;

const unreachable = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "EPROTO",
  "ETIMEDOUT",
  "EAI_AGAIN",
]);

/** Codes of connections that never came to be, when they say so of the connecting itself. */
const unconnected = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ETIMEDOUT",
]);

/** What Node says of a certificate that it does not trust, and of a port that does not speak TLS: before any request. */
const untrusted = /^(?:CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_)/;
const noTls = /wrong version number|packet length too long/;

/** Tells whether a request has certainly not left this machine: there never was a connection that could carry it. */
export function isUnsent(error: unknown): boolean {
  const { code, syscall, message } = thrownIn(isResourceError(error) ? error.cause : undefined);
  if (typeof code === "string" && untrusted.test(code)) return true;
  if (
    typeof message === "string" &&
    (noTls.test(message) || /without establishing a connection/.test(message))
  )
    return true;
  return (
    unconnected.has(String(code)) &&
    (code === "ENOTFOUND" || code === "EAI_AGAIN" || isConnect(error, syscall))
  );
}

/** Where a name has several addresses, Node tells of each try in `errors`. */
function isConnect(error: unknown, syscall: unknown): boolean {
  if (syscall === "connect") return true;
  return addressesIn(error).length > 0;
}

/** The addresses that refused or did not answer. */
function addressesIn(error: unknown): readonly string[] {
  const { address, errors } = thrownIn(isResourceError(error) ? error.cause : undefined);
  const all = Array.isArray(errors) ? errors.map((one: unknown) => thrownIn(one).address) : [address];
  return all.filter((one) => typeof one === "string");
}

/** Tells whether nobody listens at an endpoint of this machine, such as an emulator's: waiting will not bring it. */
export function isRefusedHere(error: unknown): boolean {
  const { code } = thrownIn(isResourceError(error) ? error.cause : undefined);
  const addresses = addressesIn(error);
  const isHere = (address: string): boolean => /^(?:127\.|::1$|::ffff:127\.)/.test(address);
  return code === "ECONNREFUSED" && addresses.length > 0 && addresses.every(isHere);
}

const bareName = (name: string): string =>
  name
    .replace(/^.*#/, "")
    .replace(/:.*$/, "")
    .replace(/(?:Error)?(?:Exception)?$/, "");

/** The code for a name such as `ThrottlingException`, `AlreadyExists` or `com.amazon…#NotFoundException:…`. */
export function codeOf(name: string, message = ""): Code {
  const bare = bareName(name);
  const code = (Object.hasOwn(codes, bare) ? codes[bare] : undefined) ?? "HANDLER_FAILED";
  if (bare === "InvalidSignature" && skewed.test(message)) return "UNAVAILABLE";
  if (!vague.includes(code)) return code;
  if (throttles.some((pattern) => pattern.test(message))) return "THROTTLED";
  if (bare === "InvalidChangeBatch" && takenName.test(message) && !outdatedValue.test(message))
    return "ALREADY_EXISTS";
  return concurrent.test(message) ? "BUSY" : code;
}

/** The request token that some messages end in, e.g. `… with RequestToken 5f2c…`. */
export function requestTokenIn(message: string): string | undefined {
  return [...message.matchAll(/\bRequestToken:? ([-A-Za-z0-9+/=]{1,128})/g)].at(-1)?.[1];
}

/** Tells whether an operation of somebody else, named by its token, stands in the way. */
export function isConcurrentOperation(error: unknown): error is ResourceError {
  return isRefusal(error, "ConcurrentOperation");
}

/** Tells whether our client token already names an operation, whose request token the message carries. */
export function isTokenConflict(error: unknown): error is ResourceError {
  return isRefusal(error, "ClientTokenConflict");
}

const isRefusal = (error: unknown, bare: string): boolean =>
  isResourceError(error) && bareName(nameOf(thrownIn(error.cause))) === bare;

/** The parts of an SDK error that are looked at. `$fault` is there when a service spoke. */
interface ThrownError {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly Message?: unknown;
  /** Of Route 53's InvalidChangeBatch, one for each change that was refused. */
  readonly messages?: unknown;
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly address?: unknown;
  readonly errors?: unknown;
  readonly $fault?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

const thrownIn = (value: unknown): ThrownError => (typeof value === "object" && value !== null ? value : {});

const nameOf = ({ name }: ThrownError): string => (typeof name === "string" ? name : "Error");

/** Reads what an SDK call threw into a ResourceError. One that is ours already comes back as it is. */
export function failureOf(thrown: unknown): ResourceError {
  if (isResourceError(thrown)) return thrown;
  const error = thrownIn(thrown);
  const message = wordsOf(error, thrown);
  return new ResourceError(
    error.$fault === undefined ? networkCodeOf(error) : serviceCodeOf(error, message),
    message,
    {
      requestId: error.$metadata?.requestId,
      requestToken: requestTokenIn(message),
      paths: refusedPathsIn(message),
      cause: thrown,
    },
  );
}

/**
 * The places for which a patch was refused: `… createOnlyProperties [/properties/A, /properties/B] cannot be updated`, and
 * whatever else is named as the registry names properties where a handler says that something cannot be changed.
 */
export function refusedPathsIn(message: string): readonly Pointer[] | undefined {
  const [, list] = /\b(?:createOnly|readOnly)Properties \[([^\]]+)\] cannot be updated/.exec(message) ?? [];
  if (list !== undefined)
    return list.split(",").map((path) => path.trim().replace(/^\/properties(?=\/)/, ""));
  if (!unchangeable.test(message)) return undefined;
  const named = [...message.matchAll(/\/properties((?:\/[\w*~-]+)+)/g)].map(([, path = ""]) => path);
  return named.length > 0 ? [...new Set(named)] : undefined;
}

const unchangeable =
  /\b(?:can ?not|can't|may not|must not) be (?:updated|modified|changed)|\bnot (?:updatable|updateable|modifiable)|immutable|create-?only/i;

function wordsOf(error: ThrownError, thrown: unknown): string {
  const status = error.$metadata?.httpStatusCode;
  if (isUnreadable(error)) return `the answer (HTTP ${status}) cannot be read`;
  const several = Array.isArray(error.messages) ? error.messages.join("; ") : undefined;
  for (const text of [error.message, error.Message, several]) {
    if (typeof text === "string" && text !== "" && text !== "UnknownError") return text;
  }
  if (status !== undefined) return `the service answered HTTP ${status} without a word`;
  if (typeof error.code === "string") return error.code;
  return typeof error.name === "string" ? error.name : String(thrown);
}

/** An answer came, but not one of the service's: a page of HTML, half a JSON, a value of the wrong kind. */
const isUnreadable = ({ $fault, $metadata }: ThrownError): boolean =>
  $fault === undefined && $metadata?.httpStatusCode !== undefined;

/** A failure that the service told. */
function serviceCodeOf(error: ThrownError, message: string): Code {
  const name = nameOf(error);
  const status = error.$metadata?.httpStatusCode ?? 400;
  const isKnown =
    Object.hasOwn(codes, bareName(name)) && !(status >= 500 && bareName(name) === "InternalFailure");
  return (isKnown ? undefined : codeOfStatus(status)) ?? codeOf(name, message);
}

/** A failure on the way: here, on the network, or at a proxy. */
function networkCodeOf(error: ThrownError): Code {
  const name = nameOf(error);
  const code = typeof error.code === "string" ? error.code : "";
  const status = error.$metadata?.httpStatusCode;
  if (unreachable.has(code) || /CERT|TLS/.test(code) || name === "TimeoutError") return "UNREACHABLE";
  if (name === "AbortError") return "ABORTED";
  if (name === "CredentialsProviderError" || name === "TokenProviderError") {
    return /expired/i.test(String(error.message)) ? "EXPIRED_CREDENTIALS" : "NO_CREDENTIALS";
  }
  if (/Region is missing|region="" is not/.test(String(error.message))) return "NO_REGION";
  // Without knowing what was answered, a write may have been taken: only a resend can tell.
  if (status !== undefined && status < 300) return "UNAVAILABLE";
  return (status === undefined ? undefined : codeOfStatus(status)) ?? "INVALID_REQUEST";
}

function codeOfStatus(status: number): Code | undefined {
  if (status >= 500) return "UNAVAILABLE";
  if (status === 429) return "THROTTLED";
  return status === 401 || status === 403 || status === 407 ? "ACCESS_DENIED" : undefined;
}
