import { ResourceError } from "../../errors.ts";
import type { Change } from "../../events.ts";
import { type Json, type Pointer, canonical, leavesOf, valueAt } from "../../json.ts";
import { compareDigest, compareSalted, digestUnder, saltedDigest } from "../../state/sealing.ts";
import { mask } from "../secrets/secret.ts";
import { isUnknown } from "../outputs/placeholders.ts";
import { holdsSecret } from "../secrets/redact.ts";
import type { Context } from "../context.ts";
import { hiddenPaths } from "../secrets/hidden-paths.ts";

// A plan shows a mask for every secret, and one mask is like another. So a plan that is kept holds a digest of each
// value behind them: by the store's key where there is one; before the first deploy there is none, and a plan makes
// none, so that a slow hash under a salt of its own has to do.

/** Digests of what a plan of this call masks, by pointer. What is known only after apply has none. */
export function digestHidden({ call, records }: Context): Pick<Change, "hidden"> {
  const digestText = (text: string): string =>
    records.isKeyKept ? digestUnder(records.key, text) : saltedDigest(text);
  const leaves = [...hiddenLeaves(call)].filter(([, value]) => !isUnknown(value));
  if (leaves.length === 0) return {};
  return { hidden: Object.fromEntries(leaves.map(([at, value]) => [at, digestText(canonical(value))])) };
}

/** Refuses a call whose hidden values are others than those of the plan that it is held to. */
export function requireSameHidden(
  { call, records }: Context,
  { hidden, unknown = [], desired = {} }: Change,
): void {
  if (!hidden) return;
  const now = hiddenLeaves(call);
  const outcomes = Object.entries(hidden).map(([pointer, recorded]) => {
    const value = valueAt(call.desired, pointer);
    return [
      pointer,
      value === undefined ? "changed" : compareText(records.key, canonical(value), recorded),
    ] as const;
  });
  const incomparable = outcomes.flatMap(([pointer, outcome]) => (outcome === "unknown" ? [pointer] : []));
  if (incomparable.length > 0) {
    const what = `the plan was made by another state key, so nobody can tell whether ${incomparable.join(", ")} is as planned`;
    throw new ResourceError("PLAN_MISMATCH", what, {
      paths: incomparable,
      advice:
        "Make a new plan, or deploy with the key (AWAIT_AWS_STATE_KEY, or .key in the state folder) that made it.",
    });
  }
  // Who asks another schema than the plan did hides what the plan has shown: that is compared by itself.
  const isShown = (pointer: Pointer): boolean => {
    const shown = valueAt(desired, pointer);
    return shown !== undefined && !JSON.stringify(shown).includes(mask);
  };
  const isTold = (pointer: Pointer): boolean =>
    hidden[pointer] !== undefined ||
    isShown(pointer) ||
    unknown.some((open) => open === pointer || pointer.startsWith(`${open}/`));
  const added = [...now.keys()].filter(
    (pointer) => !isTold(pointer) && isBeside(pointer, Object.keys(hidden)),
  );
  const changed = outcomes.flatMap(([pointer, outcome]) => (outcome === "changed" ? [pointer] : []));
  const paths = [...changed, ...added];
  if (paths.length === 0) return;
  const what = `the hidden value at ${paths.join(", ")} is not the one that was planned`;
  throw new ResourceError("PLAN_MISMATCH", what, { paths });
}

/** The leaves below places that are masked, and those that hold the text of a secret. */
function hiddenLeaves({
  facts,
  desired,
  secrets,
  confidential,
}: Context["call"]): ReadonlyMap<Pointer, Json> {
  const roots = hiddenPaths(facts, desired, secrets, desired);
  const isHidden = (pointer: Pointer, value: Json): boolean =>
    holdsSecret(value, confidential) ||
    roots.some((root) => pointer === root || pointer.startsWith(`${root}/`));
  const leaves = leavesOf(desired).filter(({ pointer, value }) => isHidden(pointer, value));
  return new Map(leaves.map(({ pointer, value }) => [pointer, value]));
}

/** Whether a place lies in the same property as one of the others: what a plan has shown whole is compared by itself. */
const isBeside = (pointer: Pointer, others: readonly Pointer[]): boolean =>
  others.some((other) => propertyOf(other) === propertyOf(pointer));

const propertyOf = (pointer: Pointer): string => pointer.split("/")[1] ?? "";

const compareText = (key: Uint8Array, text: string, recorded: string): ReturnType<typeof compareDigest> =>
  compareSalted(text, recorded) ?? compareDigest(key, text, recorded);
