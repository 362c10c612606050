import type { Change, CriticalResource, Failure, Report } from "../../events.ts";
import { duration } from "../duration.ts";
import { countsOf } from "./counts.ts";
import { differenceLinesOf, hasDifference } from "./difference.ts";
import { type Shown, causeOf, isWorthTelling, lookOf, mostOfId, rowOf } from "./row.ts";
import { codeOf, fenceOf, htmlCodeOf } from "./text.ts";

/** A report in pieces, in each the most important first. */
export interface Sections {
  readonly head: string;
  /** The same without what may be long. */
  readonly shortHead: string;
  /** Of the table. */
  readonly rows: readonly string[];
  /** Made only where there is room. */
  readonly details: readonly { readonly isThere: boolean; readonly make: () => string }[];
}

type ShownReport = Report & Shown;

/** Takes a report to pieces. */
export function sectionsOf(report: ShownReport): Sections {
  const shown = report.changes.filter(isWorthTelling);
  const weighed = shown.toSorted((a, b) => lookOf(a, report).weight - lookOf(b, report).weight);
  const isDone = report.phase === "deploy" || report.phase === "destroy";
  const short = [
    `<!-- await-aws ${[report.app, report.stage, report.phase].map(markOf).join(" ")} -->`,
    `### ${titleOf(report)}`,
    `**${countsOf(report)}**${isDone ? ` in ${duration(report.durationMs)}` : ""}`,
  ];
  const { error, stopped, renames = [], criticalPath = [] } = report;
  const long = [
    alarmOf(weighed, report),
    ...(error ? [`**Ended early**: ${failureOf(error)}`] : []),
    ...(stopped ? [`**The plan ends here**, nothing beyond is planned: ${failureOf(stopped)}`] : []),
    renames.slice(0, mostLoud).map(renameOf).join("\n"),
    pathOf(criticalPath),
  ];
  return {
    head: [...short, ...long].filter((text) => text !== "").join("\n\n"),
    shortHead: short.join("\n\n"),
    rows: weighed.map((change) => rowOf(change, report)),
    details: weighed.map((change) => ({
      isThere: change.error !== undefined || hasDifference(change),
      make: () => detailOf(change, report),
    })),
  };
}

/** A name in a comment: nothing in it can end the comment. */
const markOf = (name: string): string =>
  name.slice(0, mostOfId).replace(/[^A-Za-z0-9.]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);

const titles: Readonly<Record<Report["phase"], string>> = {
  plan: "Plan",
  deploy: "Deploy",
  destroy: "Destroy",
  drift: "Drift",
};

const titleOf = ({ app, stage, phase, ok }: Report): string =>
  `${titles[phase]} of ${codeOf(app, mostOfId)} (${codeOf(stage, mostOfId)})${ok ? "" : ": failed"}`;

const mostLoud = 20;

/** What nobody may overlook: what fails, what is replaced, what is deleted. */
function alarmOf(weighed: readonly Change[], report: ShownReport): string {
  const isLoud = ({ error, move }: Change): boolean =>
    error !== undefined || move === "replace" || move === "delete";
  const loud = report.phase === "drift" ? weighed : weighed.filter(isLoud);
  if (loud.length === 0) return "";
  const lines = loud.slice(0, mostLoud).map((change) => {
    const cause = causeOf(change, report);
    const name = `**${lookOf(change, report).word}** ${codeOf(change.id, mostOfId)}`;
    return `> - ${name}${cause === "" ? "" : `: ${cause}`}`;
  });
  const more = loud.length > mostLoud ? [`> - … and ${loud.length - mostLoud} more`] : [];
  return ["> [!CAUTION]", ...lines, ...more].join("\n");
}

const failureOf = ({ code, message, advice }: Failure): string =>
  `${codeOf(`${code}: ${message}`, 1_000)}${advice === "" ? "" : ` ${codeOf(advice, 500)}`}`;

const renameOf = ({ from, to }: { readonly from: string; readonly to: string }): string =>
  `- ${codeOf(from, mostOfId)} looks renamed to ${codeOf(to, mostOfId)}: \`renamedFrom\` keeps the resource`;

const mostOfPath = 10;

/** What decided how long it took, its end at least. */
function pathOf(path: readonly CriticalResource[]): string {
  if (path.length === 0) return "";
  const shown = path.slice(-mostOfPath);
  const names = shown.map(({ id, fromMs, toMs }) => `${codeOf(id, mostOfId)} (${duration(toMs - fromMs)})`);
  return `Critical path: ${[...(shown.length < path.length ? ["…"] : []), ...names].join(" → ")}`;
}

/** What a change does, folded below its name. */
function detailOf(change: Change, report: ShownReport): string {
  const { sign, word } = lookOf(change, report);
  const name = `${htmlCodeOf(change.id, mostOfId)} ${htmlCodeOf(change.type, mostOfId)}`;
  const summary = `<details><summary>${htmlCodeOf(sign, 1)} ${word} ${name}</summary>`;
  return [summary, fenceOf(differenceLinesOf(change)), "</details>"].join("\n\n");
}
