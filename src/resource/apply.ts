import type { Entry } from "../entry.ts";
import { ResourceError } from "../errors.ts";
import type { Change } from "../events.ts";
import { type Props, equal } from "../json.ts";
import { refusal } from "../schema/validate.ts";
import { makeMove } from "./moves/make-move.ts";
import { decide } from "./decide/decision.ts";
import { namesOf } from "./outputs/uses.ts";
import { foresee, foreseeUnsettled } from "./decide/preview.ts";
import type { PlannedResource } from "../scope/journal.ts";
import { withoutMasks } from "./secrets/without-masks.ts";
import { redactProps } from "./secrets/redact.ts";
import { redactDesired, restoreSecrets } from "./secrets/redact-call.ts";
import { outputsOf } from "./outputs/origin.ts";
import { errorsOf } from "./call/validate.ts";
import { digestHidden } from "./decide/planned-secrets.ts";
import { isPlannedToMove, requirePlanned } from "./decide/held-to-plan.ts";
import { isUnchanged, recall } from "./record/recall.ts";
import { keptOptions } from "./record/make-entry.ts";
import { resume } from "./moves/resume.ts";
import { requireNoSecretName } from "./call/secret-name.ts";
import { unknownNames, unknownOutputs } from "./outputs/planned-outputs.ts";
import { unknownIn } from "./outputs/placeholders.ts";
import { type Context, workInTurn } from "./context.ts";
import { withTagsAsMade } from "./record/run-tags.ts";
import { makeCertain } from "./record/prior.ts";
import { isAdopting } from "./decide/adoption.ts";
import { refusalOf } from "./decide/checks.ts";
import { explain, tellDecision } from "./decide/tell-decision.ts";

/** What came, or would come, of one call. */
export interface ApplyResult {
  readonly change: Omit<Change, "durationMs">;
  readonly outputs: Props;
  /** Of a plan: what its checks refuse it with. */
  readonly refused?: ResourceError | undefined;
  /** The values by which later calls can be seen to use this resource. */
  readonly names: () => readonly string[];
  /** Of a plan, where it will be another than is recorded: see Journal.planned. */
  readonly planned?: PlannedResource;
}

/** Brings one resource to its desired state: recall, settle what was cut off, decide, act. */
export async function apply(given: Context): Promise<ApplyResult> {
  const recalled = await recall(given);
  const context = asMade(await withTagFacts(given, recalled), recalled);
  const { call, scope } = context;
  if (scope.runOptions.targets?.includes(call.id) === false) return skipUntargeted(context, recalled);
  requireKnownProperties(context);
  // A plan for the wrong account is of no use, although it writes nothing.
  if (scope.phase === "plan") await context.cloud.requireAllowed();
  const prior =
    recalled?.intent === undefined && !scope.withholds
      ? recalled
      : recalled &&
        (await (scope.withholds ? foreseeUnsettled(context, recalled) : resume(context, recalled)));
  if (prior && isUnchanged(context, prior) && !isPlannedToMove(context)) {
    tellDecision(scope, call, { move: "nothing", why: "settled, and asked for as it is recorded" });
    return keepRecorded(context, prior);
  }
  return workInTurn(context, "above", (inTurn) => applyChange(inTurn, prior));
}

/** Leaves a resource as it is recorded. */
async function keepRecorded(context: Context, prior: Entry): Promise<ApplyResult> {
  const entry = withToday(context, prior);
  if (entry !== prior) await context.records.put(entry);
  return appliedOf(context, entry, { move: "nothing" });
}

/** Decides what there is to do, and does it. */
async function applyChange(context: Context, prior: Entry | undefined): Promise<ApplyResult> {
  const { call, scope } = context;
  const informed = asMade(await withFacts(context, prior), prior);
  if (!call.facts.primaryIdentifier) requireNoSecretName(informed.call, call.secrets);
  const todo = await decide(informed, prior);
  tellDecision(scope, call, explain(todo));
  if (scope.withholds) {
    const refused = await refusalOf(informed, todo);
    const told = foreseen(informed, foresee(informed, todo));
    // Its script goes on, so that all refusals are told.
    return { ...told, refused };
  }
  requirePlanned(informed, todo);
  // Recorded, what others have changed of it would be no drift any more.
  if (todo.move === "nothing" && todo.isOnlySeen) return keepRecorded(informed, todo.prior);
  const { entry, change } = await makeMove(informed, todo);
  return appliedOf(informed, entry, change);
}

/** Where tags stand that are kept as they were given, only the registry may know. */
async function withTagFacts(context: Context, prior: Entry | undefined): Promise<Context> {
  const { call, cloud } = context;
  if (prior?.areTagsFixed !== true || call.facts.primaryIdentifier) return context;
  return { ...context, call: { ...call, facts: await cloud.facts(call.type, call.options.typeVersionId) } };
}

/** Only the account's schema may tell that tags are given once. */
const asMade = (context: Context, prior: Entry | undefined): Context =>
  prior ? { ...context, call: withTagsAsMade(context.call, prior) } : context;

function appliedOf(
  { call }: Context,
  entry: Entry,
  change: Pick<Change, "move" | "patch" | "because" | "skipped" | "runTags">,
): ApplyResult {
  const { identifier = "", live } = entry;
  const about = { id: call.id, type: call.type, ...(entry.identifier !== undefined && { identifier }) };
  return {
    change: { ...about, ...change },
    outputs: outputsOf(call, identifier, call.desired, restoreSecrets(call, live)),
    names: () => namesOf(call.facts, identifier, live),
  };
}

function foreseen(
  context: Context,
  { change, outputs }: Pick<ApplyResult, "change" | "outputs">,
): ApplyResult {
  const { call } = context;
  const isOpen = change.move === "create" || change.move === "replace" || change.ifRefused !== undefined;
  const identifier = change.identifier ?? "";
  return {
    change: change.move === "nothing" ? change : { ...change, ...digestHidden(context) },
    outputs,
    names: () => (isOpen ? unknownNames(outputs) : namesOf(call.facts, identifier, outputs)),
    ...(change.move !== "nothing" && { planned: plannedOf(context, isOpen ? undefined : outputs) }),
  };
}

/** What another plan is told of it: a resource that is yet to be made where there are no outputs. No secret is. */
function plannedOf({ call }: Context, outputs?: Props): PlannedResource {
  const { id, type, facts } = call;
  const showOf = (props: Props): Props =>
    withoutMasks(redactProps(redactDesired({ ...call, desired: props }), call.confidential));
  const desired = showOf(call.desired);
  if (!outputs) return { type, outputsFor: (notes) => unknownOutputs({ id, type, facts, desired }, notes) };
  const { identifier } = outputs;
  const name = typeof identifier === "string" ? identifier : "";
  return { type, outputsFor: () => outputsOf({ id: name, type }, name, {}, showOf(outputs)) };
}

/** Of a run with targets: what is recorded stands for what is there. */
function skipUntargeted(context: Context, entry: Entry | undefined): ApplyResult {
  const { call, scope } = context;
  const { id, type } = call;
  tellDecision(scope, call, { move: "nothing", why: "it is no target" });
  if (entry?.identifier !== undefined) return appliedOf(context, entry, { move: "nothing", skipped: true });
  const outputs = unknownOutputs(call, scope.journal);
  const change = { id, type, move: "nothing", skipped: true } as const;
  return { change, outputs, names: () => unknownNames(outputs), planned: plannedOf(context) };
}

/** A target may use what is recorded of others, but not what is yet to be made of them. */
function requireKnownProperties({ call, scope }: Context): void {
  if (scope.withholds || scope.runOptions.targets === undefined) return;
  const paths = unknownIn(call.desired);
  if (paths.length === 0) return;
  throw new ResourceError("NOT_TARGETED", "uses a resource that is not there yet and is no target", {
    paths,
  });
}

/**
 * What exists is compared and patched by the account's own schema, and what is shown is masked by it, in a plan and in
 * the deploy that is held to it. A plain create needs none, except of a type that this version does not know.
 */
async function withFacts(context: Context, prior: Entry | undefined): Promise<Context> {
  const { call, cloud, scope } = context;
  const isPlain = !prior && !scope.withholds && !scope.runOptions.planned && !isAdopting(context);
  if (isPlain && call.facts.primaryIdentifier) return context;
  const informed = { ...call, facts: await cloud.facts(call.type, call.options.typeVersionId) };
  const broken = errorsOf(scope, informed).filter(({ isLimit }) => isLimit === true);
  if (broken.length > 0) throw refusal(broken);
  return { ...context, call: informed };
}

/** The entry itself where it is up to date. Edges, guards and values that were never compared are today's, even when nothing else has changed. */
function withToday({ call, dependencies, records }: Context, prior: Entry): Entry {
  const { profile: _, roleArn: __, retain: ___, protect: ____, ...rest } = prior;
  const digests = makeCertain(prior, call.desired, records);
  const entry: Entry = { ...rest, digests, dependencies, ...keptOptions(call.options) };
  return isSameBeside(entry, prior) ? prior : entry;
}

function isSameBeside(a: Entry, b: Entry): boolean {
  const names = new Set([...a.dependencies, ...b.dependencies]);
  return (
    a.profile === b.profile &&
    a.roleArn === b.roleArn &&
    a.retain === b.retain &&
    a.protect === b.protect &&
    names.size === a.dependencies.length &&
    names.size === b.dependencies.length &&
    equal(a.digests, b.digests)
  );
}
