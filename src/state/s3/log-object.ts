import { ResourceError, isResourceError } from "../../errors.ts";
import { type LogRecord, encodeBatch, logHeader, parseLog } from "../log/records.ts";

// A log is objects `log/<generation>-<sequence>`, one for each batch. Each holder writes under a generation of its own,
// higher than any before, and counts up; each object is made where there is none. An object that holds no batch is a
// fence: it stands where the next batch of a former holder would have gone.

/** Where a batch stands among all of a stage. */
export interface Position {
  readonly generation: number;
  readonly sequence: number;
}

/** Before all that is ever written. */
export const start: Position = { generation: 0, sequence: 0 };

export const isAfter = (one: Position, other: Position): boolean =>
  one.generation === other.generation ? one.sequence > other.sequence : one.generation > other.generation;

export const nextOf = ({ generation, sequence }: Position): Position => ({
  generation,
  sequence: sequence + 1,
});

/** The folder of a stage's log within that of the stage. */
const folder = "log/";

const digits = 12;

/** The key of a batch below that of its stage; keys sort as batches follow each other. */
export const logKeyOf = ({ generation, sequence }: Position): string =>
  `${folder}${String(generation).padStart(digits, "0")}-${String(sequence).padStart(digits, "0")}`;

/** Where a key below that of a stage stands; undefined where it is that of no batch. */
export function positionIn(key: string): Position | undefined {
  const [, generation, sequence] = /^log\/(\d{12})-(\d{12})$/.exec(key) ?? [];
  return generation === undefined
    ? undefined
    : { generation: Number(generation), sequence: Number(sequence) };
}

/** Whose a log object is: its holder, and which of that holder's writes. */
export interface Author {
  readonly holder: string;
  readonly write: string;
}

/** A batch of records as an object; without one it is a fence. */
export const logText = ({ holder, write }: Author, batch: readonly LogRecord[] = []): string =>
  `${logHeader}${holder} ${write}\n${batch.length > 0 ? encodeBatch(batch) : ""}`;

/** The size of a fence in bytes; that of a batch is larger. */
export const fenceSize: number = logHeader.length + 2 * 36 + 2;

/** What a log object says. */
export interface LogObject {
  readonly author: Author;
  readonly records: readonly LogRecord[];
}

/** Reads a log object; S3 has objects whole or not at all, so that what is not whole was spoilt. */
export function parseLogObject(text: string, name: string): LogObject | ResourceError {
  const [, holder = "", write = ""] = /^await-aws log 1\n([\da-f-]{36}) ([\da-f-]{36})\n/.exec(text) ?? [];
  if (holder === "" && text.startsWith(logHeader)) return spoilt(name);
  const batch = text.slice(holder === "" ? 0 : fenceSize);
  if (holder !== "" && batch === "") return { author: { holder, write }, records: [] };
  const records = parseLog(holder === "" ? text : `${logHeader}${batch}`, name);
  if (isResourceError(records)) return records;
  return records.length === 0 ? spoilt(name) : { author: { holder, write }, records };
}

const spoilt = (name: string): ResourceError =>
  new ResourceError("STATE_UNREADABLE", `${name} is damaged`, {
    advice: "It holds what a run has recorded that did not end: restore an earlier version of the object.",
  });
