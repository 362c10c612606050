import type { Change, Failure, Report } from "../events.ts";
import { duration } from "../report/duration.ts";
import { blockText } from "./block.ts";
import { failureText, withoutRepeats } from "./failure-text.ts";
import { slowestText } from "./slowest-text.ts";
import { quoteForShell } from "./spell-unruly.ts";
import { type Style, plainStyle } from "./style.ts";
import { type Tally, tallyOf } from "../report/tally.ts";

type FailedChange = Change & { readonly error: Failure };

/** How a deploy or destroy ended: every failure with its advice, what to clean up by hand, and the totals as the last line. */
export function summaryText(report: Report, style: Style = plainStyle): string {
  const failed = report.changes.flatMap((change) =>
    change.error ? [{ ...change, error: change.error }] : [],
  );
  const paragraphs = [
    withoutRepeats(failed)
      .map((change) => failureText(change, style))
      .join("\n"),
    cleaningText(failed),
    slowestText(report),
    report.phase === "destroy" ? destroyedLine(report) : deployedLine(report),
  ];
  return paragraphs.filter((text) => text !== "").join("\n\n");
}

function deployedLine({ changes, durationMs }: Report): string {
  const tally = tallyOf(changes);
  const waiting = waitingIn(changes);
  const parts = [
    ...(tally.adopted > 0 ? [`${tally.adopted} adopted`] : []),
    `${tally.added} added`,
    `${tally.changed} changed`,
    `${tally.destroyed - waiting} destroyed`,
    `${tally.unchanged} unchanged`,
    ...(waiting > 0 ? [`${waiting} replaced but not yet deleted`] : []),
    ...endings(tally),
  ];
  return `${outcome("deployed", tally)}: ${parts.join(", ")} in ${duration(durationMs)}.`;
}

/** Replaced ones that are still there: a run in which something failed deletes none, and a deletion may fail itself. */
function waitingIn(changes: readonly Change[]): number {
  const isKept = changes.some(({ error, move }) => error && move !== "delete");
  const undeleted = new Set(
    changes.flatMap(({ id, move, error }) => (move === "delete" && error ? [id] : [])),
  );
  return changes.filter(
    ({ id, move, order, error }) =>
      move === "replace" && order === "create-first" && !error && (isKept || undeleted.has(id)),
  ).length;
}

function destroyedLine({ changes, durationMs }: Report): string {
  if (changes.length === 0) return "Nothing to do.";
  const tally = tallyOf(changes);
  const resources = tally.destroyed === 1 ? "1 resource" : `${tally.destroyed} resources`;
  return `${outcome("destroyed", tally)}: ${[resources, ...endings(tally)].join(", ")} in ${duration(durationMs)}.`;
}

const endings = ({ skipped, forgotten, failed }: Tally): readonly string[] => [
  ...(skipped > 0 ? [`${skipped} not targeted`] : []),
  ...(forgotten > 0 ? [`${forgotten} forgotten`] : []),
  ...(failed > 0 ? [`${failed} failed`] : []),
];

function outcome(word: "deployed" | "destroyed", tally: Tally): string {
  if (tally.failed === 0) return word === "deployed" ? "Deployed" : "Destroyed";
  const { adopted, added, changed, destroyed, forgotten } = tally;
  const isPart = adopted + added + changed + destroyed + forgotten > 0;
  return isPart ? `Only in part ${word}` : `Not ${word}`;
}

/** What is refused on purpose is no case for a delete by hand. */
const onPurpose: readonly Failure["code"][] = ["PROTECTED", "PLAN_MISMATCH"];

function cleaningText(failed: readonly FailedChange[]): string {
  const commands = failed.flatMap(({ move, type, identifier, error }) =>
    move === "delete" && identifier !== undefined && !onPurpose.includes(error.code)
      ? [["aws", "cloudcontrol", "delete-resource", "--type-name", type, "--identifier", identifier]]
      : [],
  );
  if (commands.length === 0) return "";
  return blockText(
    "To delete by hand what was left, before the same run again:",
    commands.map((words) => words.map(quoteForShell).join(" ")),
  );
}
