import { spellOut } from "./unruly.ts";

/** What an error asks of whoever meets it; retry and exit codes look at this alone. */
export type Kind = "transient" | "conflict" | "missing" | "invalid" | "denied" | "busy" | "state";

interface Meaning {
  readonly kind: Kind;
  readonly advice: string;
}

/** A stable name of one way to fail, e.g. `ALREADY_EXISTS`. */
export type Code =
  | "VALIDATION"
  | "UNSUPPORTED_TYPE"
  | "INVALID_REQUEST"
  | "NOT_UPDATABLE"
  | "SERVICE_LIMIT"
  | "SECRET_NEEDED"
  | "ALREADY_EXISTS"
  | "AMBIGUOUS"
  | "ADOPT_MISMATCH"
  | "OWNED"
  | "REPLACE_REFUSED"
  | "DELETE_REFUSED"
  | "REFUSED"
  | "TYPE_CHANGED"
  | "PROTECTED"
  | "NOT_FOUND"
  | "PARENT_NOT_FOUND"
  | "ACCESS_DENIED"
  | "NO_CREDENTIALS"
  | "EXPIRED_CREDENTIALS"
  | "NO_REGION"
  | "THROTTLED"
  | "UNAVAILABLE"
  | "UNREACHABLE"
  | "BUSY"
  | "NOT_PROPAGATED"
  | "NOT_STABILIZED"
  | "UNHEALTHY"
  | "HANDLER_FAILED"
  | "CANCELLED"
  | "TIMEOUT"
  | "ABORTED"
  | "UNKNOWN_AT_PLAN"
  | "PLAN_MISMATCH"
  | "NOT_TARGETED"
  | "WRONG_ACCOUNT"
  | "LOCKED"
  | "STATE_ELSEWHERE"
  | "STATE_UNREADABLE"
  | "STATE_UNWRITABLE"
  | "STATE_UNSETTLED"
  | "STATE_KEY"
  | "SCOPE_MISMATCH";

/** Every code the library can fail with. The README's table is checked against it. */
export const catalogue: Readonly<Record<Code, Meaning>> = {
  VALIDATION: { kind: "invalid", advice: "Correct the property or option that the message names." },
  UNSUPPORTED_TYPE: {
    kind: "invalid",
    advice:
      "Cloud Control does not serve this type here: check its spelling, the region, and that it is activated.",
  },
  INVALID_REQUEST: { kind: "invalid", advice: "The service refused the values: the message says which." },
  NOT_UPDATABLE: {
    kind: "invalid",
    advice: "Change the value back, or pass allowReplace to replace the resource.",
  },
  SERVICE_LIMIT: { kind: "invalid", advice: "Delete something or ask AWS to raise the quota." },
  SECRET_NEEDED: {
    kind: "invalid",
    advice: "State holds only a digest of this value: pass it from the script again.",
  },
  ALREADY_EXISTS: {
    kind: "conflict",
    advice: "Pass adopt: true to take over the existing resource, or choose another name.",
  },
  AMBIGUOUS: { kind: "conflict", advice: "Pass adopt: { identifier } with the one that is meant." },
  ADOPT_MISMATCH: {
    kind: "conflict",
    advice: "Declare the values that exist, or choose another identity: adoption never replaces.",
  },
  OWNED: {
    kind: "conflict",
    advice: "Declare it once: take one of the two ids away, or pass renamedFrom to move it to the new one.",
  },
  REPLACE_REFUSED: {
    kind: "conflict",
    advice: "Pass allowReplace: true if losing the old resource and its contents is meant.",
  },
  DELETE_REFUSED: {
    kind: "conflict",
    advice:
      "Declare it again, pass retain to forget it, or allowDelete: true (--allow-delete) if losing it is meant.",
  },
  REFUSED: {
    kind: "denied",
    advice: "Change what the check refuses, or the check (--check, the option check).",
  },
  TYPE_CHANGED: {
    kind: "conflict",
    advice: "Give the new resource another id, or pass allowReplace: true to replace the old one.",
  },
  PROTECTED: { kind: "conflict", advice: "Take protect away in the script, deploy, then try again." },
  NOT_FOUND: { kind: "missing", advice: "Check the identifier, the account and the region." },
  PARENT_NOT_FOUND: { kind: "missing", advice: "Create the resource that the message names first." },
  ACCESS_DENIED: { kind: "denied", advice: "Grant the caller the permission that the message names." },
  NO_CREDENTIALS: {
    kind: "denied",
    advice:
      "Set AWS_PROFILE or run `aws configure`; to try without an account, run `npx await-aws emulator` and set AWS_ENDPOINT_URL.",
  },
  EXPIRED_CREDENTIALS: {
    kind: "denied",
    advice: "Sign in again (`aws sso login`), then run the same script.",
  },
  NO_REGION: {
    kind: "invalid",
    advice: "Set AWS_REGION, or pass region; to try without an account, run `npx await-aws emulator`.",
  },
  THROTTLED: { kind: "transient", advice: "Run the script again later, or lower concurrency." },
  UNAVAILABLE: { kind: "transient", advice: "Run the script again: it goes on where it stopped." },
  UNREACHABLE: {
    kind: "transient",
    advice: "Check the network and AWS_ENDPOINT_URL, then run the script again.",
  },
  BUSY: {
    kind: "busy",
    advice: "Another operation holds this resource: run the script again when it has ended.",
  },
  NOT_PROPAGATED: {
    kind: "busy",
    advice:
      "IAM takes up to two minutes to make a new role known: run the script again. If it fails again, the role lacks a permission.",
  },
  NOT_STABILIZED: {
    kind: "busy",
    advice: "The resource is recorded as incomplete: run the script again to settle it.",
  },
  UNHEALTHY: {
    kind: "invalid",
    advice:
      "Look in the service's console for what has gone wrong; replace: true or --replace makes it anew, and once it is well the same script settles it.",
  },
  HANDLER_FAILED: { kind: "invalid", advice: "The service's handler failed: the message is all it told." },
  CANCELLED: { kind: "busy", advice: "Somebody cancelled the request: run the script again." },
  TIMEOUT: { kind: "busy", advice: "The operation goes on at AWS: run the script again to settle it." },
  ABORTED: { kind: "busy", advice: "The run was stopped: run the script again to go on." },
  UNKNOWN_AT_PLAN: {
    kind: "state",
    advice:
      "A plan ends where a program looks into what is known only after apply: deploy what comes before it first.",
  },
  PLAN_MISMATCH: { kind: "state", advice: "Make a new plan, and deploy that one." },
  NOT_TARGETED: { kind: "state", advice: "Name that resource as a target too, or run without targets." },
  WRONG_ACCOUNT: {
    kind: "denied",
    advice: "Use the credentials of an account that is allowed: nothing was written.",
  },
  LOCKED: { kind: "state", advice: "Wait for the other run to end." },
  STATE_ELSEWHERE: {
    kind: "state",
    advice:
      "Run with the region, account and endpoint of the entry, or use another stage; where nothing was ever made there, forget it with await-aws state rm.",
  },
  STATE_UNREADABLE: {
    kind: "state",
    advice: "Restore the file from a backup, or move it away and adopt the resource again.",
  },
  STATE_UNWRITABLE: { kind: "state", advice: "Make the state folder writable: nothing was sent to AWS." },
  STATE_UNSETTLED: {
    kind: "state",
    advice: "A run was cut off here: look at the resource, then run the script again with adopt: true.",
  },
  STATE_KEY: {
    kind: "state",
    advice:
      "Bring that key back: the .key file of the state folder, or AWAIT_AWS_STATE_KEY. Where it is lost, `npx await-aws state rekey <script>` records the values that the script has now by a key of today. Until then nothing is sent.",
  },
  SCOPE_MISMATCH: {
    kind: "state",
    advice: "Install one version of await-aws: two copies cannot share a run.",
  },
};

/** What is known of the failure beside its code. Paths are JSON pointers into the resource's properties. */
export interface Circumstances {
  readonly type?: string | undefined;
  readonly id?: string | undefined;
  readonly identifier?: string | undefined;
  readonly paths?: readonly string[] | undefined;
  readonly requestToken?: string | undefined;
  readonly requestId?: string | undefined;
  readonly advice?: string | undefined;
  /** Where in the script the call stands, e.g. `deploy.ts:12:7`. */
  readonly site?: string | undefined;
  readonly cause?: unknown;
}

const brand = Symbol.for("await-aws.ResourceError");

/** The one error class: `code` to test, `kind` to sort by, `advice` to follow, `cause` beneath. */
export class ResourceError extends Error {
  override readonly name = "ResourceError";
  readonly code: Code;
  readonly kind: Kind;
  readonly advice: string;
  readonly type: string | undefined;
  readonly id: string | undefined;
  readonly identifier: string | undefined;
  readonly paths: readonly string[] | undefined;
  readonly requestToken: string | undefined;
  readonly requestId: string | undefined;
  /** Where in the script the call stands that it befell, e.g. `deploy.ts:12:7`. */
  readonly site: string | undefined;
  /** The message without place, code and advice. */
  readonly what: string;

  constructor(code: Code, what: string, circumstances: Circumstances = {}) {
    const advice = circumstances.advice ?? catalogue[code].advice;
    const place = [circumstances.type, circumstances.id && JSON.stringify(circumstances.id)]
      .filter(Boolean)
      .join(" ");
    const at = circumstances.site === undefined ? "" : ` at ${circumstances.site}`;
    super(`${place && `${place}: `}${what} (${code})${at}. ${advice}`, { cause: circumstances.cause });
    this.code = code;
    this.kind = catalogue[code].kind;
    this.advice = advice;
    this.what = what;
    this.type = circumstances.type;
    this.id = circumstances.id;
    this.identifier = circumstances.identifier;
    this.paths = circumstances.paths;
    this.requestToken = circumstances.requestToken;
    this.requestId = circumstances.requestId;
    this.site = circumstances.site;
    // Node shows it as it is where nobody catches the error.
    if (this.stack !== undefined) this.stack = spellOut(this.stack, "\n");
    Object.defineProperty(this, brand, { value: true });
  }

  /** The same failure with more known of it: which resource it befell, and which call. What was known before stands. */
  at(place: Pick<Circumstances, "type" | "id" | "identifier" | "site">): ResourceError {
    const { type, id, identifier, paths, requestToken, requestId, advice, site = place.site } = this;
    const known = { type, id, identifier, paths, requestToken, requestId, advice, site, cause: this.cause };
    return new ResourceError(this.code, this.what, {
      ...known,
      type: type ?? place.type,
      id: id ?? place.id,
      identifier: identifier ?? place.identifier,
    });
  }
}

const slipBrand = Symbol.for("await-aws.UsageError");

/**
 * A slip of whoever uses the library: a misspelt option, an id declared twice, a flag without its value. Thrown before
 * anything is sent. A TypeError that is none of these is a fault of the library, and is told as one.
 */
export class UsageError extends TypeError {
  static {
    // On the prototype, so that a stack begins with it.
    Object.defineProperty(this.prototype, "name", { value: "UsageError" });
  }

  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    Object.defineProperty(this, slipBrand, { value: true });
  }
}

/** Tells whether a value is a UsageError, also one made by another copy of this package. */
export const isUsageError = (value: unknown): value is UsageError =>
  typeof value === "object" && value !== null && slipBrand in value;

/** Tells whether a value is a ResourceError, also one made by another copy of this package. */
export function isResourceError(value: unknown): value is ResourceError {
  return typeof value === "object" && value !== null && brand in value;
}

/** The failure of what was not begun because of this signal. */
export function stoppage({ reason }: AbortSignal): ResourceError {
  const why: unknown = reason;
  if (!isResourceError(why)) return new ResourceError("ABORTED", "stopped before this was begun");
  return new ResourceError(why.code, `${why.what}: this was not begun`, { advice: why.advice });
}

const ofCaller: readonly Code[] = ["NO_REGION", "NO_CREDENTIALS", "EXPIRED_CREDENTIALS", "WRONG_ACCOUNT"];

/** Tells whether a failure is of who asks and would befall any request: it says nothing of what was asked for. */
export const isOfCaller = ({ code }: ResourceError): boolean => ofCaller.includes(code);
