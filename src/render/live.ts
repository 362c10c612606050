import { createLogUpdate } from "log-update";
import type { Event, Listener } from "../events.ts";
import { type Clock, machineClock } from "./clock.ts";
import { wholeSeconds } from "../report/duration.ts";
import { lineOf } from "./lines.ts";
import { passOn, put } from "./out.ts";
import { onOneLine } from "./spell-unruly.ts";
import { type Environment, type Style, isWatched, styleFor } from "./style.ts";
import { tableText } from "./table.ts";
import { type Row, underWay } from "./under-way.ts";

/** What progress is shown on, e.g. `process.stderr`. */
export type Screen = NodeJS.WritableStream & {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
};

/** Progress as it happens. */
export interface Live {
  readonly hear: Listener;
  /** Writes text that is not the run's, such as what a script prints, above the table; a line once it is whole. */
  readonly aside: (text: string) => void;
  /** Takes the table away and the timer with it; what has ended stays on the screen. */
  readonly end: () => void;
}

/**
 * Shows a run's progress: to somebody at a terminal a table of what is under way below the lines of what has ended;
 * to a pipe, a file or CI those lines alone, and once a minute one that tells what is still under way.
 */
export const live = (screen: Screen, environment: Environment, clock: Clock = machineClock): Live =>
  isWatched(screen, environment) ? table(screen, environment, clock) : plainly(screen, environment, clock);

const redrawMs = 100;

function table(screen: Screen, environment: Environment, clock: Clock): Live {
  const style = styleFor(screen, environment);
  const startedAt = clock.now();
  const course = underWay(clock.now);
  const log = createLogUpdate(screen);
  // Whole lines for above the table, and one that a script has only begun.
  let above = "";
  let begun = "";
  const rise = (text: string): void => {
    if (text === "") return;
    log.clear();
    put(screen, text, environment);
  };
  const draw = (): void => {
    rise(above);
    above = "";
    const now = clock.now();
    const frame = { rows: course.rows(), ended: course.ended(), total: course.total() };
    const size = { columns: screen.columns || 80, rows: screen.rows || 24 };
    log(tableText({ ...frame, elapsedMs: now - startedAt, now }, size, style));
  };
  const stop = clock.every(redrawMs, draw);
  return {
    hear: (event) => {
      course.hear(event);
      const line = permanentLine(event, style);
      if (line !== undefined) above += `${line}\n`;
    },
    aside: (text) => {
      const whole = text.lastIndexOf("\n") + 1;
      if (whole > 0) above += begun + text.slice(0, whole);
      begun = (whole > 0 ? "" : begun) + text.slice(whole);
    },
    end: () => {
      stop();
      log.clear();
      rise(above + begun);
      above = "";
      begun = "";
      log.done();
    },
  };
}

/** A plan is shown whole at its end, and a pause is told of beside its resource. */
const permanentLine = (event: Event, style: Style): string | undefined =>
  event.name === "planned" || event.name === "retry" ? undefined : lineOf(event, style);

const heartbeatMs = 60_000;

function plainly(screen: Screen, environment: Environment, clock: Clock): Live {
  const style = styleFor(screen, environment);
  const startedAt = clock.now();
  const course = underWay(clock.now);
  const beat = (): void => {
    const rows = course.rows();
    if (rows.length > 0) put(screen, `${heartbeatLine(rows, clock.now() - startedAt)}\n`, environment);
  };
  const stop = clock.every(heartbeatMs, beat);
  return {
    hear: (event) => {
      course.hear(event);
      const line = event.name === "planned" ? undefined : lineOf(event, style);
      if (line !== undefined) put(screen, `${line}\n`, environment);
    },
    aside: (text) => passOn(screen, text),
    end: stop,
  };
}

const mostNamed = 10;

function heartbeatLine(rows: readonly Row[], elapsedMs: number): string {
  const names = rows.slice(0, mostNamed).map(({ id, type }) => `${onOneLine(id)} (${onOneLine(type)})`);
  const more = rows.length > mostNamed ? [`and ${rows.length - mostNamed} more`] : [];
  return `  still under way after ${wholeSeconds(elapsedMs)}: ${[...names, ...more].join(", ")}`;
}
