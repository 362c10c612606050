import { ResourceError } from "../errors.ts";
import type { Because, PatchOperation } from "../events.ts";
import {
  type Json,
  type Pointer,
  type Props,
  covers,
  expand,
  leavesOf,
  pointerOf,
  segmentsOf,
  valueAt,
  withValueAt,
} from "../json.ts";
import type { Call } from "./call.ts";
import { hiddenPaths } from "./record.ts";
import { mask } from "./secret.ts";

/** What tells the secrets of a call. */
type Hiding = Pick<Call, "facts" | "desired" | "secrets">;

/** A patch of what is live as it may be shown: what is write-only, secret, or not shown by live is masked. */
export function shownPatch(
  { facts, desired, secrets }: Hiding,
  patch: readonly PatchOperation[],
  live: Props,
): readonly PatchOperation[] {
  return maskedPatch(patch, [...(facts.writeOnly ?? []), ...hiddenPaths(facts, desired, secrets, live)]);
}

/** The patch as it may be shown: values at hidden paths (patterns with `*` allowed) give way to a mask. */
export function maskedPatch(
  patch: readonly PatchOperation[],
  hidden: readonly Pointer[],
): readonly PatchOperation[] {
  return patch.map((operation) =>
    "value" in operation
      ? {
          ...operation,
          value: hidden.reduce((value, pattern) => hide(operation.path, value, pattern), operation.value),
        }
      : operation,
  );
}

function hide(path: Pointer, value: Json, pattern: Pointer): Json {
  const given = segmentsOf(path);
  const wanted = segmentsOf(pattern);
  const shared = Math.min(given.length, wanted.length);
  if (wanted.slice(0, shared).some((segment, i) => segment !== "*" && segment !== given[i])) return value;
  if (wanted.length <= given.length) return mask;
  return expand(value, pointerOf(wanted.slice(shared))).reduce<Json>(
    (shown, pointer) => withValueAt(shown, pointer, mask),
    value,
  );
}

/** The reasons of a replacement as they may be shown: of what is hidden, only the path. */
export function maskedBecause(because: readonly Because[], hidden: readonly Pointer[]): readonly Because[] {
  return because.map((one) =>
    hidden.some((pattern) => covers(pattern, one.path) || covers(one.path, pattern))
      ? { path: one.path, from: mask, to: mask }
      : one,
  );
}

// Shorter ones stand in too many words to be taken out of them.
const shortestSecret = 4;

/** Text as it may be shown: where a service quotes a secret or write-only value of the call, a mask stands instead. */
export function hushed({ facts, desired, secrets }: Hiding, text: string): string {
  const hidden = [...(facts.writeOnly ?? []).flatMap((pattern) => expand(desired, pattern)), ...secrets];
  return hidden
    .flatMap((pointer) => leavesOf(valueAt(desired, pointer) ?? null))
    .flatMap(({ value }) => (typeof value === "string" && value.length >= shortestSecret ? [value] : []))
    .toSorted((a, b) => b.length - a.length)
    .reduce((shown, value) => shown.replaceAll(value, () => mask), text);
}

/** A failure as it may be thrown; one that quotes a secret loses its cause, which quotes it too. */
export function hushedError(call: Hiding, error: ResourceError): ResourceError {
  const what = hushed(call, error.what);
  if (what === error.what) return error;
  const { type, id, identifier, paths, requestToken, requestId, advice } = error;
  return new ResourceError(error.code, what, {
    type,
    id,
    identifier,
    paths,
    requestToken,
    requestId,
    advice,
  });
}
