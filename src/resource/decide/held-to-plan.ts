import { ResourceError } from "../../errors.ts";
import type { Change, PatchOperation } from "../../events.ts";
import { type Json, type Pointer, type Props, equal, isList, isProps, pointerOf } from "../../json.ts";
import type { Scope } from "../../scope/scope.ts";
import { requireSameHidden } from "./planned-secrets.ts";
import type { Decision } from "./decision.ts";
import { foresee } from "./preview.ts";
import { mask } from "../secrets/secret.ts";
import { gap, isUnknown, isWhollyUnknown, withGaps } from "../outputs/placeholders.ts";
import type { Context } from "../context.ts";

type ToldChange = Omit<Change, "durationMs">;

/** Where a plan is to be kept to: refuses what it does not hold. Doing less is allowed where it left values open. */
export function requirePlanned(context: Context, todo: Decision): void {
  const planned = plannedChangesOf(context.scope);
  if (!planned) return;
  const { id, type } = context.call;
  const now = foresee(context, todo).change;
  const then = plannedFor(planned, id);
  const bare = unmaskChange(now, context, todo);
  if (isAsPlanned(bare, then ?? { id, type, move: "nothing" })) {
    if (then && now.move !== "nothing") requireSameHidden(context, then);
    return;
  }
  const differences = findDifference(now, bare, then);
  const where = differences.map(
    ({ path, is, was }) => `${path} is ${valueText(is)}, planned was ${valueText(was)}`,
  );
  throw new ResourceError(
    "PLAN_MISMATCH",
    [`the plan says ${then?.move ?? "nothing"}, now it would be ${now.move}`, ...where].join("; "),
    { identifier: now.identifier, paths: differences.map(({ path }) => path) },
  );
}

/**
 * The change with the values themselves: what the plan has masked tells nothing of them, and what it shows has to be so,
 * wherever another schema than today's drew the line between the two.
 */
const unmaskChange = (now: ToldChange, { call }: Context, todo: Decision): ToldChange => ({
  ...now,
  ...(now.desired && { desired: call.desired }),
  ...("patch" in todo && { patch: todo.patch }),
});

/** Tells whether a plan that is kept to does something with this resource, whatever state says. */
export const isPlannedToMove = ({ scope, call }: Pick<Context, "scope" | "call">): boolean =>
  plannedChangesOf(scope)?.some(({ id, move }) => id === call.id && move !== "nothing") === true;

/** What the plan holds for the call of an id, whether it could name the id in full or not. */
function plannedFor(planned: readonly Change[], id: string): Change | undefined {
  const asked = planned.filter(({ move }) => !isRemoval(move));
  return (
    asked.find((change) => change.id === id) ??
    asked.find((change) => fitsId(id, change.id)) ??
    planned.find((change) => change.id === id)
  );
}

/** The first change of a plan that no call of these ids was made for. */
export function findUndeclared(
  planned: readonly Change[],
  seen: ReadonlyMap<string, string>,
): Change | undefined {
  return planned.find(
    (change) => !isRemoval(change.move) && ![...seen.keys()].some((id) => fitsId(id, change.id)),
  );
}

const isRemoval = (move: Change["move"]): boolean => move === "delete" || move === "forget";

/** An id may hold what is known only after apply, as that of a deployment holds its trigger. */
const fitsId = (now: string, then: string): boolean =>
  now === then || (isUnknown(then) && pattern(then).test(now));

/** What the plan holds that this run is held to, if any; one of another app or stage is refused. */
export function plannedChangesOf({
  runOptions: { planned },
  app,
  stage,
}: Scope): readonly Change[] | undefined {
  if (!planned) return undefined;
  if (planned.app === app && planned.stage === stage) return planned.changes;
  throw new ResourceError(
    "PLAN_MISMATCH",
    `the plan is of ${planned.app} (${planned.stage}), this run is of ${app} (${stage})`,
  );
}

interface Difference {
  readonly path: Pointer;
  readonly is: Json | undefined;
  readonly was: Json | undefined;
}

/** Where two accounts of the same move part; what is secret is masked in what is told. */
function findDifference(
  now: ToldChange,
  bare: ToldChange,
  then: ToldChange | undefined,
): readonly Difference[] {
  if (now.move !== then?.move) return [];
  const [is, isReally, was] = [valuesIn(now), valuesIn(bare), valuesIn(then)];
  const paths = [...new Set([...Object.keys(isReally), ...Object.keys(was)])];
  return paths
    .filter((path) => !fitsValue(isReally[path] ?? null, was[path] ?? null))
    .map((path) => ({ path, is: is[path], was: was[path] }));
}

/** What would be set, by its place. */
const valuesIn = ({ desired = {}, patch = [], because = [] }: ToldChange): Props =>
  Object.fromEntries([
    ...Object.entries(desired).map(([name, value]) => [pointerOf([name]), value]),
    ...because.map(({ path, to }) => [path, to ?? null]),
    ...patch.flatMap((operation) =>
      operation.op === "test" ? [] : [[operation.path, "value" in operation ? operation.value : null]],
    ),
  ]);

const valueText = (value: Json | undefined): string =>
  value === undefined || value === null ? "nothing" : JSON.stringify(value);

/** Tells whether what would be done now is what was planned. */
export function isAsPlanned(now: ToldChange, then: ToldChange): boolean {
  const isOpen = then.unknown !== undefined || isUnknown(then.id);
  // What is as it should be already has been done, by an earlier deploy of the plan, say.
  if (now.move !== then.move)
    return now.move === "nothing" && (isOpen || ["create", "adopt", "update"].includes(then.move));
  const isSame = now.type === then.type && (isOpen || now.identifier === then.identifier);
  return isSame && fitsPatch(now.patch, then.patch) && fitsValue(reasons(now), reasons(then));
}

const reasons = ({ desired = {}, because = [] }: ToldChange): Json => json({ desired, because });

/** Plans come out of files, where what is undefined is absent. */
const json = <T>(value: T): T & Json => JSON.parse(JSON.stringify(value)) as T & Json;

function fitsPatch(now: readonly PatchOperation[] = [], then: readonly PatchOperation[] = []): boolean {
  const isExpected = now.every((one) => then.some((other) => fitsOperation(one, other)));
  const closed = then.filter((one) => !("value" in one && holdsUnknown(one.value)));
  return isExpected && closed.every((one) => now.some((other) => fitsOperation(other, one)));
}

const fitsOperation = (now: PatchOperation, then: PatchOperation): boolean =>
  now.path === then.path &&
  ("value" in now && "value" in then ? fitsValue(now.value, then.value) : now.op === then.op);

function holdsUnknown(value: Json): boolean {
  if (isList(value)) return value.some(holdsUnknown);
  return isProps(value) ? Object.values(value).some(holdsUnknown) : isUnknown(value);
}

/** What the plan left open takes any value; the text around it stays. */
function fitsValue(now: Json, then: Json): boolean {
  if (isWhollyUnknown(then) || then === mask) return true;
  if (isList(now) && isList(then)) {
    return now.length === then.length && now.every((item, i) => fitsValue(item, then[i] ?? null));
  }
  if (isProps(now) && isProps(then)) {
    const names = Object.keys(now);
    const isSame = names.length === Object.keys(then).length;
    return (
      isSame &&
      names.every((name) => Object.hasOwn(then, name) && fitsValue(now[name] ?? null, then[name] ?? null))
    );
  }
  if (typeof now === "string" && typeof then === "string" && isUnknown(then)) return pattern(then).test(now);
  return equal(now, then);
}

/** The text with every `⟨…⟩` standing for anything, those around others as a whole. */
function pattern(text: string): RegExp {
  const parts = withGaps(text)
    .split(gap)
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^]*")}$`);
}
