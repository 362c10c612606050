import { UsageError } from "../../errors.ts";
import type { Phase, Report } from "../../events.ts";
import { type Host, enter } from "../../scope/ambient.ts";
import { joinOptionsOf } from "../options/join-options.ts";
import { type EnteredApp, beginApp } from "./entered-app.ts";
import { settleCalls } from "../phases/finalize.ts";
import type { ReconcileOptions } from "../reconcile.ts";
import { type RunInProgress, isToldIn, startAll } from "../run.ts";
import type { RunOptions } from "../options/run-options.ts";
import { type SettingOptions, type Settings, settingsOf } from "../options/settings.ts";
import { namesSetAside, mergeOptions } from "./merge-options.ts";

/** What the apps and the runs of one script have come to. */
export interface ScriptWorld {
  readonly host: Host;
  /** The app of what the script declares without naming one. */
  readonly plain: EnteredApp;
  /** That and those that the script has entered. */
  readonly apps: () => readonly EnteredApp[];
  /** Whether the script has named an app. */
  readonly isNamed: () => boolean;
  /** Whether all that it has named are finalized. */
  readonly isComplete: () => boolean;
  /** Whether an error stands in a report already. */
  readonly isTold: (error: unknown) => boolean;
  /** Waits for every call under way. */
  readonly settled: () => Promise<void>;
  readonly soFar: () => Report;
}

/** The app whose name and options a run was told. */
export interface AppNaming {
  readonly name: string;
  /** Whether that name was told from outside: then the script cannot name another. */
  readonly isNameTold?: boolean;
}

interface NamedApp {
  /** As the script calls it. */
  readonly as: string;
  readonly app: EnteredApp;
}

/** What a world grows from. */
interface WorldParts {
  readonly naming: AppNaming;
  readonly told: ReconcileOptions;
  readonly phase: Phase;
  readonly plain: EnteredApp;
  readonly named: NamedApp[];
  readonly runs: RunInProgress[];
}

/** Makes the world of a script; nothing is done in it yet. */
export function scriptWorldOf(naming: AppNaming, told: ReconcileOptions): ScriptWorld {
  const { phase = "deploy" } = told;
  const plain = beginApp(settingsIn(naming, naming.name, told), phase, told.stage !== undefined);
  const ground: WorldParts = { naming, told, phase, plain, named: [], runs: [] };
  const { named, runs } = ground;
  const apps = (): EnteredApp[] => appsOf(ground);
  const host: Host = {
    plain: () => plain.scope,
    enter: (name: string, options: RunOptions) => enterApp(ground, name, options),
    finalize: async (scope) => requireGone(await finalizeIn(apps(), scope)),
    reconcile: (name, program, options: ReconcileOptions) => {
      const run = beginRun(ground, { name, program }, options);
      runs.push(run);
      return run.ended;
    },
  };
  return {
    host,
    plain,
    apps,
    isNamed: () => named.length + runs.length > 0,
    isComplete: () => named.length > 0 && named.every(({ app }) => app.isFinalized()),
    isTold: (error) =>
      apps().some(({ scope }) => isToldIn(scope, error)) || runs.some((run) => run.isTold(error)),
    settled: async () => {
      await Promise.all([
        ...apps().map(({ scope }) => settleCalls(scope)),
        ...runs.map((run) => run.settled()),
      ]);
    },
    soFar: () => joinReports(ground),
  };
}

const settingsIn = ({ name: told, isNameTold }: AppNaming, name: string, options: SettingOptions): Settings =>
  settingsOf(isNameTold === true ? told : name, options, process.env, process.argv[1]);

const appsOf = ({ plain, named }: WorldParts): EnteredApp[] => [
  ...new Set([plain, ...named.map(({ app }) => app)]),
];

function enterApp(ground: WorldParts, name: string, options: RunOptions): Scope {
  const { naming, told, phase, named } = ground;
  requireOneName(naming, named, name);
  const fresh = settingsIn(naming, name, mergeOptions(told, options));
  const open = appsOf(ground).find((app) => isOpenAs(app, fresh, options));
  const app = open ?? beginApp(fresh, phase, told.stage !== undefined);
  if (!named.some((one) => one.app === app)) named.push({ as: name, app });
  if (open) open.scope.join(name, joinOptionsOf(options));
  else tellAside(app, name, namesSetAside(told, options));
  enter(app.scope);
  return app.scope;
}

interface Program {
  readonly name: string;
  readonly program: () => Promise<unknown>;
}

function beginRun(ground: WorldParts, { name, program }: Program, options: ReconcileOptions): RunInProgress {
  const { naming, told, phase } = ground;
  const isStageTold = told.stage !== undefined;
  const course = {
    phase: phaseWithin(phase, options),
    accept: options.accept,
    destroys: options.destroys,
    isStageTold,
  };
  return startAll(settingsIn(naming, name, mergeOptions(told, options)), course, program);
}

type Scope = EnteredApp["scope"];

function requireOneName(
  { name, isNameTold = false }: AppNaming,
  named: readonly NamedApp[],
  as: string,
): void {
  const other = named.find((one) => one.as !== as);
  if (!isNameTold || !other) return;
  throw new UsageError(
    `the run was told to be of the app ${JSON.stringify(name)}, and the script names two: ` +
      `${JSON.stringify(other.as)} and ${JSON.stringify(as)}; run it without --app`,
  );
}

/** A script that enters an app again goes on with it: anew, it would delete what it has just declared. */
const isOpenAs = (
  { scope, store, isFinalized }: EnteredApp,
  fresh: Settings,
  { store: own }: RunOptions,
): boolean =>
  scope.app === fresh.app &&
  scope.stage === fresh.stage &&
  (own === undefined || store === fresh.store) &&
  !isFinalized();

function tellAside({ scope }: EnteredApp, name: string, aside: readonly string[]): void {
  if (aside.length === 0) return;
  const message = `${JSON.stringify(name)} joins a run, which sets aside its ${aside.join(", ")}`;
  scope.listener({ name: "notice", message });
}

async function finalizeIn(apps: readonly EnteredApp[], scope: Scope): Promise<readonly unknown[]> {
  const app = apps.find((one) => one.scope === scope);
  return app ? app.finalize() : [];
}

/** Throws what could not be deleted. */
export function requireGone(left: readonly unknown[]): void {
  if (left.length === 0) return;
  throw new AggregateError(left, `${left.length} of the resources no longer declared could not be deleted`);
}

/** A plan stays one whatever a script asks; what could not be one is refused. */
function phaseWithin(around: Phase, { phase = "deploy", accept }: ReconcileOptions): Phase {
  if (around !== "plan" || phase === "plan") return phase;
  if (phase === "deploy") return "plan";
  if (phase === "drift" && accept !== true) return phase;
  throw new UsageError(`a ${phase} cannot join a plan: it would be done`);
}

/** One report of all that has been used; a script that names several apps has the others below the first. */
function joinReports({ plain, named, runs, phase }: WorldParts): Report {
  const entered = named.map(({ app }) => app);
  const isUsed = plain.scope.journal.seen.size > 0 && !entered.includes(plain);
  const used = new Set([...(isUsed ? [plain] : []), ...entered]);
  const nested = runs.map(({ soFar }) => soFar()).filter((report) => report.phase === phase);
  const [first, ...others] = [...[...used].map(({ soFar }) => soFar()), ...nested];
  if (!first) return plain.soFar();
  if (others.length === 0) return first;
  return { ...first, ok: first.ok && others.every(({ ok }) => ok), others };
}
