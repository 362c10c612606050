import type { Found } from "../../cloudcontrol/protocol.ts";
import type { Entry } from "../../entry.ts";
import { planChange } from "../../diff/plan.ts";
import type { PatchOperation } from "../../events.ts";
import {
  type Json,
  type Pointer,
  type Props,
  covers,
  equal,
  isList,
  isProps,
  leavesOf,
  segmentsOf,
  valueAt,
} from "../../json.ts";
import type { Facts } from "../../schema/facts.ts";
import { type Context, nameOf } from "../context.ts";

/** ms before a read that does not show what was asked is made once more: it may only lag behind. */
const pausesMs: readonly number[] = [300, 900, 2_700, 5_000];

/** What a read shows, and where it shows other than was asked. */
export interface ShownModel extends Found {
  readonly unapplied: readonly Pointer[];
}

/** Reads again until what was asked shows, or patience ends: what is then different, the service has not heeded. */
export async function readShown(
  context: Context,
  first: Found,
  differing: (live: Props) => readonly Pointer[],
): Promise<ShownModel> {
  let found = first;
  let unapplied = differing(found.live);
  for (const pauseMs of pausesMs) {
    if (unapplied.length === 0 || context.scope.signal?.aborted === true) break;
    await context.scope.pause(pauseMs);
    found = (await context.cloud.control.read(nameOf(context, first.identifier))) ?? found;
    unapplied = differing(found.live);
  }
  return { ...found, unapplied };
}

/** Where a new resource does not show what was asked of it; another spelling of it is none. */
export function unmetIn(
  { facts, desired }: Pick<Context["call"], "facts" | "desired">,
  live: Props,
): readonly Pointer[] {
  const plan = planChange({ facts, prior: { desired }, live, desired });
  if (plan.move === "nothing") return [];
  return scalarsOf(desired)
    .filter(({ pointer, value }) => !isHidden(facts, pointer) && contradicts(value, valueAt(live, pointer)))
    .map(({ pointer }) => pointer);
}

/** An update: what was there before it, and what it asked. */
export interface AskedUpdate {
  readonly before: Props;
  readonly patch: readonly PatchOperation[];
}

/** Where a patch has come to nothing: what it was to change or remove is as it was, or is something else again. */
export function unheededIn(
  { facts, desired }: Pick<Context["call"], "facts" | "desired">,
  { before, patch }: AskedUpdate,
  after: Props,
): readonly Pointer[] {
  const plan = planChange({ facts, prior: { desired }, live: after, desired });
  const isMet = plan.move === "nothing";
  return patch.flatMap((operation) => {
    if (operation.op === "remove")
      return isKept(facts, operation.path, { before, after }) ? [operation.path] : [];
    if (isMet || (operation.op !== "add" && operation.op !== "replace")) return [];
    return unheededAt(facts, operation, { before, after });
  });
}

interface Sides {
  readonly before: Props;
  readonly after: Props;
}

/** A default, and what is empty, may well be what a removal leaves. */
function isKept({ defaults = {} }: Facts, path: Pointer, { before, after }: Sides): boolean {
  const left = valueAt(after, path);
  if (left === undefined || isBlank(left) || !equal(left, valueAt(before, path))) return false;
  const [name = "", ...rest] = segmentsOf(path);
  return rest.length > 0 || !equal(defaults[name], left);
}

function unheededAt(
  facts: Facts,
  { path, value }: Extract<PatchOperation, { value: Json }>,
  { before, after }: Sides,
): Pointer[] {
  return scalarsOf(value)
    .map((leaf) => ({ pointer: `${path}${leaf.pointer}`, value: leaf.value }))
    .filter(({ pointer, value: asked }) => {
      if (isHidden(facts, pointer)) return false;
      const now = valueAt(after, pointer);
      // What is not shown at all may be hidden without anybody's saying so, unless it was shown before.
      if (now === undefined) return valueAt(before, pointer) !== undefined;
      return contradicts(asked, now) || (!equal(asked, now) && equal(now, valueAt(before, pointer)));
    })
    .map(({ pointer }) => pointer);
}

const isHidden = ({ writeOnly = [], readOnly = [] }: Facts, pointer: Pointer): boolean =>
  [...writeOnly, ...readOnly].some((pattern) => covers(pattern, pointer));

/** The innermost values; a list counts as one, for its items may come in any order. */
function scalarsOf(value: Json): { pointer: Pointer; value: Json }[] {
  if (!isProps(value)) return [{ pointer: "", value }];
  const lists = listsIn(value);
  const isInside = (pointer: Pointer): boolean => lists.some((list) => pointer.startsWith(`${list}/`));
  const leaves = leavesOf(value).filter(({ pointer }) => !isInside(pointer) && !lists.includes(pointer));
  return [...leaves, ...lists.map((pointer) => ({ pointer, value: valueAt(value, pointer) ?? null }))];
}

function listsIn(value: Json, at: Pointer = ""): Pointer[] {
  if (isList(value)) return [at];
  if (!isProps(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    listsIn(inner, `${at}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`),
  );
}

/**
 * Tells whether one value cannot be a spelling of the other: switches, numbers and plain words. An ARN for a name, a
 * longer version and a name in capitals can.
 */
function contradicts(asked: Json, shown: Json | undefined): boolean {
  if (shown === undefined || typeof asked === "object" || typeof shown === "object") return false;
  if (String(asked) === String(shown)) return false;
  if (typeof asked === "boolean" || typeof asked === "number") return typeof shown === typeof asked;
  if (typeof asked !== "string" || typeof shown !== "string") return false;
  const [one, other] = [asked.toLowerCase(), shown.toLowerCase()];
  const areWords = [one, other].every((text) => /^[a-z_-]+$/.test(text));
  return areWords && !one.includes(other) && !other.includes(one);
}

const isBlank = (value: Json): boolean =>
  value === null ||
  value === false ||
  value === 0 ||
  value === "" ||
  (isList(value) ? value.length === 0 : isProps(value) && Object.keys(value).length === 0);

/** Where an earlier write was not heeded and still is not, while the script asks the same. */
export function findUnapplied(
  desired: Props,
  { unapplied = [], live: then }: Pick<Entry, "unapplied" | "live">,
  live: Props,
): readonly Pointer[] {
  return unapplied.filter((path) => {
    const now = valueAt(live, path);
    const asked = valueAt(desired, path);
    return asked === undefined ? now !== undefined && equal(now, valueAt(then, path)) : !equal(asked, now);
  });
}
