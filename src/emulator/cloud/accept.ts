import { randomUUID } from "node:crypto";
import { type Props, canonical } from "../../json.ts";
import type { Cloud } from "./cloud.ts";
import { refusedEdit } from "./concurrent-edits.ts";
import type { Operation, PlannedFailure } from "./options.ts";
import { serviceRefusal } from "./refusal.ts";
import { type Request, isRunning } from "./request.ts";

/** A client token stands for its request for 36 hours. */
const tokenMs = 36 * 60 * 60 * 1000;

/** A write that has passed every check before it starts. */
export interface AcceptedWrite {
  readonly operation: Operation;
  readonly type: string;
  readonly identifier?: string;
  readonly wanted?: Props;
  /** The request as sent. */
  readonly input: Props;
  readonly planned?: PlannedFailure;
}

/** Finds the operation that this very request has started before, or refuses a client token used for another one. */
export function findReplay(cloud: Cloud, operation: Operation, input: Props): Request | undefined {
  const clientToken = input["ClientToken"];
  if (clientToken === undefined) return undefined;
  const since = cloud.settings.now() - tokenMs;
  const earlier = cloud
    .requests()
    .findLast((request) => request.clientToken === clientToken && request.startedAt > since);
  if (!earlier || earlier.fingerprint === fingerprintOf(operation, input)) return earlier;
  throw serviceRefusal(
    "ClientTokenConflictException",
    `ClientToken ${earlier.clientToken} is already associated with an existing operation with RequestToken ${earlier.token}`,
  );
}

/** Refuses a second operation on a resource that has one under way. */
export function requireFree(cloud: Cloud, type: string, identifier: string | undefined): void {
  if (identifier === undefined) return;
  const other = cloud
    .requests()
    .find((request) => isRunning(request) && request.type === type && request.identifier === identifier);
  if (!other) return;
  throw serviceRefusal(
    "ConcurrentOperationException",
    `Concurrent operation found for resource ${identifier} with RequestToken ${other.token}`,
  );
}

/** Records the write; it ends by itself after the time that the settings give it. */
export function accept(cloud: Cloud, { input, ...accepted }: AcceptedWrite): Request {
  const { now, operationMs, pending } = cloud.settings;
  const { ClientToken: clientToken } = input;
  const startedAt = now();
  const refused = refusedEdit(cloud, accepted);
  const request: Request = {
    ...accepted,
    ...(refused && { planned: refused }),
    token: randomUUID(),
    ...(typeof clientToken === "string" && { clientToken }),
    fingerprint: fingerprintOf(accepted.operation, input),
    startedAt,
    // What is refused has done nothing, and ends before anybody asks.
    dueAt: refused ? startedAt : startedAt + operationMs(accepted.operation, accepted.type),
    status: pending ? "PENDING" : "IN_PROGRESS",
  };
  cloud.note(request);
  return request;
}

const fingerprintOf = (operation: Operation, input: Props): string => `${operation} ${canonical(input)}`;
