import type { Entry, Home, Superseded } from "../entry.ts";
import { ResourceError, isResourceError } from "../errors.ts";
import type { PatchOperation } from "../events.ts";
import {
  type Json,
  type Pointer,
  type Props,
  canonical,
  child,
  expand,
  isList,
  isProps,
  leavesOf,
  segmentsOf,
  valueAt,
  withValueAt,
} from "../json.ts";
import type { Records } from "../scope/scope.ts";
import type { Facts } from "../schema/facts.ts";
import { anyDigest, compareDigest, digestUnder, isUncertain, noDigest } from "../state/sealing.ts";
import { type Call, heldIn } from "./call.ts";
import type { ResourceOptions } from "./options.ts";
import { withoutParts } from "./part-model.ts";
import { mask } from "./secret.ts";
import { textsIn, veiledProps } from "./veil.ts";

/** What is known of a resource after a write or a read, ready to be kept. */
export interface Known {
  readonly call: Call;
  readonly home: Home;
  readonly identifier: string;
  readonly live: Props;
  readonly dependencies: readonly string[];
  readonly status: Entry["status"];
  readonly superseded?: readonly Superseded[] | undefined;
  /** See Entry.madeAt. */
  readonly madeAt?: string | undefined;
  /** See Entry.isUnseen. */
  readonly isUnseen?: true | undefined;
  /** See Entry.failure. */
  readonly failure?: string | undefined;
  /** See Entry.unapplied. */
  readonly unapplied?: readonly Pointer[] | undefined;
}

/**
 * Makes the entry of a resource that exists. Values that must not stand in state (write-only, secret, or not shown
 * by live and so perhaps secret) leave only a keyed digest.
 */
export function entryOf(known: Known, key: Uint8Array, now: number): Entry {
  const { live } = known;
  // Another call may have named a text of this one secret since it began.
  const call = { ...known.call, secrets: [...known.call.secrets, ...heldIn(known.call)] };
  const hidden = hiddenPaths(call.facts, call.desired, call.secrets, live);
  return {
    version: 1,
    id: call.id,
    type: call.type,
    home: known.home,
    identifier: known.identifier,
    status: known.status,
    desired: hidden.reduce<Props>(without, call.desired),
    digests: Object.fromEntries(
      hidden.map((path) => [path, digestUnder(key, canonical(valueAt(call.desired, path) ?? null))]),
    ),
    live: shownLive(call, withoutParts(call.type, call.desired, live)),
    dependencies: known.dependencies,
    ...keptOptions(call.options),
    ...aroundIn(known),
    updatedAt: new Date(now).toISOString(),
  };
}

/** What is known beside the model. What is recorded under its own name no longer waits to be deleted. */
function aroundIn({ call, identifier, superseded = [], ...known }: Known): Partial<Entry> {
  const old = superseded.filter((one) => one.identifier !== identifier || one.type !== call.type);
  const { madeAt, isUnseen, failure, unapplied = [] } = known;
  return {
    ...(old.length > 0 && { superseded: old }),
    ...(madeAt !== undefined && { madeAt }),
    ...(isUnseen && { isUnseen }),
    ...(failure !== undefined && { failure }),
    ...(unapplied.length > 0 && { unapplied }),
  };
}

/** Live with a mask for every secret, wherever the service has put it; what AWS alone sets is no secret of ours. */
function shownLive({ facts, desired, secrets, confidential }: Call, live: Props): Props {
  const there = textsIn(live);
  const isTold = (path: Pointer): boolean => {
    const value = valueAt(desired, path);
    return typeof value === "string" && confidential.has(value) && there.some((text) => text.includes(value));
  };
  return secrets
    .filter((path) => !isTold(path))
    .reduce<Props>(masked, veiledProps(live, confidential, facts.readOnly));
}

/** The entry with what the call ignores as it was recorded before: it has not been applied. */
export function leftAlone(
  { options: { ignoreChanges = [] } }: Pick<Call, "options">,
  asked: Entry,
  prior: Entry | ResourceError | undefined,
): Entry {
  if (ignoreChanges.length === 0) return asked;
  const { desired, digests }: Pick<Entry, "desired" | "digests"> =
    prior && !isResourceError(prior) ? prior : { desired: {}, digests: {} };
  const isIgnored = (pointer: Pointer): boolean =>
    ignoreChanges.some((path) => pointer === path || pointer.startsWith(`${path}/`));
  const of = (all: Entry["digests"], ignored: boolean): Entry["digests"] =>
    Object.fromEntries(Object.entries(all).filter(([pointer]) => isIgnored(pointer) === ignored));
  return {
    ...asked,
    desired: ignoreChanges.reduce<Props>((left, path) => {
      const kept = withValueAt(left, path, valueAt(desired, path));
      return isProps(kept) ? kept : left;
    }, asked.desired),
    digests: { ...of(asked.digests, false), ...of(digests, true) },
  };
}

/**
 * The entry after a patch that may have been taken in part: what it was to set counts as ours from now on, so that a
 * script that takes it back has it removed. What was there before an adoption does not. State holds no value of it.
 */
export function attempted(entry: Entry, patch: readonly PatchOperation[]): Entry {
  const isAdoption = Object.keys(entry.desired).length === 0 && Object.keys(entry.digests).length === 0;
  const digests = patch.flatMap((operation) => {
    if (operation.op !== "add" && operation.op !== "replace") return [];
    const { path } = operation;
    const isTheirs = isAdoption && valueAt(entry.live, path) !== undefined;
    const isKnown = valueAt(entry.desired, path) !== undefined;
    return isTheirs || isKnown ? [] : [[path, noDigest] as const];
  });
  return { ...entry, digests: { ...Object.fromEntries(digests), ...entry.digests } };
}

/** The options that hold for as long as the resource is recorded. */
export function keptOptions({ profile, roleArn, retain, protect }: ResourceOptions): KeptOptions {
  return {
    ...(profile !== undefined && { profile }),
    ...(roleArn !== undefined && { roleArn }),
    ...(retain === true && { retain }),
    ...(protect === true && { protect }),
  };
}

/** See keptOptions. */
export type KeptOptions = Pick<Entry, "profile" | "roleArn" | "retain" | "protect">;

/** The pointers of desired values that state must not hold, outermost last so that none is removed twice. */
export function hiddenPaths(
  facts: Facts,
  desired: Props,
  secrets: readonly Pointer[],
  live: Props,
): readonly Pointer[] {
  const declared = [...(facts.writeOnly ?? []).flatMap((pattern) => expand(desired, pattern)), ...secrets];
  const unseen = leavesOf(desired)
    .filter(({ value, pointer }) => isScalar(value) && pointer !== "" && !isShown(live, pointer))
    .map(({ pointer }) => pointer);
  const leaves = [...new Set([...declared, ...unseen])];
  return leaves.filter((pointer) => !leaves.some((other) => pointer.startsWith(`${other}/`)));
}

const isScalar = (value: Json): boolean => typeof value !== "object" || value === null;

/** A value is shown when live has its place, or an ancestor of it in another form (a policy as text, say). */
function isShown(live: Props, pointer: Pointer): boolean {
  let at: Json | undefined = live;
  for (const segment of segmentsOf(pointer)) {
    if (at !== undefined && !isProps(at) && !isList(at)) return true;
    at = child(at, segment);
    if (at === undefined) return false;
  }
  return true;
}

/** Array items keep their index, so that pointers recorded beside stay true: a hidden item becomes null. */
export function without(props: Props, pointer: Pointer): Props {
  const parent = valueAt(props, pointer.slice(0, pointer.lastIndexOf("/")));
  const left = withValueAt(props, pointer, isList(parent) ? null : undefined);
  return isProps(left) ? left : props;
}

function masked(props: Props, pointer: Pointer): Props {
  if (valueAt(props, pointer) === undefined) return props;
  const left = withValueAt(props, pointer, mask);
  return isProps(left) ? left : props;
}

/** What an entry says of values, and the key to what it keeps by digest. */
type Keyed = Pick<Records, "key">;

/**
 * What the script asked last time, as far as it can be known: a hidden value that today's digest confirms is today's
 * value, any other stands as a mask, which equals nothing. One that cannot be compared is `STATE_KEY`: it never counts
 * as changed.
 */
export function desiredThen(entry: Entry, today: Props, records: Keyed): Props {
  let then: Json = entry.desired;
  for (const [pointer, recorded] of Object.entries(entry.digests)) {
    const now = valueAt(today, pointer);
    const isSame = now !== undefined && isAsDigested(records, { pointer, now, recorded });
    then = planted(then, segmentsOf(pointer), isSame ? now : mask);
  }
  return isProps(then) ? then : {};
}

/** The digests of an entry, with today's value where none was ever compared: from now on its change shows. */
export function certain({ digests }: Entry, today: Props, records: Keyed): Entry["digests"] {
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
interface Compared {
  readonly pointer: Pointer;
  readonly now: Json;
  readonly recorded: string;
}

function isAsDigested(records: Keyed, { pointer, now, recorded }: Compared): boolean {
  // Neither needs a key to be told.
  if (isUncertain(recorded)) return recorded === anyDigest;
  const outcome = compareDigest(records.key, canonical(now), recorded);
  if (outcome !== "unknown") return outcome === "same";
  throw new ResourceError("STATE_KEY", "what is recorded of a hidden value was digested with another key", {
    paths: [pointer],
  });
}

function planted(value: Json, path: readonly string[], leaf: Json): Json {
  const [segment, ...rest] = path;
  if (segment === undefined) return leaf;
  if (isList(value))
    return value.map((item, i) => (String(i) === segment ? planted(item, rest, leaf) : item));
  const props = isProps(value) ? value : {};
  return { ...props, [segment]: planted(props[segment] ?? {}, rest, leaf) };
}

/** The same without the hidden values that live does not show either. */
export function withoutUnseen(desired: Props, entry: Entry, live: Props): Props {
  const unseen = Object.keys(entry.digests).filter((pointer) => valueAt(live, pointer) === undefined);
  return unseen.reduce<Props>(without, desired);
}
