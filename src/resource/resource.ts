import { isResourceError } from "../errors.ts";
import { siteIn } from "../frames.ts";
import type { Props } from "../json.ts";
import { declaringScope } from "../scope/ambient.ts";
import { groupHere } from "../scope/group.ts";
import type { Records, Scope } from "../scope/scope.ts";
import { type ApplyResult, apply } from "./apply.ts";
import { nameInGroup } from "./call/grouped.ts";
import { checkProperties } from "./call/check-properties.ts";
import { dependenciesOf } from "./call/dependencies.ts";
import { withNearest } from "./call/nearest-type.ts";
import { noteSeen, trackCall } from "./call/note-call.ts";
import { noteGiven } from "./call/passed-on.ts";
import { type Call, type DeclaredInput, readCall } from "./call/read-call.ts";
import { noteResolved } from "./outputs/uses.ts";
import { requirePlace } from "./call/require-place.ts";
import { requireUncut } from "./call/require-uncut.ts";
import type { RunTags } from "./call/tagging.ts";
import { withRunTags } from "./record/run-tags.ts";
import { dropAbsent } from "./call/sent-desired.ts";
import { isUnserved, requireServed } from "./call/served.ts";
import { acceptNewer, errorsOf } from "./call/validate.ts";
import { type Context, noteUses, requireGoing, warn } from "./context.ts";
import { lackingCounterparts } from "./find/counterparts.ts";
import { warnOfPremises } from "./find/premises.ts";
import { hasNewSecrets, redactRecorded } from "./record/redact-recorded.ts";
import { failureIn, noteReported, report } from "./report.ts";
import { redactError } from "./secrets/redact-call.ts";

// One call from the script to what is done: declare → run → checkCall → applyCall → apply.

/**
 * Declares a resource: makes it as desired and resolves with its outputs. Starts at once; the id counts as declared
 * from this very moment, so that a call nobody awaits never looks like an orphan. `input` holds properties and
 * options together; where properties are given apart, `input` holds options alone.
 */
export function declare(
  type: string,
  name: string,
  input: unknown,
  ...apart: readonly [] | readonly [desired: unknown]
): Promise<Props> {
  let scope: Scope;
  const group = groupHere();
  // What is no text is refused under the name that it has.
  const id = typeof name === "string" ? group + name : name;
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
  return trackCall(scope, run({ scope, type, id, group, stack }, declared));
}

/** A call as it came: who made it, and where. */
interface NewCall {
  readonly scope: Scope;
  readonly type: string;
  readonly id: string;
  /** What of the id its scopes have put before it. */
  readonly group: string;
  readonly stack: Error;
}

/** One call on its way. */
interface CallInProgress {
  readonly call: Call;
  readonly group: string;
  readonly startedAt: number;
  /** Where in the script the call stands. */
  readonly siteOf: () => string | undefined;
}

async function run(made: NewCall, declared: DeclaredInput): Promise<Props> {
  const { scope, type, id, group, stack } = made;
  const startedAt = scope.now();
  try {
    scope.requireOpen(id);
    noteSeen(scope.journal, type, id);
    const call = readCall(type, id, { ...declared, confidential: scope.journal.confidential });
    const siteOf = (): string | undefined => siteIn(stack.stack, scope.folder);
    try {
      return await checkCall(scope, { call, group, startedAt, siteOf });
    } catch (error) {
      throw isResourceError(error) ? redactError(call, error) : error;
    }
  } catch (error) {
    throw reportFailed(made, startedAt, error);
  }
}

async function checkCall(scope: Scope, begun: CallInProgress): Promise<Props> {
  // Nothing is awaited where nothing is wrong: what such a call asks counts as declared at once.
  const { tags } = scope.runOptions;
  const asked = withRunTags(
    lacksTagFacts(begun.call, tags) ? await askFacts(scope, begun.call) : begun.call,
    tags,
  );
  const errors = errorsOf(scope, asked);
  const call = errors.length > 0 ? await acceptNewer(scope, asked, errors) : asked;
  if (isUnserved(call.facts)) await requireServed(scope, call);
  const doubts: string[] = [];
  checkProperties(call.note, call.desired, (message) => doubts.push(message));
  requireGoing({ scope, call });
  requireUncut(scope, call);
  const sent = dropAbsent(call);
  scope.journal.declared.set(call.id, sent.desired);
  return scope.hold((records) => applyCall(scope, records, { ...begun, call: sent, doubts }));
}

/** What only the account's registry knows may have tags: it is asked before anything is compared. */
const lacksTagFacts = ({ facts, options }: Call, tags: RunTags = {}): boolean =>
  facts.primaryIdentifier === undefined && Object.keys(tags).length > 0 && options.tags !== false;

async function askFacts(scope: Scope, call: Call): Promise<Call> {
  const cloud = await scope.cloud(call.options);
  return { ...call, facts: await cloud.facts(call.type, call.options.typeVersionId) };
}

/** A call that has been checked, and what its service might refuse. */
type CheckedCall = CallInProgress & { readonly doubts: readonly string[] };

async function applyCall(scope: Scope, records: Records, going: CheckedCall): Promise<Props> {
  const { group, doubts, startedAt, siteOf } = going;
  const call = nameInGroup(going.call, group, scope, records);
  if (hasNewSecrets(scope.journal)) await redactRecorded(scope.journal, records);
  requirePlace(scope, records, call);
  const begunAfter = scope.journal.resolved.size;
  const dependencies = dependenciesOf(scope.journal, call);
  noteUses(scope.journal, call.id, dependencies);
  const context: Context = { scope, records, cloud: await scope.cloud(call.options), call, dependencies };
  const tell = (): void => {
    for (const doubt of [...doubts, ...lackingCounterparts(context)]) warn(context, doubt);
  };
  let applied: ApplyResult;
  try {
    applied = await apply(context);
  } catch (error) {
    tell();
    throw error;
  }
  const { change, outputs, names, planned, refused } = applied;
  // What stands as it is has been taken before.
  if (change.move !== "nothing") {
    tell();
    // What exists has been accepted long since: an adoption reads nothing for it.
    if (change.move === "create" || change.move === "replace") await warnOfPremises(context);
  }
  if (planned && scope.withholds) scope.journal.planned.set(call.id, planned);
  noteResolved(scope.journal, call.id, names, begunAfter);
  noteGiven(scope.journal, call.facts, outputs);
  const site = scope.withholds ? siteOf() : undefined;
  report(scope, {
    ...change,
    ...(refused && { error: failureIn(refused.at({ site })) }),
    ...(site !== undefined && { site }),
    durationMs: scope.now() - startedAt,
  });
  return outputs;
}

/** Puts a failure into the report, and returns it as it is thrown: with its resource and its place in the script. */
function reportFailed({ scope, type, id, stack }: NewCall, startedAt: number, error: unknown): unknown {
  const site = siteIn(stack.stack, scope.folder);
  const placed = isResourceError(error) ? withNearest(type, error.at({ type, id, site })) : error;
  if (isResourceError(placed)) noteReported(scope.journal, placed);
  report(scope, {
    id: idText(id),
    type,
    move: "nothing",
    error: failureIn(placed),
    ...(site !== undefined && { site }),
    durationMs: scope.now() - startedAt,
  });
  return placed;
}

/** What a JavaScript program passed for an id may be anything. */
const idText = (id: unknown): string => String(id);
