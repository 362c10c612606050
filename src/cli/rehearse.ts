import { spawn } from "node:child_process";
import type { Change, Report } from "../events.ts";
import { writeErr } from "../render/out.ts";
import { reportsIn } from "./exit.ts";

/**
 * Plans what is about to be deployed, in a process of its own: a module runs once in a process. Returns the report with
 * what checks refuse and nothing else; undefined where they refuse nothing, or the plan could not be made, which then
 * is for the deploy to tell.
 */
export async function rehearse(words: readonly string[]): Promise<Report | undefined> {
  const [cli = "", ...given] = words;
  const child = spawn(process.execPath, [...process.execArgv, cli, ...wordsOfPlan(given)], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const pieces: Buffer[] = [];
  child.stdout.on("data", (piece: Buffer) => pieces.push(piece));
  await new Promise<unknown>((ended) => child.once("close", ended).once("error", ended));
  const plan = reportIn(Buffer.concat(pieces).toString("utf8"));
  if (!plan) writeErr("the plan could not be made: each change is checked as it comes\n");
  const isRefused = ({ error }: Change): boolean => error?.code === "REFUSED";
  const refused = (plan ? reportsIn(plan) : []).filter(({ changes }) => changes.some(isRefused));
  const [first, ...others] = refused.map((report) => ({
    ...report,
    phase: "deploy" as const,
    ok: false,
    changes: report.changes.filter(isRefused),
  }));
  if (!first) return undefined;
  const { others: _, ...alone } = first;
  return others.length > 0 ? { ...alone, others } : alone;
}

/** What only a deploy takes, or says how it is told, with a value: a rehearsal is told nowhere else. */
const valued: readonly string[] = ["--plan", "--events", "--markdown", "--report"];

/** The words of a deploy, as those of its plan. */
function wordsOfPlan(given: readonly string[]): readonly string[] {
  const end = given.includes("--") ? given.indexOf("--") : given.length;
  const at = given.findIndex((word) => ["deploy", "up", "apply"].includes(word));
  const own = given.slice(0, end).flatMap((word, i, all) => {
    if (i === at) return ["plan"];
    const before = all[i - 1] ?? "";
    if (valued.includes(word) || (valued.includes(before) && !word.startsWith("-"))) return [];
    return /^(-y|--yes|-q|--quiet|--json|--(plan|events|markdown|report)=.*)$/.test(word) ? [] : [word];
  });
  return [...own, "--json", "--quiet", ...given.slice(end)];
}

function reportIn(text: string): Report | undefined {
  try {
    return JSON.parse(text) as Report;
  } catch {
    return undefined;
  }
}
