import type { Entry } from "../../entry.ts";
import { ResourceError } from "../../errors.ts";
import {
  type Json,
  type Pointer,
  type Props,
  canonical,
  isList,
  isProps,
  segmentsOf,
  valueAt,
  withValueAt,
} from "../../json.ts";
import type { Records } from "../../scope/scope.ts";
import { anyDigest, compareDigest, digestUnder, isUncertain } from "../../state/sealing.ts";
import { mask } from "../secrets/secret.ts";

/** Array items keep their index, so that pointers recorded beside stay true: a hidden item becomes null. */
export function dropAt(props: Props, pointer: Pointer): Props {
  const parent = valueAt(props, pointer.slice(0, pointer.lastIndexOf("/")));
  const left = withValueAt(props, pointer, isList(parent) ? null : undefined);
  return isProps(left) ? left : props;
}

/** What an entry says of values, and the key to what it keeps by digest. */
type KeyHolder = Pick<Records, "key">;

/**
 * What the script asked last time, as far as it can be known: a hidden value that today's digest confirms is today's
 * value, any other stands as a mask, which equals nothing. One that cannot be compared is `STATE_KEY`: it never counts
 * as changed.
 */
export function priorDesiredOf(entry: Entry, today: Props, records: KeyHolder): Props {
  let then: Json = entry.desired;
  for (const [pointer, recorded] of Object.entries(entry.digests)) {
    const now = valueAt(today, pointer);
    const isSame = now !== undefined && isAsDigested(records, { pointer, now, recorded });
    then = plantValue(then, segmentsOf(pointer), isSame ? now : mask);
  }
  return isProps(then) ? then : {};
}

/** The digests of an entry, with today's value where none was ever compared: from now on its change shows. */
export function makeCertain({ digests }: Entry, today: Props, records: KeyHolder): Entry["digests"] {
  const now = (pointer: Pointer): string => {
    const value = valueAt(today, pointer);
    return value === undefined ? anyDigest : digestUnder(records.key, canonical(value));
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

function plantValue(value: Json, path: readonly string[], leaf: Json): Json {
  const [segment, ...rest] = path;
  if (segment === undefined) return leaf;
  if (isList(value))
    return value.map((item, i) => (String(i) === segment ? plantValue(item, rest, leaf) : item));
  const props = isProps(value) ? value : {};
  return { ...props, [segment]: plantValue(props[segment] ?? {}, rest, leaf) };
}

/** The same without the hidden values that live does not show either. */
export function dropUnseen(desired: Props, entry: Entry, live: Props): Props {
  const unseen = Object.keys(entry.digests).filter((pointer) => valueAt(live, pointer) === undefined);
  return unseen.reduce<Props>(dropAt, desired);
}
