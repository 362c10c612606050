import { ResourceError } from "../../errors.ts";
import type { RunEnd, RunRecord } from "../../events.ts";
import { isList, isProps } from "../../json.ts";

const ends: readonly unknown[] = ["open", "done", "failed", "stopped", "did not end"] satisfies RunEnd[];

/** Reads a record; whatever is not a whole one of this version is `STATE_UNREADABLE`. */
export function runRecordIn(text: string, run: string): RunRecord | ResourceError {
  const refuse = (what: string, advice?: string): ResourceError =>
    new ResourceError("STATE_UNREADABLE", `the record of the run ${run} ${what}`, { advice });
  const value = valueIn(text);
  if (!isProps(value)) return refuse("is torn or is not JSON", "Only this record is lost.");
  const { version } = value;
  if (typeof version === "number" && version > 1)
    return refuse(`has version ${version}, which is newer than this await-aws`, "Install a newer await-aws.");
  return isRecord(value) ? value : refuse("is none", "Only this record is lost.");
}

function valueIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is RunRecord {
  if (!isProps(value) || value["version"] !== 1) return false;
  const texts = ["run", "app", "stage", "phase", "startedAt"];
  const { by, end, changes, calls, unchanged } = value;
  return (
    texts.every((name) => typeof value[name] === "string") &&
    isProps(by) &&
    typeof by["host"] === "string" &&
    ends.includes(end) &&
    isList(changes) &&
    changes.every((change) => isProps(change) && typeof change["id"] === "string") &&
    isProps(calls) &&
    typeof unchanged === "number"
  );
}
