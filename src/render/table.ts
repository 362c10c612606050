import { cutTo, gap, widthOf } from "./columns.ts";
import { duration, wholeSeconds } from "../report/duration.ts";
import { wordings } from "./moves.ts";
import { onOneLine } from "./spell-unruly.ts";
import type { Style } from "./style.ts";
import type { Row, Wait } from "./under-way.ts";

/** What a table is drawn of. */
export interface Frame {
  /** Oldest first. */
  readonly rows: readonly Row[];
  readonly ended: number;
  readonly total: number;
  /** ms since the run began. */
  readonly elapsedMs: number;
  /** The instant, epoch ms. */
  readonly now: number;
}

/** The terminal, in its own columns and lines. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/**
 * A line for each resource under way, cut to the terminal's width, and below them a bar for the whole. What a resource
 * waits for stands at the end of its line where there is room, else on a line of its own.
 */
export function tableText(frame: Frame, size: Size, style: Style): string {
  const isWide = size.columns >= wideColumns;
  // One line is the bar's, one the cursor's; another tells of those that find no room.
  const room = Math.max(1, Math.floor((size.rows - 3) / (isWide ? 1 : 2)));
  const shown = frame.rows.slice(0, room);
  const more = frame.rows.length - shown.length;
  return [
    ...(shown.length > 0 ? [rowsText(shown, { now: frame.now, columns: size.columns, isWide, style })] : []),
    ...(more > 0 ? [style("dim", `  … and ${more} more under way`)] : []),
    barText(frame, size, style),
  ].join("\n");
}

// From here on most ids, types and reasons fit beside one another.
const wideColumns = 120;

interface TableLayout {
  readonly now: number;
  readonly columns: number;
  readonly isWide: boolean;
  readonly style: Style;
}

function rowsText(rows: readonly Row[], drawing: TableLayout): string {
  const { now, columns, isWide, style } = drawing;
  const waits = rows.map(({ wait }) => (wait ? style("dim", onOneLine(waitText(wait, now))) : ""));
  const cells = rows.map(({ id, type, move = "nothing", since }, i) => [
    `${style(wordings[move].format, wordings[move].sign)} ${onOneLine(id)}`,
    onOneLine(type),
    wordings[move].doing,
    wholeSeconds(now - since),
    ...(isWide ? [waits[i] ?? ""] : []),
  ]);
  const lines = cutTo(widthsFor(cells, drawing), cells);
  if (isWide) return lines.join("\n");
  const below = cutTo(
    [columns - 5],
    waits.map((wait) => [wait]),
  );
  return lines.flatMap((line, i) => (waits[i] ? [line, `    ${below[i] ?? ""}`] : [line])).join("\n");
}

/** Every column as wide as its widest cell, as long as there is room; what is waited for takes what is left. */
function widthsFor(
  cells: readonly (readonly string[])[],
  { columns, isWide }: TableLayout,
): readonly number[] {
  const widest = (column: number): number => widthOf(cells.map((row) => row[column] ?? ""));
  const [doing, elapsed] = [widest(2), widest(3)];
  // The last column of a terminal stays free: some wrap as soon as it is written to.
  const room = columns - 1 - (doing + elapsed + 3 * gap.length);
  const forId = Math.max(1, Math.min(widest(0), Math.floor(columns / 4)));
  const forType = Math.max(1, Math.min(widest(1), isWide ? Math.floor(columns / 3) : room - forId));
  const left = room - forId - forType - gap.length;
  return [forId, forType, doing, elapsed, ...(isWide ? [Math.max(1, left)] : [])];
}

function waitText(wait: Wait, now: number): string {
  if (wait.for === "retry") {
    const leftMs = wait.until - now;
    return `${wait.reason}, retry ${wait.attempt}${leftMs > 0 ? ` in ${duration(leftMs)}` : ""}`;
  }
  const told = wait.message === undefined ? "" : `: ${wait.message}`;
  return `in progress for ${wholeSeconds(now - wait.since)}${told}`;
}

const longestBar = 40;

function barText({ ended, total, elapsedMs }: Frame, { columns }: Size, style: Style): string {
  const told = `${ended}/${total}${gap}${wholeSeconds(elapsedMs)}`;
  const width = Math.max(0, Math.min(longestBar, columns - 1 - gap.length - told.length));
  const full = total === 0 ? 0 : Math.floor((width * ended) / total);
  return `${style("green", "█".repeat(full))}${style("dim", "░".repeat(width - full))}${gap}${told}`;
}
