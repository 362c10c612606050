import type { Props } from "../../json.ts";
import type { Operation, PlannedFailure } from "./options.ts";
import type { HandlerFailure } from "./refusal.ts";

/** Where a request stands; the last three of them are final. */
export type Status =
  | "PENDING"
  | "IN_PROGRESS"
  | "CANCEL_IN_PROGRESS"
  | "SUCCESS"
  | "FAILED"
  | "CANCEL_COMPLETE";

/** The record of one write. It is data, so that an operation survives a restart. */
export interface Request {
  readonly token: string;
  readonly operation: Operation;
  readonly type: string;
  /** Absent while the service has not named the resource. */
  readonly identifier?: string;
  readonly clientToken?: string;
  /** What the client token stands for: the same text is the same request. */
  readonly fingerprint: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly dueAt: number;
  readonly status: Status;
  /** What a create or update wants. */
  readonly wanted?: Props;
  /** What it came to, as read. */
  readonly model?: Props;
  readonly planned?: PlannedFailure;
  readonly failure?: HandlerFailure;
}

/** Tells whether the operation may still change anything. */
export const isRunning = ({ status }: Request): boolean =>
  status === "PENDING" || status === "IN_PROGRESS" || status === "CANCEL_IN_PROGRESS";
