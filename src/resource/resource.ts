import { planChange } from "../diff/plan.ts";
import { ResourceError, isResourceError, UsageError } from "../errors.ts";
import { siteIn } from "../frames.ts";
import { type Props, leavesOf } from "../json.ts";
import { declaringScope } from "../scope/ambient.ts";
import type { Records, Scope } from "../scope/scope.ts";
import { checkId } from "../state/name.ts";
import { apply } from "./apply.ts";
import { type Call, type DeclaredInput, readCall } from "./call/read-call.ts";
import { checkProperties } from "./call/check-properties.ts";
import { redactRecorded } from "./record/redact-recorded.ts";
import { isUnserved, requireServed } from "./call/served.ts";
import { noteGiven } from "./call/passed-on.ts";
import { usedBy } from "./outputs/uses.ts";
import { redactError } from "./secrets/redact-call.ts";
import { withNearest } from "./call/nearest-type.ts";
import { partOwnerOf } from "../parts/model.ts";
import { errorsOf, acceptNewer } from "./call/validate.ts";
import { warnOfPremises } from "./find/premises.ts";
import { failureIn, report } from "./report.ts";
import { isFragment } from "./outputs/placeholders.ts";
import { requireGoing, warn } from "./context.ts";

/**
 * Declares a resource: makes it as desired and resolves with its outputs. Starts at once; the id counts as declared
 * from this very moment, so that a call nobody awaits never looks like an orphan. `input` holds properties and
 * options together; where properties are given apart, `input` holds options alone.
 */
export function declare(
  type: string,
  id: string,
  input: unknown,
  ...apart: readonly [] | readonly [desired: unknown]
): Promise<Props> {
  let scope: Scope;
  // Only what fails or is planned looks into it: reading a stack takes far longer than keeping it.
  const stack = new Error();
  try {
    scope = declaringScope();
  } catch (error) {
    // Whoever awaits the call hears of it, and no timer or emitter in between is broken.
    return Promise.reject(isResourceError(error) ? error.at({ type, id: idText(id) }) : error);
  }
  const [desired] = apart;
  const declared: DeclaredInput = { input, ...(apart.length > 0 && { apart: [desired] }) };
  return trackCall(scope, run({ scope, type, id, stack }, declared));
}

/**
 * Lets the run wait for a call that its script does not. Where failures end up in a report such a call may fail
 * quietly; a plain script's stays unhandled, so that Node ends the script with an error.
 */
function trackCall(scope: Scope, outputs: Promise<Props>): Promise<Props> {
  let settle = (): void => undefined;
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });
  scope.pending.add(settled);
  const followed = outputs.finally(() => {
    scope.pending.delete(settled);
    settle();
  });
  if (scope.reports) followed.catch(() => undefined);
  return followed;
}

/** A call as it came: who made it, and where. */
interface NewCall {
  readonly scope: Scope;
  readonly type: string;
  readonly id: string;
  readonly stack: Error;
}

async function run({ scope, type, id, stack }: NewCall, declared: DeclaredInput): Promise<Props> {
  const startedAt = scope.now();
  const siteOf = (): string | undefined => siteIn(stack.stack, scope.folder);
  try {
    scope.requireOpen(id);
    noteSeen(scope, type, id);
    const before = scope.confidential.size;
    const call = readCall(type, id, { ...declared, confidential: scope.confidential });
    const hasNewSecrets = scope.confidential.size > before;
    return await checkCall(scope, call, { startedAt, hasNewSecrets, siteOf }).catch((error: unknown) => {
      throw isResourceError(error) ? redactError(call, error) : error;
    });
  } catch (error) {
    const site = siteOf();
    const placed = isResourceError(error) ? withNearest(type, error.at({ type, id, site })) : error;
    if (isResourceError(placed)) scope.reported.add(placed);
    report(scope, {
      id: idText(id),
      type,
      move: "nothing",
      error: failureIn(placed),
      ...(site !== undefined && { site }),
      durationMs: scope.now() - startedAt,
    });
    throw placed;
  }
}

async function checkCall(
  scope: Scope,
  given: Call,
  begun: Omit<CallInProgress, "call" | "doubts">,
): Promise<Props> {
  // Nothing is awaited where nothing is wrong: what such a call asks counts as declared at once.
  const errors = errorsOf(scope, given);
  const call = errors.length > 0 ? await acceptNewer(scope, given, errors) : given;
  if (isUnserved(call.facts)) await requireServed(scope, call);
  const doubts: string[] = [];
  checkProperties(call.note, call.desired, (message) => doubts.push(message));
  requireGoing({ scope, call });
  requireUncut(scope, call);
  const sent = { ...call, desired: desiredOf(call) };
  scope.declared.set(call.id, sent.desired);
  return scope.hold((records) => applyCall(scope, records, { call: sent, doubts, ...begun }));
}

/** A piece of what is known only after apply says nothing true: its text is the plan's, not AWS's. */
function requireUncut(scope: Scope, { desired }: Call): void {
  if (!scope.withholds) return;
  const cut = leavesOf(desired).flatMap(({ pointer, value }) =>
    typeof value === "string" && isFragment(value) ? [{ pointer, value }] : [],
  )[0];
  if (!cut) return;
  const what = `${cut.pointer} holds a piece of what is known only after apply: ${cut.value}`;
  const unknown = new ResourceError("UNKNOWN_AT_PLAN", what, { paths: [cut.pointer] });
  scope.unknowns.push(unknown);
  throw unknown;
}

/** What a JavaScript program passed for an id may be anything. */
const idText = (id: unknown): string => String(id);

/** Runs before anything is awaited, so that the id counts as declared at once. */
function noteSeen(scope: Scope, type: string, id: string): void {
  if (typeof id !== "string") throw new UsageError(`the id of a resource is text; given was ${typeof id}`);
  const twice = scope.seen.has(id);
  scope.seen.set(id, type);
  if (twice) throw new UsageError(`the id ${JSON.stringify(id)} is declared twice in one run`);
  const unfit = checkId(id);
  if (unfit) throw unfit;
}

/** Several handlers fail on null members: to us it means absent. */
function desiredOf({ facts, desired }: Call): Props {
  const plan = planChange({ facts, live: undefined, desired });
  return plan.move === "create" ? plan.desired : desired;
}

/** One call on its way. */
interface CallInProgress {
  readonly call: Call;
  /** What its service might refuse. */
  readonly doubts: readonly string[];
  readonly startedAt: number;
  /** Whether it has named texts secret that were none before. */
  readonly hasNewSecrets: boolean;
  /** Where in the script the call stands. */
  readonly siteOf: () => string | undefined;
}

async function applyCall(scope: Scope, records: Records, going: CallInProgress): Promise<Props> {
  const { call, doubts, startedAt, hasNewSecrets, siteOf } = going;
  if (hasNewSecrets) await redactRecorded(records, scope.confidential);
  requirePlace(scope, records, call);
  const dependencies = [...new Set([...call.dependencies, ...usedBy(scope, call.id, namesUsed(call))])];
  const cloud = await scope.cloud(call.options);
  const context = { scope, records, cloud, call, dependencies };
  const tell = (): void => {
    for (const doubt of doubts) warn(context, doubt);
  };
  const { change, outputs, names } = await apply(context).catch((error: unknown) => {
    tell();
    throw error;
  });
  // What stands as it is has been taken before.
  if (change.move !== "nothing") {
    tell();
    // What exists has been accepted long since: an adoption reads nothing for it.
    if (change.move === "create" || change.move === "replace") await warnOfPremises(context);
  }
  scope.resolved.push({ id: call.id, names });
  noteGiven(scope, call.facts, outputs);
  const site = scope.withholds ? siteOf() : undefined;
  report(scope, { ...change, ...(site !== undefined && { site }), durationMs: scope.now() - startedAt });
  return outputs;
}

/** What the properties say of other resources; a part stands upon what its names spell together. */
function namesUsed({ desired, note }: Call): Props {
  const uses = note?.part?.uses ?? [];
  return { ...desired, uses: uses.map((names) => partOwnerOf({ identity: names }, desired)) };
}

/** Refuses an id that a disk may mistake for another, and an order that nothing would keep. */
function requirePlace(scope: Scope, records: Records, { id, options }: Call): void {
  const unfit = records.get(id) ? undefined : checkId(id, [...records.all().keys(), ...scope.seen.keys()]);
  if (unfit) throw unfit;
  for (const needed of options.dependsOn ?? []) {
    if (typeof needed !== "string" || scope.resolved.some((resource) => resource.id === needed)) continue;
    throw new ResourceError(
      "VALIDATION",
      `dependsOn names ${JSON.stringify(needed)}, which is not there yet`,
      {
        paths: ["/dependsOn"],
        advice: "Declare and await that resource first.",
      },
    );
  }
}
