import { createHash } from "node:crypto";
import type { Report } from "../events.ts";
import { writeErr } from "../render/out.ts";
import { type PageTools, reportPage } from "../report/page/page.ts";
import { importGraphviz } from "./graphviz.ts";
import { requireFolderOf, writeResult } from "./out-file.ts";

/** What pages are made with here: without Graphviz they draw nothing, and say so. */
export async function pageTools(): Promise<PageTools> {
  const hash = (text: string): string => createHash("sha256").update(text).digest("base64");
  return { hash, layOut: await importGraphviz() };
}

/**
 * Makes what writes the page of a run at its end. All it takes is there before the run begins: its end may be that of
 * the process, in which nothing can be waited for. A page that cannot be written changes nothing of how the run ended.
 */
export async function pageWriter(file: string | undefined): Promise<(report: Report) => void> {
  if (file === undefined) return () => undefined;
  requireFolderOf(file, "--report");
  const tools = await pageTools();
  return (report) => {
    try {
      writeResult(file, reportPage(report, tools));
    } catch (error) {
      writeErr(
        `--report ${file} is not written: ${error instanceof Error ? error.message : String(error)}\n`,
      );
    }
  };
}
