import type { Report } from "../events.ts";
import { put, writeErr, writeOut } from "../render/out.ts";
import { onOneLine } from "../render/spell-unruly.ts";
import { type Style, styleFor } from "../render/style.ts";
import { changesIn, isApplied, reportsIn } from "./exit.ts";
import { jsonText } from "../unruly.ts";
import { markdownText, writeMarkdownFile } from "./markdown.ts";
import type { RunFlags } from "./run-flags.ts";
import { storyOf } from "./story.ts";

/** How what came of a run is written. */
export interface ReportOutput {
  readonly flags: RunFlags;
  /** What is written of the report; `style` is for the stream that it goes to. */
  readonly text: (report: Report, style: Style) => string;
  /** Whether the text is the result itself, for stdout, rather than how it went, for stderr. */
  readonly isResult: boolean;
  /** Of a plan: of a destroy. */
  readonly isDestroy?: boolean;
  /** Writes what came of it, all apps together, where that is no text for a stream. */
  readonly writes?: (report: Report) => void;
}

/** Writes the report of a run that came to its end. */
export function write(writing: ReportOutput, report: Report): void {
  writeMarkdownFile(writing.flags, report, writing.isDestroy === true);
  if (writing.writes) return writing.writes(report);
  if (isDocument(writing)) return writeDocument(writing, report);
  const stream = writing.isResult ? process.stdout : process.stderr;
  const style = styleFor(stream, process.env);
  const all = reportsIn(report);
  for (const one of all) {
    const title = all.length > 1 ? `${onOneLine(`${one.app} (${one.stage})`)}:\n` : "";
    put(stream, `${title}${writing.text(one, style)}\n`);
  }
}

/** Writes what ended a run before that, and what had been done until then. */
export function writeFailure(writing: ReportOutput, report: Report, error: unknown): void {
  writeMarkdownFile(writing.flags, report, writing.isDestroy === true);
  if (isDocument(writing)) writeDocument(writing, report);
  writeErr(`${storyOf(error)}\n`);
  const done = report.phase === "plan" ? [] : changesIn(report).filter((change) => isApplied([change]));
  if (done.length === 0) return;
  const ids = done.map(({ id }) => onOneLine(id)).join(", ");
  const isKept = done.every(({ move }) => move !== "delete");
  writeErr(
    `Done before that, and recorded: ${ids}. ${isKept ? "Nothing was deleted; run" : "Run"} it again to go on.\n`,
  );
}

/** Whether what is written to stdout is one document. */
export const isDocument = ({ flags }: Pick<ReportOutput, "flags">): boolean =>
  flags.json === true || flags.events !== undefined || flags.markdown === true;

function writeDocument({ flags, isDestroy = false }: ReportOutput, report: Report): void {
  if (flags.markdown === true) return writeOut(markdownText(report, isDestroy));
  const line = { version: 2, time: new Date().toISOString(), name: "report", report };
  const text = flags.json === true ? jsonText(report, 2) : jsonText(line);
  writeOut(`${text}\n`);
}
