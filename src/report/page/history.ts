import type { RunRecord } from "../../events.ts";
import { looks } from "../graph/looks.ts";
import { lookOf } from "../graph/graph.ts";
import { type Markup, markup } from "../markup/markup.ts";
import type { Section } from "./document.ts";
import { spellLine } from "./values.ts";

/** The runs that wrote, the latest first: when, by whom, how each ended, and what it made of which resource. */
export function historySection(runs: readonly RunRecord[]): Section | undefined {
  if (runs.length === 0) return undefined;
  const shown = runs.slice(-mostRuns).toReversed();
  const left = runs.length - shown.length;
  const rest =
    left > 0 ? markup`<p class="note">and ${left} earlier ones: await-aws history lists them</p>` : undefined;
  return { name: "history", heading: "History", body: markup`${shown.map(runMarkup)}${rest}` };
}

const mostRuns = 30;
const mostChanges = 60;

/** A row a change has the resource's name, so that a search for it finds what became of it across runs. */
function runMarkup({ run, phase, startedAt, by, end, changes, unchanged }: RunRecord): Markup {
  const rows = changes.slice(0, mostChanges).map((change) => {
    const { class: name, sign, word } = looks[lookOf(change)];
    const failed = change.error ? markup` <span class="note">${change.error.code}</span>` : undefined;
    return markup`<div class="row ${name}" data-item="${run} ${spellLine(change.id)}"><span class="sign">${sign}</span> <span class="id">${spellLine(change.id)}</span> <span class="muted">${spellLine(change.type)}</span> <span class="word">${word}</span>${failed}</div>
`;
  });
  const left = changes.length - mostChanges;
  const who = spellLine([by.user, by.job?.system, by.host].filter((part) => part !== undefined).join(", "));
  const counts = `${changes.length} changed, ${unchanged} as before`;
  return markup`<details class="more"><summary><strong>${startedAt.replace("T", " ").replace(/(\.\d+)?Z$/, " UTC")}</strong> ${phase} <span class="${end === "done" ? "good" : "bad"}">${end}</span> <span class="muted">${counts}; ${who}; <code>${spellLine(run)}</code></span></summary>${rows}${left > 0 ? markup`<div class="row">and ${left} more</div>` : undefined}</details>
`;
}
