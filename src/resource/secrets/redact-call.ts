import { ResourceError } from "../../errors.ts";
import type { Because, ShownOperation } from "../../events.ts";
import {
  type Json,
  type Pointer,
  type Props,
  covers,
  expand,
  isProps,
  leavesOf,
  pointerOf,
  segmentsOf,
  valueAt,
  withValueAt,
} from "../../json.ts";
import type { Entry } from "../../entry.ts";
import type { Facts } from "../../schema/facts.ts";
import { changeValues } from "./shown-operations.ts";
import { mask } from "./secret.ts";
import { type Texts, redactText, textsIn, redactValue } from "./redact.ts";
import { hiddenPaths } from "./hidden-paths.ts";

/** What tells the secrets of a call. */
interface SecretCall {
  readonly facts: Facts;
  readonly desired: Props;
  readonly secrets: readonly Pointer[];
  readonly confidential: Texts;
}

/** What is known of a resource beside its call: what a read shows, and what its entry holds by its digest. */
interface KnownModels {
  readonly live: Props;
  readonly digests?: Entry["digests"] | undefined;
}

/**
 * Where values are hidden, in a plan as in the deed: what is write-only, secret, or was when it was recorded; and where
 * nobody could be asked what is write-only, all that live does not show.
 */
function hiddenPlacesOf(
  { facts, desired, secrets }: SecretCall,
  { live, digests = {} }: KnownModels,
): readonly Pointer[] {
  const unseen = facts.writeOnly ? [] : hiddenPaths(facts, desired, secrets, live);
  return [...(facts.writeOnly ?? []), ...secrets, ...Object.keys(digests), ...unseen];
}

/** What a create asks for as it may be shown. */
export function redactDesired(call: SecretCall): Props {
  const shown = hiddenPlacesOf(call, { live: call.desired }).reduce<Json>(
    (value, pattern) => redactAt("", value, pattern),
    call.desired,
  );
  return isProps(shown) ? shown : {};
}

/** A patch of what is live as it may be shown. */
export function redactPatch(
  call: SecretCall,
  patch: readonly ShownOperation[],
  known: KnownModels,
): readonly ShownOperation[] {
  return redactPatchAt(patch, hiddenPlacesOf(call, known)).map((operation) =>
    changeValues(operation, (value) => redactValue(value, call.confidential)),
  );
}

/** The patch as it may be shown: values at hidden paths (patterns with `*` allowed) give way to a mask. */
export function redactPatchAt(
  patch: readonly ShownOperation[],
  hidden: readonly Pointer[],
): readonly ShownOperation[] {
  return patch.map((operation) =>
    changeValues(operation, (value) =>
      hidden.reduce((shown, pattern) => redactAt(operation.path, shown, pattern), value),
    ),
  );
}

function redactAt(path: Pointer, value: Json, pattern: Pointer): Json {
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

/** The reasons of a replacement as they may be shown. */
export const redactReasons = (
  call: SecretCall,
  because: readonly Because[],
  known: KnownModels,
): readonly Because[] => redactReasonsAt(because, hiddenPlacesOf(call, known), call.confidential);

/** The reasons of a replacement with the values at hidden paths masked. */
export function redactReasonsAt(
  because: readonly Because[],
  hidden: readonly Pointer[],
  texts: Texts = new Set(),
): readonly Because[] {
  return because.map((one) => {
    const isHidden = hidden.some((pattern) => covers(pattern, one.path) || covers(one.path, pattern));
    if (isHidden) return { path: one.path, from: mask, to: mask };
    const { path, from, to } = one;
    return {
      path,
      ...(from !== undefined && { from: redactValue(from, texts) }),
      ...(to !== undefined && { to: redactValue(to, texts) }),
    };
  });
}

/** Text as it may be shown: where a service quotes a secret of the run or a write-only value of the call, a mask stands instead. */
export function redactMessage({ facts, desired, secrets, confidential }: SecretCall, text: string): string {
  const hidden = [...(facts.writeOnly ?? []).flatMap((pattern) => expand(desired, pattern)), ...secrets];
  const own = hidden.flatMap((pointer) => textsIn(valueAt(desired, pointer) ?? null));
  return redactText(text, new Set([...confidential, ...own]));
}

/** A failure as it may be thrown; one that quotes a secret loses its cause, which quotes it too. */
export function redactError(call: SecretCall, error: ResourceError): ResourceError {
  const what = redactMessage(call, error.what);
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

/** What was recorded with masks, with the secrets of the call in their places: its own script may have them back. */
export function restoreSecrets(
  { desired, secrets }: Pick<SecretCall, "desired" | "secrets">,
  live: Props,
): Props {
  if (secrets.length === 0) return live;
  const values = secrets.map((path) => ({ path, value: valueAt(desired, path) ?? null }));
  const placed = values.reduce<Json>(
    (shown, { path, value }) => (valueAt(shown, path) === mask ? withValueAt(shown, path, value) : shown),
    live,
  );
  // A service that keeps a list in an order of its own has put it elsewhere; of several, nobody can tell which.
  const [only, ...others] = new Set(values.map(({ value }) => value));
  const whole =
    others.length > 0 || only === undefined
      ? placed
      : leavesOf(placed).reduce<Json>(
          (shown, { pointer, value }) => (value === mask ? withValueAt(shown, pointer, only) : shown),
          placed,
        );
  return isProps(whole) ? whole : live;
}
