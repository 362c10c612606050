import { UsageError } from "../../errors.ts";
import { randomUUID } from "node:crypto";
import { type Listener, type Phase, isTrace } from "../../events.ts";
import { scopeVersion } from "../../scope/ambient.ts";
import { redactEvent } from "../../resource/secrets/redact-changes.ts";
import { type Journal, beginJournal } from "../../scope/journal.ts";
import type { JoinOptions, Scope } from "../../scope/scope.ts";
import { spellOut } from "../../unruly.ts";
import { openClouds } from "./cloud.ts";
import type { Settings } from "../options/settings.ts";
import { historyOf } from "./run-history.ts";
import { lessonsOf } from "./learned.ts";
import { elsewhereOf, recordedIn } from "./other-stages.ts";
import { stageOf } from "./stage.ts";
import { jointOptionsOf } from "../options/joint-options.ts";

/** How a run treats what is left over and what fails. */
export interface ScopePolicy {
  /** Ends by deleting what is no longer declared. */
  readonly finalizes: boolean;
  /** Collects failures in a report. */
  readonly reports: boolean;
  /** Keeps the stage from its first use until it is released. */
  readonly isKept?: boolean;
  /** Begins without the store's key too; see stageOf. */
  readonly isKeyless?: boolean;
  /** What the run is for; a deploy unless told. */
  readonly phase?: Phase;
  /** The stage was told from outside the program, which cannot ask for another. */
  readonly isStageTold?: boolean;
}

/** Puts together what the calls of one run find at hand. Touches neither disk nor network. */
export function scopeOf(settings: Settings, manner: ScopePolicy): Scope {
  const journal = beginJournal();
  const listener = guardListener(settings, journal);
  const joint = jointOptionsOf(settings.asked, settings.tags);
  const lessons = lessonsOf(settings);
  const { app, stage } = settings;
  const { phase = "deploy", isStageTold = false, ...treatment } = manner;
  const history = historyOf({ settings: { ...settings, listener }, journal, phase });
  const scope: Scope = {
    version: scopeVersion,
    app,
    stage,
    folder: process.cwd(),
    phase,
    begunAt: settings.clock.now(),
    withholds: settings.withholds,
    join: (name, asked) => {
      if (!isStageTold) requireStage(stage, name, asked);
      const aside = joint.add(asked, journal.seen.size > 0);
      if (aside.length === 0) return;
      const message = `${JSON.stringify(name)} joins a run, which sets aside its ${aside.join(", ")}`;
      listener({ name: "notice", message });
    },
    get runOptions() {
      return joint.runOptions;
    },
    journal,
    ...treatment,
    listener,
    signal: settings.signal,
    now: () => settings.clock.now(),
    pause: async (ms) => {
      await settings.clock.sleep(ms, settings.signal);
    },
    newToken: () => randomUUID(),
    ...stageOf({ ...settings, listener }, { ...manner, whenFreed: () => lessons.keep(), history }),
    store: settings.store,
    recordedIn: recordedIn(),
    elsewhere: elsewhereOf(settings),
    cloud: openClouds({ ...settings, listener }, joint, lessons, history.noteCaller),
  };
  settings.rekeys?.({ settings, scope });
  return scope;
}

/** A stage that is open already is no other one: what a program asks of another would be done to the wrong one. */
function requireStage(stage: string, name: string, { apart }: JoinOptions): void {
  const asked = apart["stage"];
  if (asked === undefined || asked === stage) return;
  throw new UsageError(
    `${JSON.stringify(name)} states the stage ${JSON.stringify(asked)}, and the run around it is in ` +
      `${JSON.stringify(stage)}: give it a run of its own, or one stage`,
  );
}

/**
 * Counts requests, takes secrets out of whatever is told, and keeps a listener that fails from stopping a write
 * half-way: Node is told of it, once.
 */
function guardListener({ listener, traces }: Settings, { calls, confidential }: Journal): Listener {
  let isBroken = false;
  const reportBroken = (error: unknown): void => {
    if (!isBroken) process.emitWarning(spellOut(`an await-aws listener failed: ${String(error)}`, "\n"));
    isBroken = true;
  };
  return (event) => {
    if (event.name === "call") calls[event.api] = (calls[event.api] ?? 0) + 1;
    if (isTrace(event) && !traces.has(event.name)) return;
    try {
      // An async function passes for a listener too.
      const outcome: unknown = listener(redactEvent(event, confidential));
      if (outcome instanceof Promise) outcome.catch(reportBroken);
    } catch (error) {
      reportBroken(error);
    }
  };
}
