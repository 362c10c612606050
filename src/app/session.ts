import { UsageError } from "../errors.ts";
import { randomUUID } from "node:crypto";
import type { Listener, Phase } from "../events.ts";
import { scopeVersion } from "../scope/ambient.ts";
import type { Texts } from "../resource/veil.ts";
import { veilEvent } from "../resource/veil-changes.ts";
import type { Asked, Scope } from "../scope/scope.ts";
import { spellOut } from "../unruly.ts";
import { clouds } from "./cloud.ts";
import type { Settings } from "./settings.ts";
import { elsewhereOf } from "./elsewhere.ts";
import { stageOf } from "./stage.ts";
import { termsOf } from "./terms.ts";

/** How a run treats what is left over and what fails. */
export interface Manner {
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
export function scopeOf(settings: Settings, manner: Manner): Scope {
  const calls: Record<string, number> = {};
  const confidential = new Set<string>();
  const listener = heard(settings, calls, confidential);
  const seen = new Map<string, string>();
  const terms = termsOf(settings.asked);
  const { app, stage } = settings;
  const { phase = "deploy", isStageTold = false, ...treatment } = manner;
  const scope: Scope = {
    version: scopeVersion,
    app,
    stage,
    phase,
    withholds: settings.withholds,
    join: (name, asked) => {
      if (!isStageTold) requireStage(stage, name, asked);
      const aside = terms.add(asked, seen.size > 0);
      if (aside.length === 0) return;
      const message = `${JSON.stringify(name)} joins a run, which sets aside its ${aside.join(", ")}`;
      listener({ name: "notice", message });
    },
    wishes: terms.wishes,
    ...treatment,
    listener,
    calls,
    signal: settings.signal,
    now: () => settings.clock.now(),
    pause: async (ms) => {
      await settings.clock.sleep(ms, settings.signal);
    },
    newToken: () => randomUUID(),
    seen,
    declared: new Map(),
    resolved: [],
    confidential,
    given: new Set(),
    changes: [],
    reported: new WeakSet(),
    unknowns: [],
    pending: new Set(),
    ...stageOf({ ...settings, listener }, manner),
    elsewhere: elsewhereOf(settings),
    cloud: clouds({ ...settings, listener }, terms),
  };
  settings.rekeys?.({ settings, scope });
  return scope;
}

/** A stage that is open already is no other one: what a program asks of another would be done to the wrong one. */
function requireStage(stage: string, name: string, { apart }: Asked): void {
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
function heard({ listener }: Settings, calls: Record<string, number>, confidential: Texts): Listener {
  let isBroken = false;
  const broken = (error: unknown): void => {
    if (!isBroken) process.emitWarning(spellOut(`an await-aws listener failed: ${String(error)}`, "\n"));
    isBroken = true;
  };
  return (event) => {
    if (event.name === "call") calls[event.api] = (calls[event.api] ?? 0) + 1;
    try {
      // An async function passes for a listener too.
      const outcome: unknown = listener(veilEvent(event, confidential));
      if (outcome instanceof Promise) outcome.catch(broken);
    } catch (error) {
      broken(error);
    }
  };
}
