import type { RunAuthor, RunRecord } from "../events.ts";
import { alignedText } from "./columns.ts";
import { wholeSeconds } from "../report/duration.ts";
import { changesText } from "./plan-text.ts";
import { onOneLine } from "./spell-unruly.ts";
import { type Style, plainStyle } from "./style.ts";
import { tallyOf } from "../report/tally.ts";

/** Runs as people read them, a line each, in so many columns of a terminal. */
export function historyText(runs: readonly RunRecord[], columns: number): string {
  const head = ["run", "app", "stage", "by", "phase", "changes", "end"];
  const rows = runs.map((run) =>
    [run.run, run.app, run.stage, nameOf(run.by), run.phase, countsOf(run), run.end].map(onOneLine),
  );
  return alignedText([head, ...rows], columns);
}

/** One run as people read it: who, when, how it ended, and a block a change. */
export function runText(run: RunRecord, style: Style = plainStyle): string {
  const { app, stage, phase, by, unchanged, error } = run;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["run", run.run],
    ["of", `${app} (${stage}), ${phase}`],
    ["by", `${nameOf(by)} on ${by.host}, process ${by.pid}`],
    ["CI job", jobText(by)],
    ["account", by.arn ?? by.account],
    ["commit", commitText(by)],
    ["began", run.startedAt],
    ["end", endText(run)],
    ["error", error?.message],
    ["requests", callsText(run)],
    ["unchanged", unchanged === 0 ? undefined : String(unchanged)],
  ];
  const told = facts.flatMap(([name, text]) =>
    text === undefined ? [] : [`${style("dim", name.padEnd(9))}  ${onOneLine(text)}`],
  );
  const changes = changesText(run.changes, style);
  return [told.join("\n"), changes === "" ? "Nothing was changed." : changes].join("\n\n");
}

const nameOf = ({ user, host }: RunAuthor): string => user ?? host;

const jobText = ({ job }: RunAuthor): string | undefined =>
  job && [job.system, job.id, job.url].filter((part) => part !== undefined).join(" ");

function commitText({ commit, isClean }: RunAuthor): string | undefined {
  if (commit === undefined) return undefined;
  return isClean === undefined ? commit : `${commit} (${isClean ? "clean" : "with changes beside it"})`;
}

function endText({ end, startedAt, endedAt }: RunRecord): string {
  if (end === "open") return "none yet: it is under way, or has died";
  if (end === "did not end") return "it did not end: its process died";
  const ms = endedAt === undefined ? NaN : Date.parse(endedAt) - Date.parse(startedAt);
  return Number.isFinite(ms) ? `${end} after ${wholeSeconds(ms)}` : end;
}

function callsText({ calls }: RunRecord): string | undefined {
  const all = Object.entries(calls).map(([api, count]) => `${count} ${api}`);
  return all.length === 0 ? undefined : all.join(", ");
}

/** As plans count: `+2 ~1 -0`, and failures where there are any. */
function countsOf({ changes }: RunRecord): string {
  const { adopted, added, changed, destroyed, failed } = tallyOf(changes);
  return `+${added + adopted} ~${changed} -${destroyed}${failed > 0 ? ` !${failed}` : ""}`;
}
