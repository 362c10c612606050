import type { Cloud } from "./cloud.ts";
import { identifierIn } from "./identifier.ts";
import { type KnownType, knownOf } from "./known-type.ts";
import { type Outcome, create, update } from "./lifecycle.ts";
import { readView, withDefaults, withMadeValues } from "./model.ts";
import { remove } from "./removal.ts";
import { type Request, isRunning } from "./request.ts";
import { randomWord } from "./template.ts";

/** Request records live for seven days; after that their token is unknown. */
const recordMs = 7 * 24 * 60 * 60 * 1000;

/**
 * Brings the cloud up to its clock: ends every operation that is due, in the order in which they fall due, and
 * forgets records that are too old. Called before every answer, so that no timer is needed.
 */
export function settle(cloud: Cloud): void {
  const now = cloud.settings.now();
  for (const request of cloud.requests()) {
    if (now - request.startedAt >= recordMs && !isRunning(request)) cloud.forget(request);
    else if (request.status === "PENDING") cloud.note({ ...request, status: "IN_PROGRESS" });
  }
  const due = cloud.requests().filter((request) => isRunning(request) && request.dueAt <= now);
  for (const request of due.toSorted((a, b) => a.dueAt - b.dueAt)) cloud.note(endRequest(cloud, request));
}

function endRequest(cloud: Cloud, request: Request): Request {
  if (request.status === "CANCEL_IN_PROGRESS") return { ...request, status: "CANCEL_COMPLETE" };
  const known = knownOf(cloud.settings, request.type);
  if (request.planned) return failAsPlanned(cloud, known, request);
  const outcome = execute(cloud, known, request);
  if ("failed" in outcome) {
    const { identifier = request.identifier } = outcome.failed;
    return {
      ...request,
      status: "FAILED",
      failure: outcome.failed,
      ...(identifier !== undefined && { identifier }),
    };
  }
  const { identifier, model } = outcome.done;
  const shown = request.operation === "DELETE" ? {} : { model: readView(known, model) };
  return { ...request, status: "SUCCESS", identifier, ...shown };
}

function execute(cloud: Cloud, known: KnownType, request: Request): Outcome {
  const { operation, identifier = "", wanted = {} } = request;
  switch (operation) {
    case "CREATE":
      return create(cloud, known, wanted);
    case "UPDATE":
      return update(cloud, known, identifier, wanted);
    case "DELETE":
      break;
  }
  return remove(cloud, known, identifier);
}

function failAsPlanned(cloud: Cloud, known: KnownType, request: Request): Request {
  const { planned, ...record } = request;
  const made = planned?.created ? leaveRemnant(cloud, known, request) : undefined;
  const named = planned?.identifier
    ? (made ?? record.identifier ?? speculative(cloud, known, record))
    : record.identifier;
  const message = planned?.message ?? `The handler failed with ${planned?.code}.`;
  return {
    ...record,
    status: "FAILED",
    failure: { code: planned?.code ?? "InternalFailure", message },
    ...(named !== undefined && { identifier: named }),
  };
}

/** Does what the operation asks before it fails all the same; returns the identifier of what it has made. */
function leaveRemnant(cloud: Cloud, known: KnownType, { planned, ...record }: Request): string | undefined {
  const outcome = execute(cloud, known, record);
  if (!("done" in outcome)) return undefined;
  const { done } = outcome;
  if (planned?.remnant) cloud.place({ ...done, model: { ...done.model, ...planned.remnant } });
  return done.identifier;
}

/**
 * An identifier for something that never came to be, as its handler would have made it: what was given, what follows
 * from the name, and a made-up word for the rest.
 */
function speculative(cloud: Cloud, known: KnownType, { wanted = {} }: Request): string {
  const parts = known.identity.map((pointer) => [pointer.slice(1), randomWord("lower", 10)]);
  const templates = known.behaviour.made
    ? withMadeValues(known, withDefaults(known, wanted, cloud.settings), cloud.settings)
    : {};
  return (
    identifierIn(known, { ...Object.fromEntries(parts), ...templates, ...wanted }) ?? randomWord("lower", 10)
  );
}
