import type { IncomingHttpHeaders } from "node:http";
import type { Cloud } from "../cloud/cloud.ts";
import type { PlannedFailure } from "../cloud/options.ts";
import type { Refusal } from "../cloud/refusal.ts";

/** A request as it came over the wire. */
export interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The body, as it is and as text. */
  readonly bytes: Buffer;
  readonly text: string;
}

/** What goes back over the wire. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string | Buffer;
}

/** One call at one of the emulated services: what it asks, and that service's way to answer and to refuse. */
export interface Door {
  /** The name that calls are recorded and faults are scripted by. */
  readonly api: string;
  readonly target?: string;
  /** The IAM action that the caller needs, if it needs one. */
  readonly action?: string;
  /** Whether it counts against `callsPerSecond`. */
  readonly isLimited?: boolean;
  readonly body: unknown;
  /** The API that a REST write changes, named as in cloud/concurrent-edits.ts. */
  readonly edits?: string;
  readonly answer: (cloud: Cloud, planned?: PlannedFailure) => Reply;
  readonly refuse: (refusal: Refusal) => Reply;
  /** How the service says that too many requests came. */
  readonly throttled: Refusal;
  /** How it says that a request is not signed. */
  readonly unsigned: Refusal;
}

/** The name of an exception without its namespace. */
export const shapeOf = ({ type }: Refusal): string => type.slice(type.lastIndexOf("#") + 1);
