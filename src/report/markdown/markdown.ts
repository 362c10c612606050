import type { Report } from "../../events.ts";
import { type Room, makeRoom } from "./room.ts";
import type { Shown } from "./row.ts";
import { type Sections, sectionsOf } from "./sections.ts";

/** See markdownOf. */
export interface MarkdownOptions extends Pick<Shown, "isDestroy"> {
  /** Characters that it may have at most; default 59,000. */
  readonly most?: number;
}

/** A comment on GitHub takes 65,536. */
const mostUnlessTold = 59_000;
/** Kept for telling what is left out. */
const reserve = 300;
/** Of what the heads leave; the rest, and what the tables leave, is for differences. */
const shareOfTables = 0.6;

const tableHead = "| | id | type | cause |\n|---|---|---|---|";

/**
 * A run as Markdown for a pull request or the summary of a job, all its apps one after the other: what would be lost
 * first, one line of counts, a table of all changes, and of each its difference, folded. It begins with a comment by which
 * a later one of the same app, stage and phase finds it. However much there is to tell, it stays below `most` characters
 * and says what it has left out. Nothing that comes from elsewhere is a link, a mention or markup in it. The same report
 * gives the same text.
 */
export function markdownOf(reports: readonly Report[], options: MarkdownOptions = {}): string {
  const { most = mostUnlessTold, isDestroy } = options;
  const room = makeRoom(most - reserve);
  const left = { heads: 0, rows: 0, differences: 0 };
  const pages = reports.flatMap((report) => {
    const sections = sectionsOf({ ...report, isDestroy });
    const head = [sections.head, sections.shortHead].find(room.take);
    if (head === undefined) left.heads += 1;
    return head === undefined ? [] : [{ sections, head }];
  });
  const forTables = room.part(shareOfTables);
  const tables = pages.map(({ sections: { rows } }) => {
    const shown = takeRows(rows, forTables);
    left.rows += rows.length - shown.length;
    return shown.length === 0 ? [] : [[tableHead, ...shown].join("\n")];
  });
  const differences = pages.map(({ sections: { details } }) => {
    const shown = takeDetails(details, room);
    left.differences += shown.left;
    return shown.texts;
  });
  const paragraphs = pages.flatMap(({ head }, i) => [head, ...(tables[i] ?? []), ...(differences[i] ?? [])]);
  return `${[...paragraphs, ...leftOutText(left)].join("\n\n")}\n`;
}

/** The most important ones come first: after one that finds no room none is shown. */
function takeRows(rows: Sections["rows"], room: Room): readonly string[] {
  if (rows.length === 0 || !room.take(tableHead)) return [];
  const end = rows.findIndex((row) => !room.take(row));
  return end === -1 ? rows : rows.slice(0, end);
}

const mostMisses = 10;

function takeDetails(
  details: Sections["details"],
  room: Room,
): { readonly texts: readonly string[]; readonly left: number } {
  const there = details.filter(({ isThere }) => isThere);
  const texts: string[] = [];
  let misses = 0;
  for (const { make } of there) {
    // A smaller one may fit where one did not; to make them all for it takes long.
    if (misses === mostMisses || !room.isOpen()) break;
    const text = make();
    if (room.take(text)) texts.push(text);
    else misses += 1;
  }
  return { texts, left: there.length - texts.length };
}

interface LeftOut {
  readonly heads: number;
  readonly rows: number;
  readonly differences: number;
}

function leftOutText({ heads, rows, differences }: LeftOut): readonly string[] {
  const parts = [
    ...(heads > 0 ? [`${heads} apps`] : []),
    ...(rows > 0 ? [`${rows} rows of the table`] : []),
    ...(differences > 0 ? [`${differences} differences`] : []),
  ];
  if (parts.length === 0) return [];
  return [`_Left out for want of room: ${parts.join(", ")}. The ordinary output and \`--json\` tell all._`];
}
