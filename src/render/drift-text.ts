import type { Change, Report } from "../events.ts";
import { blockText, fullNameOf } from "./block.ts";
import { messageOf } from "./failure-text.ts";
import type { Showing } from "./plan-text.ts";
import { onOneLine, spelled } from "./spelled.ts";
import { type Format, type Style, unstyled } from "./style.ts";

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
  style: Style = unstyled,
  { all = false }: Showing = {},
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
  const { move, paths = [] } = change;
  const drift = driftOf(change);
  const { sign, format } = looks[drift];
  const words = [fullNameOf(change), drift, ...(move === "forget" ? ["forgotten"] : [])];
  const below = [
    ...paths.map(onOneLine),
    ...(drift === "not comparable" || change.why !== undefined ? [whyOf(change)] : []),
  ];
  return blockText(`${style(format, sign)} ${words.join("  ")}`, below);
}

const whyOf = ({ id, type, why = "nobody looked", error }: Change): string =>
  error ? messageOf(error, { id, type }) : spelled(why);
