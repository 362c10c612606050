import { ResourceError } from "../../errors.ts";
import { isList, isProps } from "../../json.ts";
import { jsonText } from "../../unruly.ts";
import type { Recorded } from "../log/ledger.ts";
import { parseEntry } from "../parse.ts";
import { type Position, start } from "./log-object.ts";

// A snapshot is one JSON document, with an entry a line: whoever compares two versions of it sees what has changed.

/** What a stage's snapshot holds. */
export interface Snapshot {
  /** The last log object that is in it: those up to there say nothing any more. */
  readonly through: Position;
  /** Each entry as JSON text, by its id; what cannot be read stands as it was found, by the id that it says or its place. */
  readonly lines: ReadonlyMap<string, string>;
}

/** Where nothing was ever compacted. */
export const emptySnapshot: Snapshot = { through: start, lines: new Map() };

const version = 1;

/** `writer` tells this snapshot from every other, for whoever never got an answer. */
export function snapshotText({ through, lines }: Snapshot, writer: string): string {
  const head = JSON.stringify({ version, writer, through }).slice(0, -1);
  return `${head},"entries":[\n${[...lines.values()].join(",\n")}\n]}\n`;
}

/** Tells whether a snapshot is the one of this writer. */
export const isWrittenBy = (text: string, writer: string): boolean =>
  text.startsWith(`${JSON.stringify({ version, writer }).slice(0, -1)},`);

/** Reads a snapshot; what is none of this version is `STATE_UNREADABLE` naming it. */
export function parseSnapshot(text: string, name: string): Snapshot | ResourceError {
  const refuse = (what: string, advice: string): ResourceError =>
    new ResourceError("STATE_UNREADABLE", `${name} ${what}`, { advice });
  const said = parseJson(text);
  if (!isProps(said)) return refuse("is not JSON", restore);
  const { version: written, through, entries } = said;
  if (typeof written === "number" && written > version)
    return refuse(`has version ${written}, which is newer than this await-aws`, "Install a newer await-aws.");
  const generation = isProps(through) ? through["generation"] : undefined;
  const sequence = isProps(through) ? through["sequence"] : undefined;
  if (
    written !== version ||
    typeof generation !== "number" ||
    typeof sequence !== "number" ||
    !isList(entries)
  )
    return refuse("is no snapshot of await-aws", restore);
  return { through: { generation, sequence }, lines: linesOf(text, entries) };
}

const restore = "Restore an earlier version of the object: the bucket keeps them where versioning is on.";

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The lines as they stand, so that no number in them is rounded; where somebody has set it anew, what they say. */
function linesOf(text: string, entries: readonly unknown[]): ReadonlyMap<string, string> {
  const between = text.slice(text.indexOf("[\n") + 2, text.lastIndexOf("\n]}"));
  const written = between.split(/,?\n/);
  const lines = new Map<string, string>();
  for (const [index, value] of entries.entries()) {
    const id = isProps(value) && typeof value["id"] === "string" ? value["id"] : `entries/${index}`;
    const line = written.length === entries.length ? written[index] : undefined;
    lines.set(id, line ?? jsonText(value));
  }
  return lines;
}

/** What lines record; one that cannot be trusted stands as its error. */
export function recordedIn(lines: ReadonlyMap<string, string>, name: string): Recorded {
  const entries = [...lines].map(
    ([id, line]) => [id, parseEntry(line, `the entry of ${JSON.stringify(id)} in ${name}`)] as const,
  );
  return { entries: new Map(entries), misplaced: new Map() };
}
