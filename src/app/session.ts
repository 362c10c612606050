import { randomUUID } from "node:crypto";
import { scopeVersion } from "../scope/ambient.ts";
import type { Scope } from "../scope/scope.ts";
import { systemClock } from "../wire/clock.ts";
import { clouds } from "./cloud.ts";
import type { Settings } from "./settings.ts";
import { stageOf } from "./stage.ts";

/** How a run treats what is left over and what fails. */
export interface Manner {
  /** Ends by deleting what is no longer declared. */
  readonly finalizes: boolean;
  /** Collects failures in a report. */
  readonly reports: boolean;
}

/** Puts together what the calls of one run find at hand. Touches neither disk nor network. */
export function scopeOf(settings: Settings, manner: Manner): Scope {
  return {
    version: scopeVersion,
    app: settings.app,
    stage: settings.stage,
    wishes: settings.wishes,
    ...manner,
    listener: heard(settings),
    signal: settings.signal,
    now: () => systemClock.now(),
    newToken: () => randomUUID(),
    seen: new Map(),
    resolved: [],
    changes: [],
    pending: new Set(),
    ...stageOf(settings),
    cloud: clouds(settings),
  };
}

/** A listener that throws is its owner's affair and must not stop a write half-way. */
function heard({ listener }: Settings): Scope["listener"] {
  return (event) => {
    try {
      listener(event);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  };
}
