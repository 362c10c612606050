import { type Pointer, covers } from "../../json.ts";
import type { Look } from "../graph/graph.ts";
import { looks } from "../graph/looks.ts";
import { type Markup, type Part, markup } from "../markup/markup.ts";
import { differenceMarkup, operationMarkup } from "./differences.ts";
import type { Section } from "./document.ts";
import { duration } from "../duration.ts";
import { failureBody } from "./failures.ts";
import type { ShownChange, ShownRun } from "./run.ts";
import { stepsMarkup } from "./steps.ts";
import { cutTo, placeText, spellText, spellLine } from "./values.ts";

/** Of what a page tells nothing more than the name. */
const quiet: readonly Look[] = ["nothing", "same", "skipped"];

/** Every change with all there is to it; what is as it was in one fold at the end. */
export function changesSection(run: ShownRun): Section {
  const order = Object.keys(looks);
  const sorted = run.changes.toSorted((a, b) => order.indexOf(a.look) - order.indexOf(b.look));
  const told = sorted.filter((change) => !isQuiet(change));
  const still = sorted.filter(isQuiet);
  const view = { run, most: roomFor(told.length), isOpen: isRead(run, told.length) };
  const fold =
    still.length === 0
      ? undefined
      : markup`<details class="more"><summary>${still.length} ${still.length === 1 ? "is" : "are"} as before</summary>${still.map((change) => quietRow(change))}</details>`;
  const body =
    run.changes.length === 0
      ? markup`<p>There are none.</p>`
      : markup`${told.map((change) => changeMarkup(change, view))}${fold}`;
  return { name: "changes", heading: "Changes", body };
}

const isQuiet = (change: ShownChange): boolean =>
  quiet.includes(change.look) &&
  change.why === undefined &&
  (change.warnings ?? []).length === 0 &&
  (change.unmanaged ?? []).length === 0;

/** So many characters of a value are shown that the page of a thousand changes is still one that can be mailed. */
const roomFor = (count: number): number =>
  Math.max(300, Math.min(20_000, Math.floor(400_000 / Math.max(1, count))));

const quietRow = ({ id, type, look, anchor, isFirst }: ShownChange): Markup =>
  markup`<div class="row ${looks[look].class}"${idOf(anchor, isFirst)} data-item="${anchor}"><span class="sign">${looks[look].sign}</span> <span class="id">${spellLine(id)}</span> <span class="muted">${spellLine(type)}</span></div>
`;

const idOf = (anchor: string, isFirst: boolean): Markup | undefined =>
  isFirst ? markup` id="${anchor}"` : undefined;

/** How changes are shown. */
interface ChangesView {
  readonly run: ShownRun;
  /** The most characters of a value. */
  readonly most: number;
  readonly isOpen: boolean;
}

const mostRead = 20;

/** What is to be agreed to lies open, as long as that can be read in one go. */
const isRead = ({ report }: ShownRun, count: number): boolean =>
  (report.phase === "plan" || report.phase === "drift") && count <= mostRead;

function changeMarkup(change: ShownChange, { run, most, isOpen }: ChangesView): Markup {
  const { id, type, identifier, look, anchor, isFirst, durationMs, holdsData } = change;
  const { sign, word, class: name } = looks[look];
  const loss = holdsData === true ? markup` <strong class="bad">what it holds is lost</strong>` : undefined;
  const took =
    run.report.phase === "plan" || durationMs < 1
      ? undefined
      : markup`<span class="took">${duration(durationMs)}</span>`;
  const named =
    identifier === undefined ? undefined : markup` <code class="muted">${spellLine(identifier)}</code>`;
  return markup`<details class="change ${name}"${idOf(anchor, isFirst)} data-item="${anchor}"${isOpen ? markup` open` : undefined}><summary>${took}<span class="sign">${sign}</span> <span class="id">${spellLine(id)}</span> <span>${spellLine(type)}</span> <span class="word">${word}</span>${loss}${named}</summary>
<div class="body">${bodyOf(change, run, most)}</div></details>
`;
}

function bodyOf(change: ShownChange, run: ShownRun, most: number): readonly Part[] {
  const { error, why, warnings = [], site, order, unmanaged = [], move } = change;
  return [
    error && failureBody(error, change),
    why === undefined ? undefined : markup`<p>${spellLine(why)}</p>`,
    warnings.map((warning) => markup`<p class="advice">${spellLine(warning)}</p>`),
    move === "forget" ? markup`<p>It is only forgotten, and stays at AWS.</p>` : undefined,
    order === undefined
      ? undefined
      : markup`<p>${order === "delete-first" ? "The old one goes first." : "The new one is made first."}</p>`,
    differencesOf(change, most),
    hiddenPlaces(change),
    unmanaged.length === 0
      ? undefined
      : markup`<p class="note">Beside what the script states: ${unmanaged.map(placeText).join(", ")}</p>`,
    joinsOf(change, run),
    // Of many the time line tells it in fewer words.
    run.changes.length <= mostSteps || error ? stepsMarkup(change) : undefined,
    site === undefined ? undefined : markup`<p class="note">Declared at <code>${spellLine(site)}</code></p>`,
  ];
}

function differencesOf(change: ShownChange, most: number): readonly Markup[] {
  const {
    patch = [],
    because = [],
    differences = [],
    paths = [],
    desired = {},
    unknown = [],
    ifRefused,
  } = change;
  const style = { most, unknown };
  const reason = ifRefused === undefined ? "forces replacement" : "replaces if AWS refuses to change it";
  const isTold = (path: Pointer): boolean => differences.some((one) => one.path === path);
  const asked = Object.keys(desired).length === 0 ? [] : [desiredMarkup(desired, most)];
  return [
    ...because.map((one) => differenceMarkup(one, style, reason)),
    ...patch.map((operation) => operationMarkup(operation, style)),
    ...differences.map((one) => differenceMarkup(one, style)),
    ...paths.filter((path) => !isTold(path)).map((path) => markup`<p class="path">${placeText(path)}</p>`),
    ...asked,
  ];
}

/** A line a property: it is read before it is agreed to. */
const desiredMarkup = (desired: ShownChange["desired"] & object, most: number): Markup =>
  markup`<div class="diff"><ins>${spellText(cutTo(JSON.stringify(desired, undefined, 2), 2 * most))}</ins></div>`;

/** What is known only after apply and stands in nothing that is shown. */
function hiddenPlaces({ unknown = [], patch = [], because = [], desired }: ShownChange): Markup | undefined {
  const hidden = unknown.filter(
    (pointer) => desired !== undefined || ![...patch, ...because].some(({ path }) => covers(path, pointer)),
  );
  return hidden.length === 0
    ? undefined
    : markup`<p class="note">Known after apply: ${hidden.map(placeText).join(", ")}</p>`;
}

/** What it uses and what uses it, as links. */
function joinsOf({ key }: ShownChange, { anchors, used, users }: ShownRun): readonly Markup[] {
  return [
    ...linksMarkup("Uses", used.get(key) ?? [], anchors),
    ...linksMarkup("Used by", users.get(key) ?? [], anchors),
  ];
}

/** The steps of more changes are told on the time line alone. */
const mostSteps = 200;

const mostLinks = 12;

/** Resources as links, after a word. */
export function linksMarkup(
  word: string,
  keys: readonly string[],
  anchors: ReadonlyMap<string, string>,
): readonly Markup[] {
  if (keys.length === 0) return [];
  const links = keys
    .slice(0, mostLinks)
    .map((key, i) => markup`${i > 0 ? ", " : ""}<a href="#${anchors.get(key)}">${spellLine(key)}</a>`);
  const left = keys.length - mostLinks;
  return [markup`<p class="note">${word} ${links}${left > 0 ? ` and ${left} more` : ""}</p>`];
}
