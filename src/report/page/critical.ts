import type { CriticalResource } from "../../events.ts";
import { type Markup, markup } from "../markup/markup.ts";
import { duration } from "../duration.ts";
import type { ShownRun } from "./run.ts";
import { stepText } from "./steps.ts";
import { keyOf } from "../graph/graph.ts";
import { spellLine } from "./values.ts";

/** The chain that decided how long the run took, and what would make it shorter. */
export function pathMarkup(
  path: readonly CriticalResource[],
  { report, anchors }: ShownRun,
): Markup | undefined {
  if (path.length === 0) return undefined;
  const apps = 1 + (report.others ?? []).length;
  const links = path.map((one, i) => {
    const anchor = anchors.get(keyOf(report, one.id, apps));
    const before = path[i - 1];
    const name = spellLine(one.id);
    const link =
      anchor === undefined
        ? markup`<span class="id">${name}</span>`
        : markup`<a class="id" href="#${anchor}">${name}</a>`;
    const mostly = one.longest ? `, most of it ${stepText(one.longest)}` : "";
    return markup`<li>${link} <span class="muted">${spellLine(one.type)}</span> ${duration(one.toMs - one.fromMs)}${mostly}${before === undefined ? undefined : markup` <span class="note">${reasonText(one, before)}</span>`}</li>`;
  });
  const wishes = wishesFor(path).map((wish) => markup`<li>${wish}</li>`);
  return markup`<h3>What decided how long it took</h3>
<p>${duration(path.at(-1)?.toMs ?? 0)}, in a chain of ${path.length}: each could begin only after the one before it.</p>
<ol class="chain" aria-label="Critical path">${links}</ol>${wishes.length === 0 ? undefined : markup`<h3>To be faster</h3><ul aria-label="To be faster">${wishes}</ul>`}`;
}

function reasonText({ after }: CriticalResource, { id }: CriticalResource): string {
  const name = spellLine(id);
  if (after === "uses") return `uses ${name}`;
  return after === "used by" ? `was used by ${name}` : `the script waited for ${name}`;
}

/** Shorter times are not worth a change, in ms. */
const least = 500;

/** What to change so that the chain is shorter, the most first. */
function wishesFor(path: readonly CriticalResource[]): readonly string[] {
  const total = path.at(-1)?.toMs ?? 0;
  const wishes = path.flatMap((one, i) => [
    ...waitWish(one, path[i - 1]),
    ...idleWish(one),
    ...stepWish(one),
  ]);
  return wishes
    .filter(({ ms }) => ms >= Math.max(least, total / 20))
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, 5)
    .map(({ text }) => text);
}

interface Wish {
  /** What it would spare at most. */
  readonly ms: number;
  readonly text: string;
}

function waitWish(
  { id, after, fromMs, toMs }: CriticalResource,
  before: CriticalResource | undefined,
): readonly Wish[] {
  if (after !== "order" || before === undefined) return [];
  const [own, other] = [spellLine(id), spellLine(before.id)];
  const text = `${own} uses nothing of ${other}, and the script awaited ${other} first: declare both, then await both (Promise.all).`;
  return [{ ms: Math.min(toMs - fromMs, before.toMs - before.fromMs), text }];
}

function idleWish({ id, idleMs }: CriticalResource): readonly Wish[] {
  return [
    {
      ms: idleMs,
      text: `For ${duration(idleMs)} before ${spellLine(id)} the script was at something else.`,
    },
  ];
}

function stepWish({ id, longest }: CriticalResource): readonly Wish[] {
  if (longest === undefined) return [];
  const ms = longest.toMs - longest.fromMs;
  const name = spellLine(id);
  const texts: Partial<Record<typeof longest.step, string>> = {
    queued: `${name} waited ${duration(ms)} for its turn: what else runs at that time takes the rate that AWS allows; ask AWS for a higher one, or raise the concurrency where it is set.`,
    pause: `${name} paused ${duration(ms)} before another try${longest.code === undefined ? "" : ` (${longest.code})`}.`,
    "under way": `AWS worked on ${name} for ${duration(ms)}: the run is shorter only where less waits for it.`,
  };
  const text = texts[longest.step];
  return text === undefined ? [] : [{ ms, text }];
}
