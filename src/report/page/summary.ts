import type { Report } from "../../events.ts";
import { countLooks, looks } from "../graph/looks.ts";
import { type Markup, markup } from "../markup/markup.ts";
import { duration } from "../duration.ts";
import type { ShownRun } from "./run.ts";
import { spellLine } from "./values.ts";

const titles: Readonly<Record<Report["phase"], string>> = {
  deploy: "Deploy of",
  plan: "Plan of",
  destroy: "Destroy of",
  drift: "Drift of",
};

/** What a page of a run is called. */
export const titleOf = ({ phase, app, stage }: Report): string =>
  spellLine(`${titles[phase]} ${app} (${stage})`);

/** How the run ended, how many there are of each sort, when it was and how long it took. */
export function summaryMarkup({ report, changes }: ShownRun): Markup {
  const { ok, startedAt, durationMs, calls, renames = [], others = [] } = report;
  const counts = countLooks(changes).map(
    ([look, count]) => markup`<li class="${looks[look].class}"><b>${count}</b> ${looks[look].word}</li>`,
  );
  const sent = Object.entries(calls).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const total = sent.reduce((sum, [, count]) => sum + count, 0);
  const facts: readonly (readonly [string, string])[] = [
    ...(startedAt === ""
      ? []
      : [["Begun", startedAt.replace("T", " ").replace(/(\.\d+)?Z$/, " UTC")] as const]),
    ...(durationMs > 0 ? [["Took", duration(durationMs)] as const] : []),
    ...(total > 0
      ? [["Calls", `${total}: ${sent.map(([api, count]) => `${count} ${api}`).join(", ")}`] as const]
      : []),
    ...(others.length > 0
      ? [["Apps", [report, ...others].map(({ app, stage }) => `${app} (${stage})`).join(", ")] as const]
      : []),
  ];
  const looksRenamed = renames.map(
    ({ from, to, type }) =>
      markup`<p class="advice">${spellLine(`${from} looks renamed to ${to} (${type}): pass renamedFrom: ${JSON.stringify(from)} to keep the resource.`)}</p>`,
  );
  return markup`<p class="outcome ${ok ? (report.phase === "plan" ? "" : "good") : "bad"}">${outcomeText(report)}</p>
<ul class="counts" aria-label="Counts">${counts}</ul>
<dl class="facts">${facts.map(([name, text]) => markup`<dt>${name}</dt><dd>${spellLine(text)}</dd>`)}</dl>${looksRenamed}`;
}

function outcomeText({ phase, ok, stopped, error, changes }: Report): string {
  const failed = changes.filter((change) => change.error).length;
  if (phase === "plan") {
    if (stopped) return "The plan ends half-way";
    return ok
      ? changes.every(({ move }) => move === "nothing")
        ? "No changes"
        : "Nothing is done yet: this is what a deploy would do"
      : `A deploy would fail (${failed})`;
  }
  if (error) return "It did not come to its end";
  if (phase === "drift") {
    const isSame = changes.every(({ drift, error }) => drift === "same" && !error);
    return isSame ? "All is as recorded" : "What is there is not what is recorded";
  }
  const done = phase === "destroy" ? "Destroyed" : "Deployed";
  return ok ? done : `${done} only in part: ${failed} failed`;
}
