import { withArticle } from "../../wording.ts";
import { planChange } from "../../diff/plan.ts";
import type { Entry } from "../../entry.ts";
import { type ResourceError, isResourceError } from "../../errors.ts";
import type { Because, Change, ShownOperation } from "../../events.ts";
import {
  type Json,
  type Pointer,
  type Props,
  canonical,
  isProps,
  leavesOf,
  segmentsOf,
  valueAt,
  withValueAt,
} from "../../json.ts";
import { redactReasonsAt } from "../../resource/secrets/redact-call.ts";
import { tellFrom } from "../../resource/secrets/shown-operations.ts";
import { readPatiently } from "../../resource/find/read-recorded.ts";
import { withoutParts } from "../../parts/model.ts";
import { contextOf } from "../../resource/moves/remove.ts";
import { failureIn, report } from "../../resource/report.ts";
import { findUnapplied } from "../../resource/moves/read-back.ts";
import { mask } from "../../resource/secrets/secret.ts";
import { tagAt } from "../../resource/record/run-tags.ts";
import { textsIn } from "../../resource/secrets/redact.ts";
import type { Facts } from "../../schema/facts.ts";
import type { Records, Scope } from "../../scope/scope.ts";
import { compareDigest, digestUnder, isUncertain } from "../../state/sealing.ts";
import { requireKnownIds } from "./require-known-ids.ts";
import { type Context, nameOf } from "../../resource/context.ts";
import { priorDesiredOf, dropAt, dropUnseen } from "../../resource/record/prior.ts";

type Comparison = Pick<Change, "drift" | "paths" | "differences" | "why" | "move" | "identifier" | "runTags">;

/** Compares all that is recorded with what is there; where asked, records what is there. */
export async function compareAll(scope: Scope, accept: boolean): Promise<void> {
  await scope.hold(async (records) => {
    const { targets } = scope.runOptions;
    requireKnownIds({ targets }, records.all().keys());
    const ids = [...records.all()].filter(([id]) => targets?.includes(id) ?? true);
    await Promise.all(ids.map(([id, entry]) => compare(scope, records, { id, entry, accept })));
  });
}

async function compare(
  scope: Scope,
  records: Records,
  { id, entry, accept }: { id: string; entry: Entry | ResourceError; accept: boolean },
): Promise<void> {
  const startedAt = scope.now();
  const type = isResourceError(entry) ? "unknown" : entry.type;
  const about = { id, type, move: "nothing" } as const;
  try {
    const told = isResourceError(entry)
      ? notComparable(entry.message)
      : await compareEntry(scope, records, entry, accept);
    report(scope, { ...about, ...told, durationMs: scope.now() - startedAt });
  } catch (error) {
    const { message } = failureIn(error);
    report(scope, { ...about, ...notComparable(message), durationMs: scope.now() - startedAt });
  }
}

const notComparable = (why: string): Comparison => ({ move: "nothing", drift: "not comparable", why });

async function compareEntry(
  scope: Scope,
  records: Records,
  entry: Entry,
  accept: boolean,
): Promise<Comparison> {
  const { identifier, intent } = entry;
  if (intent)
    return notComparable(`an earlier run left ${withArticle(intent.move)} unfinished: a deploy settles it`);
  if (identifier === undefined) return notComparable("nothing is known to exist: a deploy settles it");
  const context = await contextOf(scope, records, entry);
  // What is forgotten is to be gone for certain.
  const found =
    (await context.cloud.control.read(nameOf(context, identifier))) ??
    (accept ? await readPatiently(context, entry) : undefined);
  if (!found) {
    if (accept && entry.protect === true) return notComparable("it cannot be found, and it is protected");
    if (accept) await forget(records, entry);
    return { move: accept ? "forget" : "nothing", drift: "missing", identifier };
  }
  const told = await differing(context, entry, found.live);
  if (typeof told === "string") return { ...notComparable(told), identifier };
  const { moved } = told;
  const desired = priorDesiredOf(entry, { desired: found.live, facts: context.call.facts }, records);
  const unheeded = findUnapplied(desired, entry, found.live)
    .filter((path) => !told.differences.some((one) => one.path === path))
    .map((path) => ({ path }));
  const differences = [...told.differences, ...unheeded];
  const paths = [...new Set(differences.map(({ path }) => path))];
  const why = moved.length > 0 && { why: `moved by AWS: ${moved.join(", ")}` };
  if (accept && paths.length + moved.length > 0) {
    const live = withoutParts(entry.type, entry.desired, found.live);
    await records.put(acceptLive(entry, live, { paths, records }));
  }
  if (paths.length === 0) return { move: "nothing", drift: "same", identifier, ...why };
  const tags = driftedTags(context.call.facts, entry, { live: found.live, paths });
  return { move: "nothing", drift: "drifted", paths, differences, identifier, ...tags, ...why };
}

/** The tags of its run that a resource has no longer, or otherwise. */
function driftedTags(
  facts: Facts,
  { runTags = {} }: Entry,
  { live, paths }: { readonly live: Props; readonly paths: readonly Pointer[] },
): Pick<Comparison, "runTags"> {
  const [top] = segmentsOf(facts.tags?.path ?? "");
  const isTouched = paths.some((path) => segmentsOf(path)[0] === top);
  const moved = Object.keys(runTags).filter((key) => isTouched && tagAt(facts, live, key) !== runTags[key]);
  return moved.length > 0 ? { runTags: moved } : {};
}

/** What replacements have left still has to be deleted. */
async function forget(records: Records, entry: Entry): Promise<void> {
  const { identifier: _, superseded, ...rest } = entry;
  if (!superseded) return records.remove(entry.id);
  return records.put({ ...rest, superseded, status: "pending", desired: {}, digests: {}, live: {} });
}

/** Where live is no longer as it was asked for, and where AWS itself has moved it. */
interface Differences {
  readonly differences: readonly Because[];
  readonly moved: readonly Pointer[];
}

/** How live differs from what was asked for, or why that cannot be said. */
async function differing(
  { cloud, call, records }: Context,
  entry: Entry,
  live: Props,
): Promise<Differences | string> {
  const facts = await cloud.facts(call.type);
  // What live never shows cannot drift: nobody can see it.
  const desired = dropUnseen(
    priorDesiredOf(seenIn(entry, live), { desired: live, facts }, records),
    entry,
    live,
  );
  const plan = planChange({ facts, prior: { desired, live: entry.live }, live, desired });
  const maskAll = (differences: readonly Because[]): readonly Because[] =>
    redactDifferences(differences, { facts, entry, live, records });
  const moved = ("movedByAws" in plan && plan.movedByAws) || [];
  switch (plan.move) {
    case "nothing":
    case "create":
      return { differences: [], moved };
    case "update": {
      const told = differencesOf(tellFrom(plan.patch, { live, writeOnly: facts.writeOnly }));
      return { differences: maskAll(told), moved };
    }
    case "replace":
      return {
        differences: maskAll(plan.because.map(({ path, from, to }) => becauseOf(path, from, to))),
        moved,
      };
    case "fail":
      return plan.error.message;
  }
}

/** What brings live back to what was asked for, the other way round. */
const differencesOf = (patch: readonly ShownOperation[]): readonly Because[] =>
  patch.flatMap((operation) => {
    switch (operation.op) {
      case "add":
      case "replace":
        return [becauseOf(operation.path, operation.from, operation.value)];
      case "remove":
        return [becauseOf(operation.path, operation.from, undefined)];
      case "move":
      case "copy":
        return [{ path: operation.path }];
      case "test":
        return [];
    }
  });

const becauseOf = (path: Pointer, live: Json | undefined, asked: Json | undefined): Because => ({
  path,
  ...(asked !== undefined && { from: asked }),
  ...(live !== undefined && { to: live }),
});

/** What tells the secrets of a resource that no script declares now. */
interface KnownSecrets {
  readonly facts: Facts;
  readonly entry: Entry;
  readonly live: Props;
  readonly records: Pick<Records, "key">;
}

/**
 * Differences as they may be shown. Items of a list move: what is secret in one of them is so in all, and a value that
 * the entry has by its digest is so wherever it stands.
 */
function redactDifferences(
  differences: readonly Because[],
  { facts, entry, live, records }: KnownSecrets,
): readonly Because[] {
  const digested = Object.keys(entry.digests).map((at) => at.replace(/\/\d+(?=\/|$)/g, "/*"));
  const known = Object.values(entry.digests).filter((recorded) => !isUncertain(recorded));
  const texts = digestsIn(live, known, records.key).flatMap(([at]) => textsIn(valueAt(live, at) ?? null));
  return redactReasonsAt(differences, [...(facts.writeOnly ?? []), ...digested], new Set(texts));
}

/** The entry without the digests of what live never shows: there is nothing to compare them with. */
function seenIn(entry: Entry, live: Props): Entry {
  const seen = Object.entries(entry.digests).filter(([pointer]) => valueAt(live, pointer) !== undefined);
  return { ...entry, digests: Object.fromEntries(seen) };
}

/** What an entry takes over of what is there. */
interface AcceptedPaths {
  readonly paths: readonly Pointer[];
  readonly records: Pick<Records, "key">;
}

/**
 * The entry as if the script had asked for what is there; a digest that no longer holds goes. A value that the entry
 * has by its digest is a secret wherever it stands now.
 */
function acceptLive(entry: Entry, live: Props, { paths, records }: AcceptedPaths): Entry {
  const { digests } = entry;
  const isMoved = (pointer: Pointer): boolean =>
    paths.some(
      (path) => pointer === path || pointer.startsWith(`${path}/`) || path.startsWith(`${pointer}/`),
    );
  const kept = Object.fromEntries(Object.entries(digests).filter(([pointer]) => !isMoved(pointer)));
  const known = Object.values(digests).filter((recorded) => !isUncertain(recorded));
  const secrets = known.length === 0 ? [] : digestsIn(live, known, records.key);
  const isTaken = (pointer: Pointer): boolean =>
    paths.some((path) => pointer === path || pointer.startsWith(`${path}/`));
  const taken = secrets.filter(([pointer]) => isTaken(pointer));
  const desired = paths.reduce<Props>((left, path) => set(left, path, valueAt(live, path)), entry.desired);
  const { unapplied: _, ...rest } = entry;
  return {
    ...rest,
    desired: taken.reduce<Props>((left, [pointer]) => dropAt(left, pointer), desired),
    digests: { ...kept, ...Object.fromEntries(taken) },
    live: secrets.reduce<Props>((left, [pointer]) => set(left, pointer, mask), live),
  };
}

/** Where live shows a value that is recorded by its digest, and that digest. */
function digestsIn(
  live: Props,
  known: readonly string[],
  key: Uint8Array,
): readonly (readonly [Pointer, string])[] {
  return leavesOf(live).flatMap(({ pointer, value }) => {
    const text = canonical(value);
    const outcomes = known.map((recorded) => compareDigest(key, text, recorded));
    return outcomes.includes("same") ? [[pointer, digestUnder(key, text)] as const] : [];
  });
}

function set(props: Props, path: Pointer, value: ReturnType<typeof valueAt>): Props {
  const left = withValueAt(props, path, value);
  return isProps(left) ? left : props;
}
