import type { Change, Report } from "../events.ts";
import type { Json } from "../json.ts";
import { blockText, fullNameOf } from "./block.ts";
import { messageOf } from "./failure-text.ts";
import { type ValueWriter, differenceText } from "./operation-text.ts";
import type { PlanView } from "./plan-text.ts";
import { runTagsText } from "./run-tags-text.ts";
import { onOneLine, spellUnruly } from "./spell-unruly.ts";
import { type Format, type Style, plainStyle } from "./style.ts";
import { valueText } from "./value-text.ts";

type Drift = NonNullable<Change["drift"]>;

const looks: Readonly<Record<Drift, { readonly sign: string; readonly format: Format }>> = {
  same: { sign: "=", format: "dim" },
  drifted: { sign: "~", format: "yellow" },
  missing: { sign: "-", format: "red" },
  "not comparable": { sign: "?", format: "cyan" },
};

/** How live compares with what is recorded: what drifted and where, what is missing, what cannot be told and why; then the totals. */
export function driftText(
  { changes }: Report,
  style: Style = plainStyle,
  { all = false }: PlanView = {},
): string {
  const shown = changes.filter((change) => all || driftOf(change) !== "same" || change.why !== undefined);
  const count = (drift: Drift): number => changes.filter((change) => driftOf(change) === drift).length;
  const totals = [
    `${count("drifted")} drifted`,
    `${count("missing")} missing`,
    `${count("not comparable")} not comparable`,
    `${count("same")} the same`,
  ];
  const blocks = shown.map((change) => blockOf(change, style));
  return [...(blocks.length > 0 ? [...blocks, ""] : []), `Drift: ${totals.join(", ")}.`].join("\n");
}

/** Never "same" for what was not compared. */
const driftOf = ({ drift, error }: Change): Drift => (error ? "not comparable" : (drift ?? "not comparable"));

function blockOf(change: Change, style: Style): string {
  const { move, paths = [], differences = [] } = change;
  const isTold = (path: string): boolean => differences.some((one) => one.path === path);
  const drift = driftOf(change);
  const { sign, format } = looks[drift];
  const words = [fullNameOf(change), drift, ...(move === "forget" ? ["forgotten"] : [])];
  const below = [
    ...differences.map((one) => differenceText(one, writing(one.path, style))),
    ...paths.filter((path) => !isTold(path)).map(onOneLine),
    ...runTagsText(change),
    ...(drift === "not comparable" || change.why !== undefined ? [whyOf(change)] : []),
  ];
  return blockText(`${style(format, sign)} ${words.join("  ")}`, below);
}

const writing = (at: string, style: Style): ValueWriter => {
  const text = (value: Json): string => valueText(value, { at, unknown: [], style });
  return { was: text, will: text, frame: { style, lines: 60 } };
};

const whyOf = ({ id, type, why = "nobody looked", error }: Change): string =>
  error ? messageOf(error, { id, type }) : spellUnruly(why);
