import type { Entry } from "../../entry.ts";
import { ResourceError } from "../../errors.ts";
import {
  type Json,
  type Pointer,
  type Props,
  canonical,
  expand,
  isList,
  isProps,
  plantAt,
  pointerOf,
  segmentsOf,
  valueAt,
  withValueAt,
} from "../../json.ts";
import { meaningText } from "../../diff/meaning.ts";
import { type Place, placeAt, placesOf } from "../../diff/place.ts";
import type { Facts } from "../../schema/facts.ts";
import type { Records } from "../../scope/scope.ts";
import { anyDigest, compareDigest, isMeaningOf, isUncertain } from "../../state/sealing.ts";
import { digestOf } from "./digests.ts";
import { mask } from "../secrets/secret.ts";

/** Array items keep their index, so that pointers recorded beside stay true: a hidden item becomes null. */
export function dropAt(props: Props, pointer: Pointer): Props {
  const parent = valueAt(props, pointer.slice(0, pointer.lastIndexOf("/")));
  const left = withValueAt(props, pointer, isList(parent) ? null : undefined);
  return isProps(left) ? left : props;
}

/** What an entry says of values, and the key to what it keeps by digest. */
type KeyHolder = Pick<Records, "key">;

/** What the script asks today, and what is known of its places. */
export interface Today {
  readonly desired: Props;
  readonly facts: Facts;
}

/**
 * What the script asked last time, as far as it can be known: a hidden value that the digest of one of today's confirms
 * is that one, any other stands as a mask, which equals nothing. One that cannot be compared is `STATE_KEY`: it never
 * counts as changed.
 */
export function priorDesiredOf(entry: Entry, today: Today, records: KeyHolder): Props {
  const recall = recallFrom(today, records);
  const then = Object.entries(entry.digests).reduce<Json>(
    (left, [pointer, recorded]) => plantAt(left, pointer, recall(pointer, recorded) ?? mask),
    entry.desired,
  );
  return isProps(then) ? then : {};
}

/** Looks for the value behind a digest: today's there, one that has moved in its list, or one that means the same. */
function recallFrom(
  { desired, facts }: Today,
  records: KeyHolder,
): (pointer: Pointer, recorded: string) => Json | undefined {
  const moved = new Map<Pointer, ReadonlyMap<string, Json>>();
  const others = (pattern: Pointer): ReadonlyMap<string, Json> =>
    new Map(
      expand(desired, pattern).map((at) => {
        const value = valueAt(desired, at) ?? null;
        return [digestOf(records.key, value), value];
      }),
    );
  let root: Place | undefined;
  return (pointer, recorded) => {
    const now = valueAt(desired, pointer);
    if (now !== undefined && isAsDigested(records, { pointer, now, recorded })) return now;
    if (isUncertain(recorded)) return undefined;
    const pattern = acrossLists(desired, pointer);
    if (pattern !== pointer) {
      const known = moved.get(pattern) ?? others(pattern);
      moved.set(pattern, known);
      const same = known.get(recorded);
      if (same !== undefined) return same;
    }
    // At a place fixed at creation a spelling is no change.
    if (now === undefined || !isMeaningOf(records.key, meaningText(now), recorded)) return undefined;
    return placeAt((root ??= placesOf(facts)), desired, pointer).fixed ? now : undefined;
  };
}

/** The pointer with `*` for every item of a list that it leads through. */
function acrossLists(model: Props, pointer: Pointer): Pointer {
  const segments = segmentsOf(pointer);
  return pointerOf(
    segments.map((one, i) => (isList(valueAt(model, pointerOf(segments.slice(0, i)))) ? "*" : one)),
  );
}

/** The digests of an entry, with today's value where none was ever compared: from now on its change shows. */
export function makeCertain({ digests }: Entry, today: Props, records: KeyHolder): Entry["digests"] {
  const now = (pointer: Pointer): string => {
    const value = valueAt(today, pointer);
    return value === undefined ? anyDigest : digestOf(records.key, value);
  };
  const all = Object.entries(digests).map(([pointer, one]) => [
    pointer,
    one === anyDigest ? now(pointer) : one,
  ]);
  return Object.fromEntries(all);
}

/** A value of today, and what is recorded of the one before it. */
interface RecordedValue {
  readonly pointer: Pointer;
  readonly now: Json;
  readonly recorded: string;
}

function isAsDigested(records: KeyHolder, { pointer, now, recorded }: RecordedValue): boolean {
  // Neither needs a key to be told.
  if (isUncertain(recorded)) return recorded === anyDigest;
  const outcome = compareDigest(records.key, canonical(now), recorded);
  if (outcome !== "unknown") return outcome === "same";
  throw new ResourceError("STATE_KEY", "what is recorded of a hidden value was digested with another key", {
    paths: [pointer],
  });
}

/** The same without the hidden values that live does not show either. */
export function dropUnseen(desired: Props, entry: Entry, live: Props): Props {
  const unseen = Object.keys(entry.digests).filter((pointer) => valueAt(live, pointer) === undefined);
  return unseen.reduce<Props>(dropAt, desired);
}
