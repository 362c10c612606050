import type { Code } from "../errors.ts";
import type { Because, PatchOperation } from "../events.ts";
import { type Json, type Pointer, type Props, covers, isProps, valueAt } from "../json.ts";
import type { Facts } from "../schema/facts.ts";
import { withoutHusks } from "./husks.ts";
import { plainProps } from "./input.ts";
import { withTextRead } from "./json-text.ts";
import { targetOf } from "./merge.ts";
import { withMadeAsFound } from "./at-creation.ts";
import { withMoved } from "./moved.ts";
import { writeOperations } from "./patch.ts";
import { type Place, placeAt, placesOf, placesWithin, takeAtWord } from "./place.ts";
import { readOnlyPaths, without } from "./strip.ts";
import { unshownPaths } from "./unshown.ts";
import { type Order, conditionalOperations, isDoubtful, orderOf, stuckPaths } from "./replacement.ts";
import { heldBackPaths, sendableOf } from "./sendable.ts";
import { unmanagedPaths } from "./unmanaged.ts";
import {
  type SecretChange,
  type ShownModels,
  hiddenPaths,
  secretChanges,
  withoutUnshown,
  withSecrets,
  withoutDropped,
} from "./write-only.ts";

/** What a decision is made of. Models are plain JSON; a `null` or undefined member counts as absent. */
export interface PlanInput {
  /** What is known of the type; an absent field means unknown. */
  readonly facts: Facts;
  /** The last recorded deployment: what was asked, and what a read showed right after. Absent: none was. */
  readonly prior?: { readonly desired: Props; readonly live?: Props | undefined } | undefined;
  /** What a read shows now; undefined means that it was made and found nothing. */
  readonly live: Props | undefined;
  readonly desired: Props;
  /** How a resource without a prior is taken over; `exact` also removes what is not declared. */
  readonly adopt?: boolean | { readonly exact?: boolean | undefined } | undefined;
}

interface MaybeWarning {
  /** What is asked and cannot be done, as one line. */
  readonly warning?: string;
}

/** What is to be done with one resource. Each move carries what doing it takes. */
export type Plan =
  | (MaybeWarning & {
      readonly move: "nothing";
      /** What live holds and nobody declares. */
      readonly unmanaged: readonly Pointer[];
      /** What AWS has moved since, and what is left as it has it: the script asks what it asked before. */
      readonly movedByAws?: readonly Pointer[];
    })
  | (MaybeWarning & {
      readonly move: "create";
      /** The model to create: desired without absent and read-only members. */
      readonly desired: Props;
    })
  | (MaybeWarning & {
      readonly move: "update";
      /** Never empty; applies strictly to live. It may hold write-only values. */
      readonly patch: readonly PatchOperation[];
      /** What an answer of NotUpdatable is to lead to. An adoption never replaces. */
      readonly onNotUpdatable: "replace" | "fail";
      /** The changes that are known to be refused sometimes. */
      readonly because: readonly Because[];
      /** Those that AWS probably refuses: documentation alone calls them fixed at creation, and is mostly right. */
      readonly doubtful?: readonly Pointer[];
      /** The order of the replacement, should it come to that. */
      readonly order: Order;
      readonly unmanaged: readonly Pointer[];
      readonly movedByAws?: readonly Pointer[];
    })
  | (MaybeWarning & {
      readonly move: "replace";
      /** The model to create in its place. */
      readonly desired: Props;
      /** The changes that cannot be made in place; values of write-only paths are left out. */
      readonly because: readonly Because[];
      readonly order: Order;
    })
  | (MaybeWarning & {
      readonly move: "fail";
      readonly because: readonly Because[];
      readonly error: { readonly code: Code; readonly message: string; readonly paths: readonly Pointer[] };
    });

/** Everything read once: models without noise, and the places that the facts speak of. */
interface Question extends ShownModels {
  readonly facts: Facts;
  readonly place: Place;
  /** The same, with what no read shows although the facts do not say so left as they say. */
  readonly seen: Place;
  /** The same, with all that the facts call write-only, shown or not: what is told of a plan holds none of it. */
  readonly discreet: Place;
  readonly exact: boolean;
}

/**
 * Decides what a resource needs to become as desired: pure, and patched from live rather than from memory. Throws
 * VALIDATION when a model is not plain JSON.
 */
export function planChange(input: PlanInput): Plan {
  // What is found is not touched on a doubt: there what documentation calls fixed stays so.
  const facts = input.prior ? input.facts : takeAtWord(input.facts);
  const place = placesOf(facts);
  const asked = withTextRead(facts, plainProps(input.desired, place, "drop"));
  const desired = writable(place, asked);
  const ignored = desired === asked ? [] : readOnlyPaths(place, asked);
  const live = input.live === undefined ? undefined : plainProps(input.live, place, "keep");
  const found = withMadeAsFound(place, { prior: input.prior?.desired, live, desired });
  const plan: Plan = live
    ? decide(question({ ...input, facts }, { place, desired: found.desired, live }))
    : { move: "create", desired };
  return {
    ...plan,
    ...joinWarnings([
      ...ignored.map((path) => `${path} is read-only and was ignored`),
      ...found.paths.map((path) => `${path} differs, left: it counts only when the resource is made`),
      plan.warning,
    ]),
  };
}

function joinWarnings(lines: readonly (string | undefined)[]): MaybeWarning {
  const warning = lines.filter((line) => line !== undefined).join("; ");
  return warning === "" ? {} : { warning };
}

interface ReadInput {
  readonly place: Place;
  readonly desired: Props;
  readonly live: Props;
}

function question({ facts, prior, adopt }: PlanInput, { place, desired, live }: ReadInput): Question {
  const shown: ShownModels = {
    prior: prior && writable(place, withTextRead(facts, plainProps(prior.desired, place, "drop"))),
    observed: prior?.live && plainProps(prior.live, place, "drop"),
    live,
    desired,
  };
  const known = facts.writeOnly ?? [];
  const unshown = unshownPaths(known, { live, declared: [shown.prior, desired] });
  const within = (writeOnly: readonly Pointer[]): Place => placesWithin(facts, writeOnly);
  const seen = known.length === 0 ? place : within(unshown);
  const hidden = hiddenPaths(facts, seen, shown);
  const exact = prior === undefined && typeof adopt === "object" && adopt.exact === true;
  return {
    ...shown,
    facts,
    exact,
    seen,
    place: hidden.length === 0 ? seen : within([...unshown, ...hidden]),
    discreet: hidden.length === 0 ? place : within([...known, ...hidden]),
  };
}

function writable(place: Place, model: Props): Props {
  const kept = without(place, model, (inner) => inner.readOnly);
  return isProps(kept) ? kept : {};
}

function decide(asked: Question): Plan {
  const { place, discreet, prior, live, desired } = asked;
  const moved = withMoved(place, asked);
  const merged = targetOf(place, {
    ...asked,
    observed: moved.observed,
    prior: moved.prior && withoutUnshown(place, moved.prior),
    desired: withoutUnshown(place, moved.desired),
  });
  const secrets = prior ? secretChanges(place, prior, desired) : [];
  const fixed = secrets.filter((change) => change.createOnly).map(({ path }) => ({ path }));
  const contradictions = [...merged.because.map((change) => redactChange(asked, change)), ...fixed];
  if (contradictions.length > 0) return impossible(asked, contradictions);

  const patch = writeOperations({ place, discreet }, live, chooseTarget(asked, merged.target, secrets));
  const isSent = ({ path }: Because): boolean => patch.some((done) => covers(done.path, path));
  const left = secrets.filter((change) => change.dropped && !isSent(change));
  // What is added below a place that no read shows is a change of it too.
  const unsent = secrets.filter((change) => !change.dropped && !patch.some(touchesPath(change.path)));
  if (unsent.length > 0) return unsendable(unsent, "stands beside what");
  const rest: RestOfPlan = {
    ...joinWarnings([
      ...merged.reordered.map(orderLeftText),
      ...left.map(({ path }) => unremovable(path)),
      ...unseenIn(asked).map(unseenText),
    ]),
    unmanaged: unmanagedPaths(place, live, [desired, prior]),
    ...(moved.paths.length > 0 && { movedByAws: moved.paths }),
  };
  return patch.length === 0 ? { move: "nothing", ...rest } : planPatch(asked, patch, rest);
}

/** What a takeover can neither see nor send. */
function unseenIn({ facts, place, prior, desired }: Question): readonly Pointer[] {
  return prior ? [] : heldBackPaths(place, desired, sendableOf(place, { facts, desired, prior }));
}

const unseenText = (path: Pointer): string =>
  `${path} is shown by no read and cannot be sent with what must stand beside it: taken to be as declared`;

const touchesPath =
  (path: Pointer) =>
  (operation: PatchOperation): boolean =>
    covers(operation.path, path) || covers(path, operation.path);

const orderLeftText = (path: Pointer): string => `${path}: order differs, left`;

const unremovable = (path: Pointer): string =>
  `a write-only value at ${path} is no longer declared; no read shows it, so no patch can remove it`;

/** The model to reach: live itself when it already is what is asked. What nobody has sent yet is sent once. */
function chooseTarget(
  { facts, place, prior, live, desired }: Question,
  merged: Props,
  secrets: readonly SecretChange[],
): Props {
  const dropped = secrets.filter((change) => change.dropped);
  const target = withoutDropped(place, merged, dropped);
  if (target === live && prior && dropped.length === secrets.length) return live;
  const filled = withSecrets(place, target, sendableOf(place, { facts, desired, prior }));
  return filled === live ? live : withoutHusks(place, filled, { facts, desired });
}

/** What is told beside the move. */
interface RestOfPlan extends MaybeWarning {
  readonly unmanaged: readonly Pointer[];
  readonly movedByAws?: readonly Pointer[];
}

function planPatch(asked: Question, patch: readonly PatchOperation[], rest: RestOfPlan): Plan {
  const { facts, place, seen, prior, live, desired } = asked;
  const changes = (operations: readonly PatchOperation[]): Because[] =>
    operations.map((operation) => changeOf(asked, operation));
  if (facts.handlers && !facts.handlers.includes("update")) return impossible(asked, changes(patch));
  const stuck = stuckPaths(facts, seen);
  if (stuck.length > 0) return { ...unsendable(stuck.map((path) => ({ path }))), because: changes(patch) };
  const because = changes(conditionalOperations(place, patch, live));
  const order = orderOf(facts, place, desired, because);
  const doubtful = patch.filter(isDoubtful(place, live)).map(({ path }) => path);
  const onNotUpdatable = prior ? "replace" : "fail";
  const plan: Plan = { move: "update", patch, onNotUpdatable, because, order, ...rest };
  if (doubtful.length === 0) return plan;
  return { ...plan, doubtful, ...joinWarnings([rest.warning, replacesIfRefusedText(doubtful)]) };
}

const replacesIfRefusedText = (paths: readonly Pointer[]): string =>
  `replaces if AWS refuses: ${paths.join(", ")} (documentation alone calls it fixed at creation)`;

function changeOf(asked: Question, operation: PatchOperation): Because {
  const from = valueAt(asked.live, operation.path);
  const to = "value" in operation ? operation.value : undefined;
  return redactChange(asked, {
    path: operation.path,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  });
}

/** A change without the values of write-only places. */
function redactChange({ discreet, live }: Question, { path, from, to }: Because): Because {
  const there = placeAt(discreet, live, path);
  const withoutSecrets = (value: Json | undefined): Json | undefined =>
    value === undefined ? undefined : without(there, value, (inner) => inner.writeOnly);
  const [was, is] = [withoutSecrets(from), withoutSecrets(to)];
  return { path, ...(was === undefined ? {} : { from: was }), ...(is === undefined ? {} : { to: is }) };
}

/** A change that cannot be made in place: replaced where the resource is ours, refused where it was found. */
function impossible({ facts, place, prior, desired }: Question, because: readonly Because[]): Plan {
  if (prior) return { move: "replace", desired, because, order: orderOf(facts, place, desired, because) };
  const paths = because.map(({ path }) => path);
  const message = `what exists differs from what is declared where it cannot be changed: ${paths.join(", ")}`;
  return { move: "fail", because, error: { code: "ADOPT_MISMATCH", message, paths } };
}

function unsendable(because: readonly Because[], relation = ""): Extract<Plan, { readonly move: "fail" }> {
  const paths = because.map(({ path }) => path);
  const what = [paths.join(", "), relation, "must be in every update"]
    .filter((part) => part !== "")
    .join(" ");
  const message =
    `cannot be updated through Cloud Control: ${what}, is never shown by a read ` +
    "and may not be sent again; change it in the service itself, or replace it (replace: true, --replace)";
  return {
    move: "fail",
    because: because.map(({ path }) => ({ path })),
    error: { code: "NOT_UPDATABLE", message, paths },
  };
}
