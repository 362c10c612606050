import { changeValues } from "./shown-operations.ts";
import type { Because, Change, Event, ShownOperation } from "../../events.ts";
import { type Texts, holdsSecret, redactText, redactValue, redactProps } from "./redact.ts";
import { mask } from "./secret.ts";

/** A change with a mask for every secret of the run, also for one that was named after it. */
export function redactChange(change: Change, texts: Texts): Change {
  if (texts.size === 0) return change;
  const { identifier, patch, because, differences, desired, why, error } = change;
  return {
    ...change,
    ...(identifier !== undefined && holdsSecret(identifier, texts) && { identifier: mask }),
    ...(patch && { patch: redactPatch(patch, texts) }),
    ...(because && { because: redactReasons(because, texts) }),
    ...(differences && { differences: redactReasons(differences, texts) }),
    ...(desired && { desired: redactProps(desired, texts) }),
    ...(why !== undefined && { why: redactText(why, texts) }),
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
  switch (event.name) {
    case "done":
    case "planned":
    case "failed":
      return { ...event, change: redactChange(event.change, texts) };
    case "started":
      return { ...event, ...(event.patch && { patch: redactPatch(event.patch, texts) }) };
    case "progress":
      return event.message === undefined ? event : { ...event, message: redactText(event.message, texts) };
    case "retry":
      return { ...event, reason: redactText(event.reason, texts) };
    case "warning":
    case "notice":
      return { ...event, message: redactText(event.message, texts) };
    case "call":
      return event;
  }
}

const redactReasons = (because: readonly Because[], texts: Texts): readonly Because[] =>
  because.map(({ path, from, to }) => ({
    path,
    ...(from !== undefined && { from: redactValue(from, texts) }),
    ...(to !== undefined && { to: redactValue(to, texts) }),
  }));

const redactPatch = (patch: readonly ShownOperation[], texts: Texts): readonly ShownOperation[] =>
  patch.map((operation) => changeValues(operation, (value) => redactValue(value, texts)));
