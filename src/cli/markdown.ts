import { appendFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { UsageError } from "../errors.ts";
import type { Report } from "../events.ts";
import { markdownOf } from "../report/markdown/markdown.ts";
import { writeErr } from "../render/out.ts";
import { exit, reportsIn } from "./exit.ts";
import { requireFolderOf } from "./out-file.ts";
import type { RunFlags } from "./run-flags.ts";

/** Adds the flag that asks for what came of a run as Markdown. */
export const addMarkdownFlag = (command: Command): Command =>
  command.option(
    "--markdown [file]",
    "write what comes of it as Markdown for a pull request or a job summary: to this file, beside the rest, or to stdout",
  );

/** Refuses what would come to nothing in the end, or be written over something else, before anything is done. */
export function requireMarkdown({ markdown, json, events }: RunFlags): void {
  if (markdown === undefined) return;
  if (markdown === true) {
    if (json === true || events !== undefined)
      throw new UsageError("--markdown without a file and --json or --events would both write to stdout");
    return;
  }
  if (/\.[cm]?[jt]sx?$/.test(markdown))
    throw new UsageError(
      `--markdown ${markdown} would write over a script: name the script first, or a file with --markdown=FILE`,
    );
  requireFolderOf(markdown, "--markdown");
}

/** A report, and whether it is of a destroy, as Markdown. */
export const markdownText = (report: Report, isDestroy: boolean): string =>
  markdownOf(reportsIn(report), { isDestroy });

/** Writes the file that was asked for; what keeps it from being written is told, and fails the command. */
export function writeMarkdownFile({ markdown }: RunFlags, report: Report, isDestroy: boolean): void {
  if (typeof markdown !== "string") return;
  const text = markdownText(report, isDestroy);
  const { GITHUB_STEP_SUMMARY: summary } = process.env;
  try {
    // What a step has put into its summary before belongs to it.
    if (summary && resolve(summary) === resolve(markdown)) appendFileSync(markdown, text);
    else writeFileSync(markdown, text);
  } catch (error) {
    writeErr(`--markdown ${markdown}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = exit.failed;
  }
}
