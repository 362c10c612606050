import { settingsOf } from "../app/options/settings.ts";
import { UsageError, isResourceError } from "../errors.ts";
import type { RunRecord } from "../events.ts";
import { writeErr } from "../render/out.ts";
import { onOneLine } from "../render/spell-unruly.ts";
import { readRuns } from "../state/history/history.ts";
import type { StageName, StateStore } from "../state/store.ts";

/** Which runs are meant: those of every app and stage unless one is named. */
export interface RunsAsked {
  readonly app?: string | undefined;
  readonly stage?: string | undefined;
  readonly store?: string | undefined;
}

/** The run of that name, or of which it is a part that no other has; `latest` is the last. */
export function findRun(runs: readonly RunRecord[], asked: string): RunRecord {
  const last = runs.at(-1);
  if (asked === "latest" && last) return last;
  const exact = runs.filter(({ run }) => run === asked);
  const found = exact.length > 0 ? exact : runs.filter(({ run }) => run.includes(asked));
  const [only, ...others] = found;
  if (!only)
    throw new UsageError(
      `no run ${JSON.stringify(asked)} is recorded; await-aws history lists those that are`,
    );
  if (others.length === 0) return only;
  const names = found.map(({ run, app, stage }) => `${run} of ${app} (${stage})`).join(", ");
  throw new UsageError(`${JSON.stringify(asked)} may be any of ${names}`);
}

/** All that can be read, the latest last; what cannot is told beside it. */
export async function runsOf(flags: RunsAsked): Promise<readonly RunRecord[]> {
  const { store } = settingsOf("", { store: flags.store }, process.env);
  const found = (await stagesOf(store, flags)).map(async ({ app, stage }) => {
    const { runs } = await store.open(app, stage);
    return runs ? readRuns(runs) : [];
  });
  const all = (await Promise.all(found)).flat();
  for (const error of all.filter(isResourceError)) writeErr(`${onOneLine(error.message)}\n`);
  return all
    .filter((one): one is RunRecord => !isResourceError(one))
    .toSorted((one, other) => (one.run < other.run ? -1 : 1));
}

async function stagesOf(store: StateStore, { app, stage }: RunsAsked): Promise<readonly StageName[]> {
  const all = (await store.stagesWithRuns?.()) ?? (await store.stages());
  return all.filter((one) => (app ?? one.app) === one.app && (stage ?? one.stage) === one.stage);
}
