import { randomBytes } from "node:crypto";
import type { Caller } from "../../lookup/caller.ts";
import { isResourceError } from "../../errors.ts";
import type { Change, Phase, RunEnd, RunRecord } from "../../events.ts";
import { failureIn } from "../../resource/report.ts";
import { redactChange } from "../../resource/secrets/redact-changes.ts";
import { redactText } from "../../resource/secrets/redact.ts";
import type { Journal } from "../../scope/journal.ts";
import { authorOf } from "../../state/author/author.ts";
import { wasTreeClean } from "../../state/author/clean-tree.ts";
import { closeRun, openRun } from "../../state/history/history.ts";
import type { StageState } from "../../state/store.ts";
import { systemClock } from "../../wire/clock.ts";
import type { Settings } from "../options/settings.ts";

/** Leaves a record of a run in the history of its stage. */
export interface RunHistory {
  /** The name of the run, which its entries bear. */
  readonly run: string;
  /** The caller whom the run acts as, once that is known. */
  readonly noteCaller: (caller: Caller) => void;
  /** Leaves the first record beside the first write since the stage was taken; holds that up in nothing. */
  begin(state: StageState): void;
  /** Leaves the last one, where the run has written at all; `error` is what ended it, beside failures of resources. */
  end(state: StageState, error?: unknown): Promise<void>;
}

/** What a record is made of. */
interface RunGround {
  readonly settings: Settings;
  readonly journal: Journal;
  readonly phase: Phase;
}

/** Keeps the history of one run. Whatever fails here fails no run, and is told in one notice. */
export function historyOf(ground: RunGround): RunHistory {
  const { settings } = ground;
  const { clock, keptRuns } = settings;
  const startedAt = clock.now();
  const run = nameOf(startedAt);
  const callers = new Map<string, Caller>();
  const failing = tellOnce(settings);
  let opening: Promise<void> | undefined;
  let clean: Promise<boolean | undefined> | undefined;
  const recordOf = (end: RunEnd, more: Partial<RunRecord> = {}, isClean?: boolean): RunRecord => ({
    version: 1,
    run,
    app: settings.app,
    stage: settings.stage,
    phase: ground.phase,
    startedAt: instantOf(startedAt),
    by: byOf([...callers.values()], isClean),
    end,
    ...more,
    ...doneIn(ground),
  });
  return {
    run,
    noteCaller: (caller) => void callers.set(caller.arn ?? caller.account, caller),
    begin({ runs }) {
      if (!runs || keptRuns === 0 || opening) return;
      clean ??= wasTreeClean();
      opening = failing(() => openRun(runs, recordOf("open", { openedAt: instantOf(clock.now()) })));
    },
    async end({ runs }, error) {
      if (!runs || !opening) return;
      await opening;
      opening = undefined;
      const isClean = await within(graceMs, clean);
      const { end, ...more } = endOf(ground, error);
      const endedAt = instantOf(clock.now());
      await failing(() => closeRun(runs, recordOf(end, { endedAt, ...more }, isClean), keptRuns));
    },
  };
}

function byOf(callers: readonly Caller[], isClean: boolean | undefined): RunRecord["by"] {
  const caller = callers.find(({ arn }) => arn !== undefined) ?? callers[0];
  return {
    ...authorOf(),
    pid: process.pid,
    ...(caller && { account: caller.account }),
    ...(caller?.arn !== undefined && { arn: caller.arn }),
    ...(isClean !== undefined && { isClean }),
  };
}

/** ms for which a run that is over waits for git: it has been asked since the first write. */
const graceMs = 250;

async function within<T>(ms: number, work: Promise<T> | undefined): Promise<T | undefined> {
  const end = new AbortController();
  const late = async (): Promise<undefined> => void (await systemClock.sleep(ms, end.signal));
  try {
    return await Promise.race([work, late()]);
  } finally {
    end.abort();
  }
}

/** What the run has come to: whatever did not stay as it was, with a mask for every secret that it knows by now. */
function doneIn({ journal }: RunGround): Pick<RunRecord, "changes" | "unchanged" | "calls"> {
  const isTold = ({ move, error, warnings }: Change): boolean =>
    move !== "nothing" || error !== undefined || warnings !== undefined;
  const changes = journal.changes.filter(isTold).map((change) => redactChange(change, journal.confidential));
  return { changes, unchanged: journal.changes.length - changes.length, calls: { ...journal.calls } };
}

function endOf({ settings, journal }: RunGround, error: unknown): Pick<RunRecord, "end" | "error"> {
  const isStopped = settings.signal?.aborted === true;
  const isFailed = error !== undefined || journal.changes.some((change) => change.error);
  const end = isStopped ? "stopped" : isFailed ? "failed" : "done";
  if (error === undefined) return { end };
  const failure = failureIn(error);
  const message = redactText(failure.message, journal.confidential);
  return { end, error: { ...failure, message } };
}

function tellOnce({ listener }: Settings): (work: () => Promise<void>) => Promise<void> {
  let isTold = false;
  return async (work) => {
    try {
      await work();
    } catch (error) {
      const why = isResourceError(error) ? error.what : String(error);
      if (!isTold) listener({ name: "notice", message: `the history of this stage is not kept: ${why}` });
      isTold = true;
    }
  };
}

/** The instant and four hex digits, e.g. `20261128T063012.345-1a2b`: names are in the order of time. */
function nameOf(startedAt: number): string {
  const at = instantOf(startedAt).replaceAll(/[-:Z]/g, "");
  return `${at}-${randomBytes(2).toString("hex")}`;
}

const instantOf = (ms: number): string => new Date(ms).toISOString();
