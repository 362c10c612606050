import type { Change, Failure, Rename, Report } from "../events.ts";
import { type Pointer, covers, pointerOf } from "../json.ts";
import { blockText, fullNameOf } from "./block.ts";
import { failureText, partsOf, withoutRepeats } from "./failure-text.ts";
import { wordings } from "./moves.ts";
import { type ValueWriter, differenceText, operationText } from "./operation-text.ts";
import { onOneLine } from "./spell-unruly.ts";
import { type Style, plainStyle } from "./style.ts";
import { runTagsText } from "./run-tags-text.ts";
import { tallyOf } from "../report/tally.ts";
import { nameText, valueText } from "./value-text.ts";

/** What of a report is shown beyond what matters. */
export interface PlanView {
  /** Also resources of which there is nothing to tell. */
  readonly all?: boolean | undefined;
  /** Failures that have been told beside the plan. */
  readonly told?: readonly Failure["code"][] | undefined;
}

/**
 * A plan as people read it: a block a change with all that would be sent, then what the plan leaves open, and last
 * the line `Plan: 2 to add, 1 to change, 0 to destroy.` that scripts look for.
 */
export function planText(
  report: Report,
  style: Style = plainStyle,
  { all = false, told = [] }: PlanView = {},
): string {
  const { changes, stopped, renames = [] } = report;
  const isTold = ({ error }: Change): boolean => error !== undefined && told.includes(error.code);
  const shown = changes.filter((change) => !isTold(change) && (all || isWorthTelling(change)));
  const refused = changes.filter(({ error }) => error).length;
  const paragraphs = [
    groupedText(withoutRepeats(shown), style),
    ...(stopped ? [stoppedText(stopped, style)] : []),
    renames.map((rename) => renameText(rename, style)).join("\n"),
    refused > 0 ? style("red", `${refused} would fail: see ! above.`) : "",
    [...(hasChanges(report) ? [] : ["No changes."]), totalsOf(changes)].join("\n"),
  ];
  return paragraphs.filter((text) => text !== "").join("\n\n");
}

/** The blocks, with those of each group together under its name: what a scope declares, or what `/` in ids sets apart. */
function groupedText(changes: readonly Change[], style: Style): string {
  const groupOf = ({ id }: Change): string => id.slice(0, id.lastIndexOf("/") + 1);
  const groups = new Map<string, Change[]>();
  for (const change of changes) groups.set(groupOf(change), [...(groups.get(groupOf(change)) ?? []), change]);
  return [...groups]
    .map(([group, members]) => {
      const blocks = members.map((change) => blockOf(change, style));
      return group === "" ? blocks.join("\n") : blockText(style("dim", onOneLine(group)), blocks);
    })
    .join("\n");
}

/** A block a change, as a plan has them, of all that are worth telling. */
export const changesText = (changes: readonly Change[], style: Style = plainStyle): string =>
  groupedText(withoutRepeats(changes.filter(isWorthTelling)), style);

const isWorthTelling = ({ move, unmanaged, error }: Change): boolean =>
  move !== "nothing" || unmanaged !== undefined || error !== undefined;

const hasChanges = ({ changes, stopped }: Report): boolean =>
  stopped !== undefined || changes.some(({ move, error }) => move !== "nothing" || error);

/** As Terraform counts: a replacement adds one and destroys one; an adoption that patches also changes. */
function totalsOf(changes: readonly Change[]): string {
  const { adopted, added, changed, destroyed, forgotten, skipped } = tallyOf(changes);
  const before = adopted > 0 ? `${adopted} to adopt, ` : "";
  const after = [
    forgotten > 0 ? `, ${forgotten} to forget` : "",
    skipped > 0 ? `, ${skipped} not targeted` : "",
  ].join("");
  return `Plan: ${before}${added} to add, ${changed} to change, ${destroyed} to destroy${after}.`;
}

function blockOf(change: Change, style: Style): string {
  const { move, error, skipped = false } = change;
  if (error) return failureText({ ...change, error }, style);
  const remarks = [
    ...(move === "forget" ? ["only forgotten: it stays at AWS"] : []),
    ...(skipped ? ["not a target"] : []),
    ...(move === "replace" && change.order === "delete-first" ? ["the old one goes first"] : []),
  ];
  const loss = change.holdsData === true ? [style("red", "WHAT IT HOLDS IS LOST")] : [];
  const site = change.site === undefined ? [] : [style("dim", onOneLine(change.site))];
  const words = [fullNameOf(change), ...loss, ...remarks.map((remark) => style("dim", remark)), ...site];
  const head = `${style(wordings[move].format, wordings[move].sign)} ${words.join("  ")}`;
  return blockText(head, detailsOf(change, style));
}

function detailsOf(change: Change, style: Style): readonly string[] {
  const { desired = {}, patch = [], because = [], unknown = [], unmanaged = [] } = change;
  const isShown = (pointer: Pointer): boolean =>
    change.desired !== undefined || [...patch, ...because].some(({ path }) => covers(path, pointer));
  const hidden = unknown.filter((pointer) => !isShown(pointer));
  return [
    ...Object.entries(desired).map(
      ([name, value]) => `${nameText(name)}: ${valueText(value, { at: pointerOf([name]), unknown, style })}`,
    ),
    ...patch.map((operation) => operationText(operation, writingAt(operation.path, unknown, style))),
    ...because.map(
      (one) =>
        `${differenceText(one, writingAt(one.path, unknown, style))}  ${style("red", "forces replacement")}`,
    ),
    ...runTagsText(change),
    ...(hidden.length > 0 ? [`known after apply: ${hidden.map(onOneLine).join(", ")}`] : []),
    ...(unmanaged.length > 0 ? [style("dim", `unmanaged: ${unmanaged.map(onOneLine).join(", ")}`)] : []),
  ];
}

/** Values whole, those known only after apply marked. */
function writingAt(at: Pointer, unknown: readonly Pointer[], style: Style): ValueWriter {
  const isOpen = unknown.some((pointer) => pointer === at || pointer.startsWith(`${at}/`));
  return {
    was: (value) => valueText(value, { at, unknown: [], style }),
    will: (value) => valueText(value, { at, unknown, style }),
    frame: { style, lines: 60 },
    ...(isOpen && { remark: style("dim", "(in part known after apply)") }),
  };
}

function stoppedText(stopped: Failure, style: Style): string {
  const { message, advice } = partsOf(stopped, { id: "", type: "" });
  const below = [
    ...(advice === "" ? [] : [style("dim", advice)]),
    "Nothing beyond is planned, and no deletion.",
  ];
  return blockText(`${style("yellow", "?")} The plan ends here: ${message}`, below);
}

const renameText = ({ from, to, type }: Rename, style: Style): string => {
  const names = `${onOneLine(JSON.stringify(from))} renamed to ${onOneLine(JSON.stringify(to))}`;
  const option = `renamedFrom: ${onOneLine(JSON.stringify(from))}`;
  return `${style("yellow", "?")} looks like ${names} (${onOneLine(type)}): pass ${option} to keep the resource`;
};
