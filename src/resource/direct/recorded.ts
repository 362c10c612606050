import type { Entry } from "../../entry.ts";
import { ResourceError, isResourceError } from "../../errors.ts";
import type { Props } from "../../json.ts";
import { type OptionNames, requireKnownOptions } from "../../known-options.ts";
import { nearest } from "../../nearest.ts";
import { bundledFacts } from "../../schema/bundled.ts";
import { currentScope, plansUnderWay } from "../../scope/ambient.ts";
import type { PlannedResource } from "../../scope/journal.ts";
import type { Scope } from "../../scope/scope.ts";
import type { StageName, StateStore } from "../../state/store.ts";
import { siteIn } from "../../frames.ts";
import { withArticle } from "../../wording.ts";
import { noteGiven } from "../call/passed-on.ts";
import { recordedOutputs } from "./recorded-outputs.ts";

/** Where something is recorded; see ResourceFunction.recorded. */
export interface RecordedOptions {
  /** The app that declares it; the run's own unless told. */
  readonly app?: string | undefined;
  /** The stage of that app; the run's own unless told. */
  readonly stage?: string | undefined;
  /** The store that has it; the run's own unless told. */
  readonly store?: StateStore | undefined;
}

const names: OptionNames<RecordedOptions> = { app: true, stage: true, store: true };

/** What is looked for: an id, and its type where that is known. */
interface Wanted extends StageName {
  readonly id: string;
  readonly type: string | undefined;
}

/**
 * Tells what an app has recorded of a resource, from the store alone: AWS is not asked. In a plan that has planned the
 * same app, it is what that is planned to be. What is secret is absent. Nothing recorded, or nothing that exists yet,
 * is `NOT_FOUND`; an entry of another type is `VALIDATION`.
 */
export async function readRecorded(
  type: string | undefined,
  id: string,
  options: RecordedOptions = {},
): Promise<Props> {
  const stack = new Error();
  const scope = currentScope();
  try {
    const called = `recorded()${type === undefined ? "" : ` of ${type}`}`;
    requireKnownOptions(called, options, names);
    for (const [name, value] of Object.entries({ id, app: options.app, stage: options.stage }))
      if (value !== undefined || name === "id") requireText(called, name, value);
    const { app = scope.app, stage = scope.stage, store = scope.store } = options;
    return await outputsIn(scope, store, { id, type, app, stage });
  } catch (error) {
    throw isResourceError(error) ? error.at({ type, id, site: siteIn(stack.stack, scope.folder) }) : error;
  }
}

function requireText(called: string, name: string, value: unknown): void {
  if (typeof value === "string" && value !== "") return;
  const given = JSON.stringify(value) ?? typeof value;
  throw new ResourceError("VALIDATION", `${name} of ${called} takes text; given was ${given}`);
}

async function outputsIn(scope: Scope, store: StateStore, wanted: Wanted): Promise<Props> {
  const planned = scope.phase === "plan" ? await plannedIn(store, wanted) : undefined;
  if (planned) {
    requireType(wanted, planned.type);
    return planned.outputsFor(scope.journal);
  }
  const entry = await entryIn(scope, store, wanted);
  requireType(wanted, entry.type);
  const outputs = recordedOutputs(entry);
  const facts = bundledFacts(entry.type);
  if (facts) noteGiven(scope.journal, facts, outputs);
  return outputs;
}

/** What a plan of this process that is under way says of it; undefined where it stays as it is recorded. */
async function plannedIn(store: StateStore, wanted: Wanted): Promise<PlannedResource | undefined> {
  const { id, app, stage } = wanted;
  for (const plan of plansUnderWay()) {
    if (plan.app !== app || plan.stage !== stage || !isSameStore(plan.store, store)) continue;
    const { seen, planned, pending, changes } = plan.journal;
    if (seen.has(id) && !planned.has(id)) await Promise.all(pending);
    const found = planned.get(id);
    if (found) return found;
    if (changes.some((one) => one.id === id && one.move === "delete" && !one.error))
      throw notFound(wanted, "the plan of its app deletes it");
  }
  return undefined;
}

/** Two stores that were made of one folder are one. */
const isSameStore = (one: StateStore, other: StateStore): boolean =>
  one === other || (one.place !== undefined && one.place === other.place);

async function entryIn(scope: Scope, store: StateStore, wanted: Wanted): Promise<Entry> {
  const { id, app, stage } = wanted;
  const entries = await scope.recordedIn({ app, stage }, store);
  const entry = entries.get(id);
  if (isResourceError(entry)) throw entry;
  if (!entry) throw notFound(wanted, await hintOf(store, wanted, [...entries.keys()]));
  if (entry.intent?.move === "delete") throw notFound(wanted, "its deletion has begun");
  if (entry.identifier === undefined) throw notFound(wanted, "its creation has begun, and has not ended");
  return entry;
}

const notFound = ({ app, stage }: Wanted, why: string): ResourceError =>
  new ResourceError("NOT_FOUND", `nothing is recorded of it in ${JSON.stringify(app)} (${stage}): ${why}`, {
    advice: "Deploy that app first, or name the app, the stage and the store that have it.",
  });

/** What was perhaps meant: an id of the stage, else another stage or app of the store. */
async function hintOf(
  store: StateStore,
  { id, app, stage }: Wanted,
  ids: readonly string[],
): Promise<string> {
  if (ids.length > 0) return suggestionOf("it has", id, ids);
  const stages = await store.stages();
  const ofApp = stages.filter((one) => one.app === app).map((one) => one.stage);
  if (ofApp.length > 0) return suggestionOf("that app is recorded as the stages", stage, ofApp);
  const apps = [...new Set(stages.map((one) => one.app))];
  return apps.length > 0 ? suggestionOf("the store has the apps", app, apps) : "the store is empty";
}

const mostNames = 5;

function suggestionOf(what: string, name: string, among: readonly string[]): string {
  const near = nearest(name, among);
  if (near !== undefined) return `did you mean ${JSON.stringify(near)}?`;
  const shown = among.toSorted((one, other) => one.localeCompare(other)).slice(0, mostNames);
  const more = among.length > shown.length ? ", …" : "";
  return `${what} ${shown.map((one) => JSON.stringify(one)).join(", ")}${more}`;
}

function requireType({ type, app, stage }: Wanted, found: string): void {
  if (type === undefined || type === found) return;
  throw new ResourceError(
    "VALIDATION",
    `what ${JSON.stringify(app)} (${stage}) has recorded is ${withArticle(found)}`,
    { advice: "Ask for it by its own type, or for another id." },
  );
}
