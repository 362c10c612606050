import { meaningText } from "../../diff/meaning.ts";
import { type Place, placeAt, placesOf } from "../../diff/place.ts";
import { sendableOf } from "../../diff/sendable.ts";
import {
  type Json,
  type Pointer,
  type Props,
  canonical,
  isList,
  isProps,
  pointerOf,
  valueAt,
} from "../../json.ts";
import { anyDigest, digestUnder } from "../../state/sealing.ts";
import type { Call } from "../call/read-call.ts";
import { hiddenPaths } from "../secrets/hidden-paths.ts";

/** What an entry keeps of a value that must not stand in it. */
export const digestOf = (key: Uint8Array, value: Json): string =>
  digestUnder(key, canonical(value), meaningText(value));

type Asked = Pick<Call, "facts" | "desired">;

/**
 * The pointers of desired values that state must not hold, one by one where some of them stay out of updates: else a
 * change beside such a value would be one of it, and a change of it one beside it.
 */
export function hiddenApart(call: Asked, secrets: readonly Pointer[], live: Props): readonly Pointer[] {
  const hidden = hiddenPaths(call.facts, call.desired, secrets, live);
  if (hidden.length === 0) return [];
  const root = placesOf(call.facts);
  return hidden.flatMap((path) =>
    split(placeAt(root, call.desired, path), valueAt(call.desired, path), path),
  );
}

function split(place: Place, value: Json | undefined, path: Pointer): Pointer[] {
  if (!place.holdsBound || place.jsonDocument) return [path];
  const inner: readonly (readonly [string, Json])[] = isList(value)
    ? value.map((one, i) => [String(i), one])
    : isProps(value)
      ? Object.entries(value)
      : [];
  if (inner.length === 0) return [path];
  return inner.flatMap(([name, one]) =>
    split(isList(value) ? place.item() : place.member(name), one, path + pointerOf([name])),
  );
}

/**
 * Digests for what no read shows and no update may carry in a resource that somebody else has made: nobody knows what
 * was asked there, so nothing counts as another value.
 */
export function foundDigestsOf(call: Asked, live: Props): Readonly<Record<Pointer, string>> {
  const { facts, desired } = call;
  const root = placesOf(facts);
  const hidden = hiddenApart(call, [], live);
  const unseen = { ...facts, documented: false, writeOnly: [...(facts.writeOnly ?? []), ...hidden] };
  const sent = sendableOf(placesOf(unseen), { facts, desired, prior: undefined });
  const unsent = hidden.filter(
    (path) => placeAt(root, desired, path).fixed || valueAt(sent, path) === undefined,
  );
  return Object.fromEntries(unsent.map((path) => [path, anyDigest]));
}
