import { changeValues } from "./shown-operations.ts";
import {
  type Because,
  type BegunStep,
  type Change,
  type Event,
  type ShownOperation,
  type Trace,
  isTrace,
} from "../../events.ts";
import { type Texts, holdsSecret, redactText, redactValue, redactProps } from "./redact.ts";
import { type Pointer, pointerOf, segmentsOf } from "../../json.ts";
import { mask } from "./secret.ts";

/** A change with a mask for every secret of the run, also for one that was named after it. */
export function redactChange(change: Change, texts: Texts): Change {
  if (texts.size === 0) return change;
  const { identifier, patch, because, differences, desired, why, steps, error } = change;
  return {
    ...change,
    ...(identifier !== undefined && holdsSecret(identifier, texts) && { identifier: mask }),
    ...(patch && { patch: redactPatch(patch, texts) }),
    ...(because && { because: redactReasons(because, texts) }),
    ...(differences && { differences: redactReasons(differences, texts) }),
    ...(desired && { desired: redactProps(desired, texts) }),
    ...(why !== undefined && { why: redactText(why, texts) }),
    ...(steps && { steps: steps.map((step) => redactStep(step, texts)) }),
    ...(error && {
      error: {
        ...error,
        message: redactText(error.message, texts),
        advice: redactText(error.advice, texts),
      },
    }),
  };
}

/** The same for everything that a run says. */
export function redactEvent(event: Event, texts: Texts): Event {
  if (texts.size === 0) return event;
  if (isTrace(event)) return redactTrace(event, texts);
  switch (event.name) {
    case "done":
    case "planned":
    case "failed":
      return { ...event, change: redactChange(event.change, texts) };
    case "started":
      return { ...event, ...(event.patch && { patch: redactPatch(event.patch, texts) }) };
    case "progress":
      return event.message === undefined ? event : { ...event, message: redactText(event.message, texts) };
    case "step":
      return redactStep(event, texts);
    case "retry":
      return { ...event, reason: redactText(event.reason, texts) };
    case "warning":
    case "notice":
      return { ...event, message: redactText(event.message, texts) };
    case "call":
      return event;
  }
}

const redactStep = <S extends BegunStep>(step: S, texts: Texts): S =>
  step.why === undefined ? step : { ...step, why: redactText(step.why, texts) };

function redactTrace(trace: Trace, texts: Texts): Trace {
  switch (trace.name) {
    case "request": {
      const { identifier } = trace;
      return identifier === undefined ? trace : { ...trace, identifier: redactText(identifier, texts) };
    }
    case "decision":
      return { ...trace, why: redactText(trace.why, texts), ...redactPaths(trace.paths, texts) };
    case "record":
      return trace;
  }
}

/** A key of a map may be what is secret elsewhere; in a pointer it stands with its slashes escaped. */
function redactPaths(
  paths: readonly Pointer[] | undefined,
  texts: Texts,
): { readonly paths?: readonly Pointer[] } {
  if (!paths) return {};
  const within = (path: Pointer): Pointer =>
    pointerOf(segmentsOf(path).map((segment) => redactText(segment, texts)));
  return { paths: paths.map(within) };
}

const redactReasons = (because: readonly Because[], texts: Texts): readonly Because[] =>
  because.map(({ path, from, to }) => ({
    path,
    ...(from !== undefined && { from: redactValue(from, texts) }),
    ...(to !== undefined && { to: redactValue(to, texts) }),
  }));

const redactPatch = (patch: readonly ShownOperation[], texts: Texts): readonly ShownOperation[] =>
  patch.map((operation) => changeValues(operation, (value) => redactValue(value, texts)));
