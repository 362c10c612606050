import { changeValues } from "./operations.ts";
import type { Because, Change, Event, ShownOperation } from "../events.ts";
import { type Texts, holdsOne, hushedText, veiled, veiledProps } from "./veil.ts";
import { mask } from "./secret.ts";

/** A change with a mask for every secret of the run, also for one that was named after it. */
export function veilChange(change: Change, texts: Texts): Change {
  if (texts.size === 0) return change;
  const { identifier, patch, because, differences, desired, why, error } = change;
  return {
    ...change,
    ...(identifier !== undefined && holdsOne(identifier, texts) && { identifier: mask }),
    ...(patch && { patch: veilPatch(patch, texts) }),
    ...(because && { because: veilBecause(because, texts) }),
    ...(differences && { differences: veilBecause(differences, texts) }),
    ...(desired && { desired: veiledProps(desired, texts) }),
    ...(why !== undefined && { why: hushedText(why, texts) }),
    ...(error && {
      error: {
        ...error,
        message: hushedText(error.message, texts),
        advice: hushedText(error.advice, texts),
      },
    }),
  };
}

/** The same for everything that a run says. */
export function veilEvent(event: Event, texts: Texts): Event {
  if (texts.size === 0) return event;
  switch (event.name) {
    case "done":
    case "planned":
    case "failed":
      return { ...event, change: veilChange(event.change, texts) };
    case "started":
      return { ...event, ...(event.patch && { patch: veilPatch(event.patch, texts) }) };
    case "progress":
      return event.message === undefined ? event : { ...event, message: hushedText(event.message, texts) };
    case "retry":
      return { ...event, reason: hushedText(event.reason, texts) };
    case "warning":
    case "notice":
      return { ...event, message: hushedText(event.message, texts) };
    case "call":
      return event;
  }
}

const veilBecause = (because: readonly Because[], texts: Texts): readonly Because[] =>
  because.map(({ path, from, to }) => ({
    path,
    ...(from !== undefined && { from: veiled(from, texts) }),
    ...(to !== undefined && { to: veiled(to, texts) }),
  }));

const veilPatch = (patch: readonly ShownOperation[], texts: Texts): readonly ShownOperation[] =>
  patch.map((operation) => changeValues(operation, (value) => veiled(value, texts)));
