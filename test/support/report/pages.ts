import { createHash } from "node:crypto";
import { importGraphviz } from "../../../src/cli/graphviz.ts";
import type { Report } from "../../../src/events.ts";
import { reportPage } from "../../../src/report/page/page.ts";

const layOut = await importGraphviz();
const hash = (text: string): string => createHash("sha256").update(text).digest("base64");

/** What pages are made with. */
export const tools = { hash, layOut };

/** The page of a run. */
export const pageOf = (report: Report): string => reportPage(report, tools);
