import type { OptionNames } from "../../known-options.ts";
import type { Pointer, Props } from "../../json.ts";
import type { Facts } from "../../schema/facts.ts";
import { denierOf } from "./denier.ts";
import { type HostileOptions, type Hostility, hostilityOf } from "../hostile/options.ts";
import { type Schemas, factsIn, loadSchemas } from "./schemas.ts";

/** What Cloud Control calls the three writes. */
export type Operation = "CREATE" | "UPDATE" | "DELETE";

/** The asynchronous operation ends FAILED with this HandlerErrorCode instead of doing its work. */
export interface PlannedFailure {
  readonly code: string;
  readonly message?: string;
  /** The event names an identifier, also one of a resource that never came to be. */
  readonly identifier?: boolean;
  /** The work is done all the same: the resource exists, is changed or is gone. */
  readonly created?: boolean;
  /** What the remnant of a create shows beside what was asked, e.g. `{ Status: "CREATE_FAILED" }`. */
  readonly remnant?: Props;
}

/** One thing that goes wrong with one call. */
export type Fault =
  | { readonly throttle: true }
  | { readonly error: { readonly type: string; readonly message: string; readonly status?: number } }
  /** The connection is cut and nothing has been done. */
  | { readonly dropBefore: true }
  /** The connection is cut although everything has been done. */
  | { readonly dropAfter: true }
  | { readonly delayMs: number }
  | { readonly failWith: PlannedFailure }
  /** A page of HTML with this status, as a proxy between answers. */
  | { readonly html: number };

/** A fault and the calls that it befalls: those for which everything said here holds. */
export interface FaultRule {
  /** The name of the API, as in IncomingCall. */
  readonly api?: string;
  /** The TypeName of the request, or the bucket and key. */
  readonly target?: string;
  /** Which calls of their API, from 1. */
  readonly count?: number | readonly number[];
  /** One call of its API in so many: 5 is the 5th, the 10th, …, a fifth of all. */
  readonly every?: number;
  readonly fault: Fault;
}

/** A call as the emulator sees it before it answers. */
export interface IncomingCall {
  /**
   * `CreateResource`, …; `apigatewayv2:GetApis`, …; `apigateway:PutMethod`, …; `s3:PutObject`, …;
   * `cloudformation:DescribeType`; `sts:GetCallerIdentity`.
   */
  readonly api: string;
  /** The TypeName of the request, or for S3 the bucket and key (`state/shop/dev/lock.json`), if it has one. */
  readonly target?: string;
  readonly body: unknown;
  /** Which call of this API it is, from 1. */
  readonly count: number;
}

/** A call that has arrived, in the order of arrival. */
export interface Call {
  readonly api: string;
  /** The parsed body; text where it could not be parsed. */
  readonly body: unknown;
  /** Where and for whom it was signed. */
  readonly region: string;
  readonly account: string;
  /** Epoch milliseconds by the emulator's clock. */
  readonly at: number;
}

/** How the emulator behaves; every field has a default. */
export interface EmulatorOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Milliseconds from a write to its end, 100 unless told. */
  readonly operationMs?: number | ((operation: Operation, typeName: string) => number);
  /** Epoch milliseconds. */
  readonly now?: () => number;
  /** The region of requests whose signature has none. Every region has resources of its own. */
  readonly region?: string;
  /** Twelve digits: the account of every access key that is no account's number itself. */
  readonly account?: string;
  /**
   * The IAM actions that the caller may not do, with `*` for anything: those of Cloud Control
   * (`cloudformation:CreateResource`), of API Gateway (`apigateway:PATCH`) and those that the schema says a type's
   * handlers need (`sqs:CreateQueue`). A denied action of the request is refused at once, one of a handler ends its
   * operation with AccessDenied.
   */
  readonly deny?: readonly string[] | (() => readonly string[]);
  /** A file that the cloud is loaded from, if it is there, and kept in after every change. */
  readonly data?: string;
  /** What is known of a type; a type without facts is not found. */
  readonly facts?: (type: string) => Facts | undefined;
  /**
   * A file of registry schemas, one JSON document a line, also compressed (`.gz`): their types behave as these say,
   * whatever `facts` says, and DescribeType answers with the very document.
   */
  readonly schemas?: string;
  /** Unfinished events carry RetryAfter, this long after now. */
  readonly retryAfterMs?: number;
  /** The first event of a write is PENDING. */
  readonly pending?: boolean;
  /** ResourceModel on SUCCESS holds the identifier alone. */
  readonly sparseModel?: boolean;
  /** How long GetResource and ListResources do not see a new resource yet; also `(typeName) => ms`. */
  readonly staleReadMs?: number | ((typeName: string) => number);
  /** How long ListResourceRequests shows neither a new request nor that one has ended. */
  readonly staleRequestsMs?: number;
  /**
   * How many calls of Cloud Control an account and region takes a second, all its APIs together, and as many at once
   * after a rest; what is beyond is refused with ThrottlingException. Default: any number.
   */
  readonly callsPerSecond?: number;
  /** How long GetResource shows a changed resource as it was before; also `(typeName) => ms`. */
  readonly staleUpdateMs?: number | ((typeName: string) => number);
  /**
   * Places, by type, at which the service takes every value and heeds none: what is asked at creation is not there, and
   * what a later patch changes or removes stays as it is, although the operation succeeds (cdk-real-drift #1689, #1544).
   */
  readonly ignores?: Readonly<Record<string, readonly Pointer[]>>;
  /** Handlers that do all that real ones are known to do to their callers, by a seed; see HostileHabit. */
  readonly hostile?: HostileOptions;
  /**
   * `refuse` answers as API Gateway does: while a write below an API is under way, every other one below the same API
   * is refused with "Unable to complete operation due to concurrent modification. Please try again later."
   * (terraform-provider-aws #18018, #16439). A write through Cloud Control is under way for `operationMs`; a REST write
   * from its arrival to its answer, no time at all unless a fault delays it. Through Cloud Control the refusal is an
   * event, FAILED at once with ResourceConflict (V1) or GeneralServiceException (V2); through REST it is
   * ConflictException, status 409. Default `allow`.
   */
  readonly concurrentEdits?: "allow" | "refuse";
  /**
   * Refuses to delete what others use: a resource whose identifier, or whose id or ARN as made by the service, stands
   * whole (at least 6 characters) in a string of another resource's model, those apart that go along with it. The event
   * is FAILED with GeneralServiceException, "Resource x is in use by y and cannot be deleted. (Service: Z, Status Code:
   * 409, Request ID: …)"; through REST it is ConflictException. Default false: only what services are known to refuse.
   */
  readonly refuseInUse?: boolean;
  /**
   * What S3 makes of If-None-Match and If-Match: `heed` as Amazon's does; `ignore` and `refuse` (501) as those of other
   * makes that do not know them. Default `heed`.
   */
  readonly conditionalWrites?: "heed" | "ignore" | "refuse";
  /** Asked before every answer what goes wrong with it; `faultsByRule` makes such a function of data. */
  readonly faults?: (call: IncomingCall) => Fault | undefined;
}

/** What those are called. */
export const emulatorOptionNames: OptionNames<EmulatorOptions> = {
  port: true,
  operationMs: true,
  now: true,
  region: true,
  account: true,
  deny: true,
  data: true,
  facts: true,
  schemas: true,
  retryAfterMs: true,
  pending: true,
  sparseModel: true,
  staleReadMs: true,
  staleRequestsMs: true,
  callsPerSecond: true,
  staleUpdateMs: true,
  ignores: true,
  hostile: true,
  concurrentEdits: true,
  refuseInUse: true,
  conditionalWrites: true,
  faults: true,
};

/** The options that the cloud itself obeys, all of them decided. */
export interface Settings {
  readonly operationMs: (operation: Operation, typeName: string) => number;
  readonly now: () => number;
  readonly region: string;
  readonly account: string;
  readonly denies: (action: string) => boolean;
  readonly data: string | undefined;
  readonly facts: (type: string) => Facts | undefined;
  /** Those that were handed in. */
  readonly schemas: Schemas;
  readonly retryAfterMs: number | undefined;
  readonly pending: boolean;
  readonly sparseModel: boolean;
  readonly staleReadMs: (typeName: string) => number;
  readonly staleRequestsMs: number;
  readonly callsPerSecond: number;
  readonly staleUpdateMs: (typeName: string) => number;
  readonly ignores: Readonly<Record<string, readonly Pointer[]>>;
  readonly hostile: Hostility | undefined;
  readonly concurrentEdits: "allow" | "refuse";
  readonly refuseInUse: boolean;
  readonly conditionalWrites: "heed" | "ignore" | "refuse";
}

/** Decides every option that was left open. */
export function settingsOf(options: EmulatorOptions, bundled: (type: string) => Facts | undefined): Settings {
  const { operationMs = 100 } = options;
  const schemas = options.schemas === undefined ? new Map<string, never>() : loadSchemas(options.schemas);
  return {
    operationMs: typeof operationMs === "number" ? () => operationMs : operationMs,
    now: options.now ?? Date.now,
    region: options.region ?? "us-east-1",
    account: options.account ?? "123456789012",
    denies: denierOf(options.deny ?? []),
    data: options.data,
    facts: factsIn(schemas, options.facts ?? bundled),
    schemas,
    retryAfterMs: options.retryAfterMs,
    pending: options.pending ?? false,
    sparseModel: options.sparseModel ?? false,
    staleReadMs: byType(options.staleReadMs),
    ...limitsIn(options),
    staleUpdateMs: byType(options.staleUpdateMs),
    ignores: options.ignores ?? {},
    hostile: hostilityOf(options.hostile),
    concurrentEdits: options.concurrentEdits ?? "allow",
    refuseInUse: options.refuseInUse ?? false,
    conditionalWrites: options.conditionalWrites ?? "heed",
  };
}

const limitsIn = ({
  staleRequestsMs = 0,
  callsPerSecond = Infinity,
}: EmulatorOptions): Pick<Settings, "staleRequestsMs" | "callsPerSecond"> => ({
  staleRequestsMs,
  callsPerSecond,
});

const byType = (ms: number | ((typeName: string) => number) = 0): ((typeName: string) => number) =>
  typeof ms === "number" ? () => ms : ms;
