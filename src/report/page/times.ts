import type { Step } from "../../events.ts";
import { type Markup, markup } from "../markup/markup.ts";
import type { Section } from "./document.ts";
import { duration } from "../duration.ts";
import type { ShownChange, ShownRun } from "./run.ts";
import { pathMarkup } from "./critical.ts";
import { stepText, stepWords } from "./steps.ts";
import { spellLine } from "./values.ts";

/** When each resource was at what: the chain that decided how long the run took, then a lane a resource. */
export function timesSection(run: ShownRun): Section | undefined {
  const timed = run.changes
    .filter(({ steps = [] }) => steps.length > 0)
    .toSorted((a, b) => beginOf(a) - beginOf(b));
  if (timed.length === 0) return undefined;
  const path = run.report.criticalPath ?? [];
  const lit = new Set(path.map(({ id }) => id));
  const span = spanOf(Math.max(...timed.map(endOf)));
  const laneOf = (change: ShownChange): Markup => laneMarkup(change, span, lit.has(change.id));
  const [first, rest] = chooseLanes(timed, lit);
  const body = markup`${pathMarkup(path, run)}
<h3>Time line</h3>
<ul class="legend" aria-label="Colours of the time line">${Object.values(stepWords).map(({ class: name, word }) => markup`<li><span class="steps ${name}"></span>${word}</li>`)}</ul>
<div class="timeline"><div class="axis" aria-hidden="true"><div>${[0, 1, 2, 3, 4].map((nth) => markup`<span>${duration((nth * span) / 4)}</span>`)}</div></div>
<ol class="lanes" aria-label="Time line">${first.map(laneOf)}</ol></div>
${rest.length === 0 ? undefined : markup`<details class="more"><summary>${rest.length} more, which took less</summary><div class="timeline"><ol class="lanes" aria-label="Rest of the time line">${rest.map(laneOf)}</ol></div></details>`}`;
  return { name: "times", heading: "Time", body };
}

/** More lanes are not read one by one: those that took longest stand for the others. */
const mostLanes = 200;

function chooseLanes(
  timed: readonly ShownChange[],
  lit: ReadonlySet<string>,
): readonly [readonly ShownChange[], readonly ShownChange[]] {
  if (timed.length <= mostLanes) return [timed, []];
  const longest = new Set(
    timed.toSorted((a, b) => b.durationMs - a.durationMs || beginOf(a) - beginOf(b)).slice(0, mostLanes / 2),
  );
  const isFirst = (change: ShownChange): boolean => lit.has(change.id) || longest.has(change);
  return [timed.filter(isFirst), timed.filter((change) => !isFirst(change))];
}

const beginOf = ({ steps = [], startedMs = 0 }: ShownChange): number => steps[0]?.fromMs ?? startedMs;
const endOf = ({ steps = [] }: ShownChange): number => steps.at(-1)?.toMs ?? 0;

/** The first round time in ms at which all has ended: its quarters are round as well. */
function spanOf(endMs: number): number {
  for (let unit = 100; ; unit *= 10)
    for (const times of [4, 6, 8, 10, 12, 14, 16, 18, 20, 24, 28, 32, 36])
      if (times * unit >= endMs) return times * unit;
}

/** As wide as a lane is drawn; a thousandth of it is the least that can be seen. */
const wide = 1_000;

function laneMarkup(change: ShownChange, span: number, isLit: boolean): Markup {
  const { id, anchor, steps = [], durationMs, error } = change;
  const scale = (ms: number): number => Math.round((wide * ms) / span);
  const paths = steps.map((step) => segment(step, scale));
  const told = longestOf(steps).map(stepText).join(", ");
  const tail = [duration(durationMs), ...triesIn(steps), ...(error ? ["failed"] : [])].join(", ");
  return markup`<li class="${isLit ? "lane lit" : "lane"}" data-item="${anchor}"><a href="#${anchor}">${spellLine(id)}</a><svg viewBox="0 0 ${wide} 1" preserveAspectRatio="none" role="img"><title>${told}</title>${paths}</svg><span>${tail}</span></li>
`;
}

function segment({ step, fromMs, toMs }: Step, scale: (ms: number) => number): Markup | undefined {
  const [from, to] = [scale(fromMs), scale(toMs)];
  // A pause is a mark however short it was; of anything else the others can be seen.
  const width = Math.max(step === "pause" ? 3 : 0, to - from);
  return width === 0
    ? undefined
    : markup`<path class="${stepWords[step].class}" d="M${from} 0h${width}v1h-${width}z"/>`;
}

const mostTold = 4;

/** What took longest, in the order in which it came. */
function longestOf(steps: readonly Step[]): readonly Step[] {
  const lengthOf = ({ fromMs, toMs }: Step): number => toMs - fromMs;
  const longest = new Set(steps.toSorted((a, b) => lengthOf(b) - lengthOf(a)).slice(0, mostTold));
  return steps.filter((step) => longest.has(step));
}

/** How often it was tried again, and for what. */
function triesIn(steps: readonly Step[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { step, code = "another try" } of steps)
    if (step === "pause") counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].map(([code, count]) => `${count} × ${code}`);
}
