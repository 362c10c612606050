import type { Entry, Home, Superseded } from "../../entry.ts";
import { ResourceError, isResourceError } from "../../errors.ts";
import type { PatchOperation } from "../../events.ts";
import { type Pointer, type Props, isProps, valueAt, withValueAt } from "../../json.ts";
import { isUncertain, noDigest } from "../../state/sealing.ts";
import { type Call, heldIn } from "../call/read-call.ts";
import { keptTags } from "./run-tags.ts";
import type { ResourceOptions } from "../call/options.ts";
import { withoutParts } from "../../parts/model.ts";
import { mask } from "../secrets/secret.ts";
import { textsIn, redactProps } from "../secrets/redact.ts";
import type { Context } from "../context.ts";
import { digestOf, hiddenApart } from "./digests.ts";
import { dropAt } from "./prior.ts";

/** What is known of a resource after a write or a read, ready to be kept. */
export interface KnownResource {
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
export function entryOf(known: KnownResource, key: Uint8Array, now: number): Entry {
  const { live } = known;
  // Another call may have named a text of this one secret since it began.
  const call = { ...known.call, secrets: [...known.call.secrets, ...heldIn(known.call)] };
  const hidden = hiddenApart(call, call.secrets, live);
  return {
    version: 1,
    id: call.id,
    type: call.type,
    home: known.home,
    identifier: known.identifier,
    status: known.status,
    desired: hidden.reduce<Props>(dropAt, call.desired),
    digests: Object.fromEntries(
      hidden.map((path) => [path, digestOf(key, valueAt(call.desired, path) ?? null)]),
    ),
    live: redactLive(call, withoutParts(call.type, call.desired, live)),
    dependencies: known.dependencies,
    ...keptOptions(call.options),
    ...keptTags(call),
    ...restOfEntry(known),
    updatedAt: new Date(now).toISOString(),
  };
}

/** What is known beside the model. What is recorded under its own name no longer waits to be deleted. */
function restOfEntry({ call, identifier, superseded = [], ...known }: KnownResource): Partial<Entry> {
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
function redactLive({ facts, desired, secrets, confidential }: Call, live: Props): Props {
  const there = textsIn(live);
  const isTold = (path: Pointer): boolean => {
    const value = valueAt(desired, path);
    return typeof value === "string" && confidential.has(value) && there.some((text) => text.includes(value));
  };
  return secrets
    .filter((path) => !isTold(path))
    .reduce<Props>(maskAt, redactProps(live, confidential, facts.readOnly));
}

/** The entry with what the call ignores as it was recorded before: it has not been applied. */
export function keepIgnored(
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
export function claimAttempted(entry: Entry, patch: readonly PatchOperation[]): Entry {
  const isAdoption =
    Object.keys(entry.desired).length === 0 && Object.values(entry.digests).every(isUncertain);
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

function maskAt(props: Props, pointer: Pointer): Props {
  if (valueAt(props, pointer) === undefined) return props;
  const left = withValueAt(props, pointer, mask);
  return isProps(left) ? left : props;
}

/** The entry of a resource of which only an intent exists. */
export function pendingEntry({ call, cloud, scope, dependencies }: Context): Entry {
  return {
    version: 1,
    id: call.id,
    type: call.type,
    home: cloud.home,
    status: "pending",
    desired: {},
    digests: {},
    live: {},
    dependencies,
    ...keptOptions(call.options),
    ...keptTags(call),
    updatedAt: new Date(scope.now()).toISOString(),
  };
}
