import type { Step } from "../../events.ts";
import { type Markup, markup } from "../markup/markup.ts";
import { duration } from "../duration.ts";
import type { ShownChange } from "./run.ts";
import { spellLine } from "./values.ts";

/** How a step is told of: its class in styles, and its name. */
export const stepWords: Readonly<Record<Step["step"], { readonly class: string; readonly word: string }>> = {
  waiting: { class: "w", word: "waiting for what it uses" },
  queued: { class: "q", word: "queued" },
  reading: { class: "r", word: "read" },
  sent: { class: "s", word: "sent" },
  "under way": { class: "u", word: "under way at AWS" },
  pause: { class: "p", word: "pause before another try" },
  "read back": { class: "b", word: "read back" },
};

/** A step in a few words, with the reason of a pause. */
export function stepText(step: Step): string {
  const reason = reasonText(step);
  const because = reason === "" ? "" : ` (${reason})`;
  return spellLine(`${stepWords[step.step].word} ${duration(step.toMs - step.fromMs)}${because}`);
}

/** Why it took a step, as far as that is told. */
const reasonText = ({ why, code, waitsFor = [] }: Step): string =>
  [code, why, waitsFor.length > 0 ? waitsForText(waitsFor) : undefined]
    .filter((text) => text !== undefined)
    .join(": ");

const mostNamed = 5;

function waitsForText(ids: readonly string[]): string {
  const left = ids.length - mostNamed;
  return `${ids.slice(0, mostNamed).join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
}

/** What a resource was at, one after the other, in a table. */
export function stepsMarkup({ steps = [], id }: ShownChange): Markup | undefined {
  const told = steps.filter(({ fromMs, toMs }) => toMs - fromMs >= least);
  if (told.length === 0) return undefined;
  const rows = told.slice(0, mostRows).map((one) => {
    const { step, fromMs, toMs } = one;
    return markup`<tr><td>${duration(fromMs)}</td><td>${duration(toMs - fromMs)}</td><td>${stepWords[step].word}</td><td>${spellLine(reasonText(one))}</td></tr>`;
  });
  const left = told.length - mostRows;
  return markup`<div class="wide"><table aria-label="${spellLine(`What ${id} was at`)}"><thead><tr><th>at</th><th>for</th><th>what</th><th>why</th></tr></thead><tbody>${rows}</tbody></table></div>${left > 0 ? markup`<p class="note">and ${left} more</p>` : undefined}`;
}

/** Less is not worth a line, in ms. */
const least = 50;
const mostRows = 40;
