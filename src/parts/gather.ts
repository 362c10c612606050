import type { Attempt } from "../cloudcontrol/perform.ts";
import type { EndedOperation } from "../cloudcontrol/protocol.ts";
import { ResourceError, isResourceError, stoppage } from "../errors.ts";
import type { PatchOperation } from "../events.ts";
import { type Pointer, type Props, equal, valueAt } from "../json.ts";
import type { Cloud } from "../scope/scope.ts";

/** A change of one part, waiting to be written with its siblings. */
export interface Edit {
  /** Where in the owner's model it lies. */
  readonly at: Pointer;
  /** The owner's model with the change; throws where the model does not allow it. */
  readonly apply: (owner: Props) => Props;
  /** Why the owner's model with all changes of a batch cannot be, for the fault of this one. */
  readonly collides: (owner: Props) => ResourceError | undefined;
  /** Whether the owner's model shows the change already; the empty model stands for an owner that is gone. */
  readonly isDone: (owner: Props) => boolean;
  /** What the change stands upon and the owner's model lacks, in words. */
  readonly lacks: (owner: Props) => string | undefined;
  /** The write of the part that the change belongs to. */
  readonly attempt: Attempt;
}

/** The resource in whose model parts live. */
export interface Owner {
  readonly TypeName: string;
  readonly Identifier: string;
  readonly RoleArn?: string;
}

/** What gathering needs of its run. */
export interface GatherContext {
  readonly cloud: Pick<Cloud, "control" | "perform">;
  readonly newToken: () => string;
  readonly pause: (ms: number) => Promise<unknown>;
  readonly now: () => number;
}

/** How a change ended: the owner's model after it, or the failure of this one change. */
export type Outcome = { readonly owner: Props } | { readonly error: ResourceError };

/** ms to wait for siblings that are declared at the same time. */
const gatherMs = 25;
/** ms to wait for what a change stands upon, and which the script may yet declare. */
const readyMs = 5_000;
/** ms to wait for a sibling to give up what only one of the two may have, for its call may still be reading. */
const rivalMs = 1_000;
const pollMs = 250;
/** How often a batch begins anew because somebody else has changed the owner meanwhile. */
const mostTries = 20;

interface WaitingEdit {
  readonly edit: Edit;
  readonly since: number;
  readonly settle: (outcome: Outcome) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Makes a gatherer: changes of one owner that come while a write is under way go out together in the next, so that
 * many parts cost few patches. Rejects only while the outcome is not known.
 */
export function makeGatherer(around: GatherContext): (owner: Owner, edit: Edit) => Promise<Outcome> {
  const queues = new Map<string, WaitingEdit[]>();
  return (owner, edit) =>
    new Promise((settle, fail) => {
      const key = JSON.stringify([owner.TypeName, owner.Identifier]);
      const waiting = { edit, since: around.now(), settle, fail };
      const queue = queues.get(key);
      if (queue) {
        queue.push(waiting);
        return;
      }
      const begun = [waiting];
      queues.set(key, begun);
      void drain(around, owner, begun).finally(() => queues.delete(key));
    });
}

async function drain(around: GatherContext, owner: Owner, queue: WaitingEdit[]): Promise<void> {
  await around.pause(gatherMs);
  while (queue.length > 0) {
    const batch = queue.splice(0);
    try {
      const later = await writeTogether(around, owner, batch);
      if (later.length > 0 && queue.length === 0) await around.pause(pollMs);
      queue.push(...later);
    } catch (error) {
      for (const { fail } of batch) fail(error);
    }
  }
}

/** Writes a batch as one patch; returns those that wait for what they stand upon. */
async function writeTogether(
  around: GatherContext,
  owner: Owner,
  batch: readonly WaitingEdit[],
  tries = 1,
): Promise<WaitingEdit[]> {
  const { control } = around.cloud;
  const found = await control.read(owner);
  if (!found) {
    abandon(batch, missing(owner));
    return [];
  }
  const { live } = found;
  const { ready, later, target } = sortBatch(around, batch, live);
  if (equal(live, target)) {
    settleAll(ready, { owner: live });
    return later;
  }
  const ended = await writeBatch(around, owner, ready, patchOf(ready, live, target));
  const still = await control.read(owner);
  const after = still?.live ?? {};
  // A patch that was taken is done, whatever the service then fills in; one that failed may be done in part.
  const left = ended.outcome === "succeeded" ? [] : ready.filter(({ edit }) => !edit.isDone(after));
  settleAll(
    ready.filter((one) => !left.includes(one)),
    { owner: after },
  );
  if (!equal(live, after) && tries < mostTries && left.length > 0) {
    return [...later, ...(await writeTogether(around, owner, left, tries + 1))];
  }
  if (left.length <= 1) {
    settleAll(left, { error: failureOf(ended, still !== undefined) });
    return later;
  }
  // One of them is to blame, and must not keep the others.
  for (const one of left) later.push(...(await writeTogether(around, owner, [one], tries)));
  return later;
}

interface SortedBatch {
  readonly ready: WaitingEdit[];
  readonly later: WaitingEdit[];
  readonly target: Props;
}

/** Applies what can be applied; what has been stopped and what the model refuses is settled at once. */
function sortBatch(around: GatherContext, batch: readonly WaitingEdit[], live: Props): SortedBatch {
  const rivals: WaitingEdit[] = [];
  let going = batch.filter((waiting) => !isStopped(waiting));
  for (;;) {
    const outcome = applyBatch(around, going, live);
    // Only the end counts: two that change places collide half-way. The last in the batch gives way.
    const last = outcome.ready.findLast(({ edit }) => edit.collides(outcome.target));
    const error = last?.edit.collides(outcome.target);
    if (!last || !error) {
      for (const { edit, since } of outcome.later)
        edit.attempt.watch.onProgress?.(around.now() - since, `waits for ${edit.lacks(outcome.target)}`);
      return { ...outcome, later: [...outcome.later, ...rivals] };
    }
    if (around.now() - last.since < rivalMs) rivals.push(last);
    else last.settle({ error });
    going = [...outcome.ready, ...outcome.later].filter((one) => one !== last);
  }
}

/** Settles a change whose run or call has been stopped before it was sent. */
function isStopped({ edit, settle }: WaitingEdit): boolean {
  const { signal } = edit.attempt.watch;
  if (signal?.aborted !== true) return false;
  settle({ error: stoppage(signal) });
  return true;
}

/** Puts one change after another upon the model, whatever stands upon another after that one. */
function applyBatch({ now }: GatherContext, batch: readonly WaitingEdit[], live: Props): SortedBatch {
  let target = live;
  let open = [...batch];
  const ready: WaitingEdit[] = [];
  for (;;) {
    const isDue = ({ edit, since }: WaitingEdit): boolean =>
      edit.lacks(target) === undefined || now() - since >= readyMs;
    const next = open.find(isDue);
    if (!next) return { ready, later: open, target };
    open = open.filter((one) => one !== next);
    try {
      const lacking = next.edit.lacks(target);
      target = next.edit.apply(target);
      if (lacking !== undefined) next.edit.attempt.onDoubt?.(`stands upon ${lacking}, which is not there`);
      ready.push(next);
    } catch (error) {
      if (!isResourceError(error)) throw error;
      next.settle({ error });
    }
  }
}

function settleAll(waiting: readonly WaitingEdit[], outcome: Outcome): void {
  for (const { settle } of waiting) settle(outcome);
}

/** Nothing can be written any more: what was to be taken out is out, all else has failed. */
function abandon(waiting: readonly WaitingEdit[], error: ResourceError): void {
  for (const { edit, settle } of waiting) settle(edit.isDone({}) ? { owner: {} } : { error });
}

/** What is replaced is tested first: whoever else has changed it meanwhile keeps their change. */
function patchOf(batch: readonly WaitingEdit[], live: Props, target: Props): readonly PatchOperation[] {
  const places = [...new Set(batch.map(({ edit }) => edit.at))];
  const outermost = places.filter((at) => !places.some((other) => at.startsWith(`${other}/`)));
  return outermost.flatMap((path) => operationsAt(path, live, target));
}

function operationsAt(path: Pointer, live: Props, target: Props): readonly PatchOperation[] {
  const before = valueAt(live, path);
  const value = valueAt(target, path);
  if (equal(before ?? null, value ?? null)) return [];
  if (before === undefined) {
    const above = path.slice(0, path.lastIndexOf("/"));
    const around = above === "" ? undefined : valueAt(live, above);
    const test = around === undefined ? [] : [{ op: "test", path: above, value: around } as const];
    return value === undefined ? [] : [...test, { op: "add", path, value }];
  }
  const test = { op: "test", path, value: before } as const;
  return value === undefined ? [test, { op: "remove", path }] : [test, { op: "replace", path, value }];
}

function writeBatch(
  { cloud, newToken }: GatherContext,
  owner: Owner,
  batch: readonly WaitingEdit[],
  patch: readonly PatchOperation[],
): Promise<EndedOperation> {
  const attempts = batch.map(({ edit }) => edit.attempt);
  const PatchDocument = JSON.stringify(patch);
  return cloud.perform({
    type: owner.TypeName,
    shares: attempts[0]?.shares,
    prepare: async () => ({
      operation: "UpdateResource",
      input: { ...owner, ClientToken: newToken(), PatchDocument },
    }),
    permit: () => {
      for (const { permit } of attempts) permit?.();
    },
    accepted: () => Promise.resolve(),
    answers: (error) => attempts.every(({ answers }) => answers?.(error) === true),
    watch: { ...attempts[0]?.watch },
    onStep: (step) => {
      for (const { onStep } of attempts) onStep?.(step);
    },
    onPause: (pause) => {
      for (const { onPause } of attempts) onPause(pause);
    },
  });
}

/** What the service misses in an owner that is there is named by the patch: neither owner nor part is gone for it. */
function failureOf(ended: EndedOperation, isThere: boolean): ResourceError {
  if (ended.outcome !== "failed") return new ResourceError("BUSY", "others keep changing what it lives in");
  const { error } = ended;
  if (error.code !== "NOT_FOUND" || !isThere) return error;
  const { what, requestId, requestToken } = error;
  return new ResourceError("INVALID_REQUEST", what, { requestId, requestToken, cause: error });
}

const missing = ({ TypeName, Identifier }: Owner): ResourceError =>
  new ResourceError("PARENT_NOT_FOUND", `lives in the ${TypeName} ${Identifier}, which is not there`);
