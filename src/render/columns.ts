import Table from "cli-table3";

/** What stands between two columns. */
export const gap = "  ";

/** How many columns of a terminal the widest of these takes: wide characters take two, formats none. */
export function widthOf(texts: readonly string[]): number {
  const table = new Table(frameless);
  // The width of a table is told as the length of its first line: an empty cell, filled up, has no other.
  table.push([""], ...texts.map((text) => [text]));
  return table.width;
}

/** Rows as lines whose columns are this wide, in columns of a terminal; what is longer ends in `…`. */
export function cutTo(widths: readonly number[], rows: readonly (readonly string[])[]): readonly string[] {
  const table = new Table({ ...frameless, colWidths: [...widths] });
  table.push(...rows.map((row) => [...row]));
  return table.toString().split("\n");
}

/**
 * Rows in aligned columns that together fit so many columns of a terminal: where they do not, the widest give way.
 */
export function alignedText(rows: readonly (readonly string[])[], columns: number): string {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, at) => widthOf(rows.map((row) => row[at] ?? "")));
  const room = columns - gap.length * (count - 1);
  for (let left = sumOf(widths) - room; left > 0; left -= 1) {
    const widest = Math.max(...widths);
    if (widest <= narrowest) break;
    widths[widths.lastIndexOf(widest)] = widest - 1;
  }
  return cutTo(widths, rows)
    .map((line) => line.trimEnd())
    .join("\n");
}

/** Less than this tells nothing. */
const narrowest = 4;

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);

const frameless: ConstructorParameters<typeof Table>[0] = {
  chars: {
    top: "",
    "top-mid": "",
    "top-left": "",
    "top-right": "",
    bottom: "",
    "bottom-mid": "",
    "bottom-left": "",
    "bottom-right": "",
    left: "",
    "left-mid": "",
    mid: "",
    "mid-mid": "",
    right: "",
    "right-mid": "",
    middle: gap,
  },
  style: { "padding-left": 0, "padding-right": 0, head: [], border: [], compact: true },
};
