import { type ResourceError, isResourceError } from "../../errors.ts";
import type { RunRecord } from "../../events.ts";
import { jsonText } from "../../unruly.ts";
import type { RunTexts } from "../store.ts";
import { runRecordIn } from "./run-record.ts";

// A run that begins to write leaves a record under its name and `.open`. When it ends, the whole one takes its place
// under the name alone. So whoever takes the stage next tells by the names which runs have died, and reads only theirs.

const openSuffix = ".open";

/** How many runs are kept of a stage unless told. */
export const keptRuns = 100;

/** Leaves the first record of a run, and closes those of the runs that have died. Whoever does so holds the stage. */
export async function openRun(texts: RunTexts, record: RunRecord): Promise<void> {
  const dead = (await texts.names()).filter((name) => name.endsWith(openSuffix));
  await texts.write(record.run + openSuffix, textOf(record));
  for (const name of dead) if (name !== record.run + openSuffix) await closeDead(texts, name);
}

async function closeDead(texts: RunTexts, name: string): Promise<void> {
  const record = await readRun(texts, name);
  // One that nobody can read is left for whoever looks.
  if (isResourceError(record)) return;
  if (record && !(await isClosed(texts, record)))
    await texts.write(record.run, textOf({ ...record, end: "did not end" }));
  await texts.remove(name);
}

/** Tells whether a run had closed its record when it died, and had not opened it again since. */
async function isClosed(texts: RunTexts, { run, openedAt = "" }: RunRecord): Promise<boolean> {
  const closed = await readRun(texts, run);
  return closed !== undefined && (isResourceError(closed) || (closed.endedAt ?? "") >= openedAt);
}

async function readRun(texts: RunTexts, name: string): Promise<RunRecord | ResourceError | undefined> {
  const text = await texts.read(name);
  return text === undefined ? undefined : runRecordIn(text, runOf(name));
}

/** Leaves the last record of a run, and drops the oldest so that no more than `most` are kept. */
export async function closeRun(texts: RunTexts, record: RunRecord, most: number): Promise<void> {
  await texts.write(record.run, textOf(record));
  await texts.remove(record.run + openSuffix);
  const names = (await texts.names()).filter((name) => !name.endsWith(openSuffix));
  for (const name of names.slice(0, Math.max(0, names.length - most))) await texts.remove(name);
}

/**
 * What is kept of the runs of a stage, the latest last: what cannot be read stands as its error. A run that has died
 * counts as `open` until the next one writes.
 */
export async function readRuns(texts: RunTexts): Promise<readonly (RunRecord | ResourceError)[]> {
  const names = await texts.names();
  // A run that is just being closed has both: the whole one counts.
  const shown = names.filter((name) => !name.endsWith(openSuffix) || !names.includes(runOf(name)));
  const all = await Promise.all(shown.map((name) => readRun(texts, name)));
  return all.filter((one) => one !== undefined);
}

const runOf = (name: string): string =>
  name.endsWith(openSuffix) ? name.slice(0, -openSuffix.length) : name;

const textOf = (record: RunRecord): string => `${jsonText(record, 2)}\n`;
