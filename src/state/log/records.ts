import { crc32 } from "node:zlib";
import type { Entry } from "../../entry.ts";
import { ResourceError, isResourceError } from "../../errors.ts";
import { inexactIn, isList, isProps } from "../../json.ts";
import { jsonText } from "../../unruly.ts";
import { entryFrom } from "../parse.ts";

/** One change of what is recorded: an entry as it is now, or the id of one that is forgotten. */
export type LogRecord = { readonly put: Entry } | { readonly remove: string };

/** Which entry a record is about. */
export const idOf = (record: LogRecord): string => ("put" in record ? record.put.id : record.remove);

/** How a log begins, so that another version can tell that it does not know what follows. */
export const logHeader = "await-aws log 1\n";

/**
 * Spells records that go out together as one line, `<CRC-32 in hex> <records as JSON>`. A line is safe as a whole or
 * was never promised: there are no half batches.
 */
export function encodeBatch(records: readonly LogRecord[]): string {
  const text = jsonText(records);
  return `${checkOf(text)} ${text}\n`;
}

const checkOf = (text: string): string => crc32(text).toString(16).padStart(8, "0");

/**
 * Reads a log back, oldest record first. A torn last line was never promised and is left out; whatever else is not
 * whole is `STATE_UNREADABLE` naming the file, for what comes after it cannot be trusted either.
 */
export function parseLog(text: string, file: string): readonly LogRecord[] | ResourceError {
  if (logHeader.startsWith(text)) return [];
  if (!text.startsWith(logHeader)) return refuseHeader(text, file);
  const lines = text.slice(logHeader.length).split("\n");
  const records: LogRecord[] = [];
  for (const [index, line] of lines.entries()) {
    const batch = batchOf(line, file);
    if (batch === undefined) {
      // The last line is empty in a log that ends well; the last but one is torn where its blocks came in any order.
      if (lines.slice(index + 1).every((rest) => rest === "")) break;
      return new ResourceError("STATE_UNREADABLE", `${file} is damaged in line ${index + 2}`, { advice });
    }
    if (isResourceError(batch)) return batch;
    records.push(...batch);
  }
  return records;
}

const advice =
  "It holds what a run has recorded that did not end: restore the file, or move it away and import what it made.";

function refuseHeader(text: string, file: string): ResourceError {
  const isNewer = /^await-aws log \d+\n/.test(text);
  return isNewer
    ? new ResourceError("STATE_UNREADABLE", `${file} is of a newer await-aws`, {
        advice: "Install a newer await-aws.",
      })
    : new ResourceError("STATE_UNREADABLE", `${file} is no log of await-aws`, { advice });
}

/** The records of a line, why one of them is refused, or undefined for a line that is not whole. */
function batchOf(line: string, file: string): readonly LogRecord[] | ResourceError | undefined {
  const text = line.slice(9);
  if (line.slice(0, 9) !== `${checkOf(text)} `) return undefined;
  const number = inexactIn(text);
  if (number !== undefined)
    return new ResourceError("STATE_UNREADABLE", `${file} holds ${number}, a number that would be rounded`);
  const batch: unknown = JSON.parse(text);
  if (!isList(batch)) return undefined;
  const records: LogRecord[] = [];
  for (const item of batch) {
    const record = recordFrom(item, file);
    if (isResourceError(record)) return record;
    records.push(record);
  }
  return records;
}

function recordFrom(item: unknown, file: string): LogRecord | ResourceError {
  if (isProps(item) && typeof item["remove"] === "string") return { remove: item["remove"] };
  const put = entryFrom(isProps(item) ? item["put"] : undefined, file);
  return isResourceError(put) ? put : { put };
}
