import type { Command } from "commander";
import { UsageError, isResourceError } from "../errors.ts";
import { nearest } from "../nearest.ts";
import { writeErr, writeOut } from "../render/out.ts";
import { type ShownOutputs, outputsJson, outputsText, shellLines } from "../render/outputs-text.ts";
import { onOneLine } from "../render/spell-unruly.ts";
import { shownOutputsOf, shownMask } from "../app/outputs.ts";
import { jsonText } from "../unruly.ts";
import { tellFailure } from "./failing.ts";
import { type RecordedApp, requireRecordedApp } from "./recorded-app.ts";
import { storeFlag } from "./run-flags.ts";

interface OutputsFlags {
  readonly app?: string;
  readonly stage?: string;
  readonly store?: string;
  readonly json?: true;
  readonly env?: true;
}

/** `await-aws outputs`: what an app has recorded, for scripts and CI; AWS is not asked, and secrets are masked. */
export function addOutputs(program: Command): void {
  program
    .command("outputs")
    .argument("[id...]", "ids of resources; all unless told")
    .description("Print the recorded outputs of resources. Secrets are masked; AWS is not asked.")
    .option("--app <name>", "app; default: the only one recorded")
    .option("-s, --stage <name>", "stage of the app; default: AWAIT_AWS_STAGE, else dev")
    .option(...storeFlag)
    .option("--json", "write JSON, by id")
    .option("--env", "write assignments for sh, e.g. ORDERS_QUEUE_URL='…'; what is masked is left out")
    .addHelpText("after", '\nExample:\n  eval "$(await-aws outputs orders --app shop --stage prod --env)"')
    .action(tellFailure(printOutputs));
}

async function printOutputs(ids: readonly string[], flags: OutputsFlags): Promise<void> {
  const { json, env, ...where } = flags;
  if (json && env) throw new UsageError("--json and --env exclude each other");
  const found = await requireRecordedApp(undefined, where);
  const all = chooseOf(found, ids).flatMap((id) => outputsOf(found, id, ids.length > 0));
  if (json) return writeOut(`${jsonText(outputsJson(all), 2)}\n`);
  if (!env) return writeOut(`${outputsText(all)}\n`);
  const { text, hidden } = shellLines(all, shownMask);
  if (hidden.length > 0) writeErr(`Left out, because it is secret: ${hidden.map(onOneLine).join(", ")}.\n`);
  writeOut(text);
}

function chooseOf({ name, entries }: RecordedApp, ids: readonly string[]): readonly string[] {
  for (const id of ids) {
    if (entries.has(id)) continue;
    const near = nearest(id, entries.keys());
    const hint = near === undefined ? "" : `; did you mean ${JSON.stringify(near)}?`;
    throw new UsageError(`nothing is recorded as ${JSON.stringify(id)} of ${name}${hint}`);
  }
  return ids.length > 0 ? ids : [...entries.keys()].toSorted((one, other) => one.localeCompare(other));
}

/** What there is no resource of yet has no outputs: asked for by its id it is refused. */
function outputsOf({ entries }: RecordedApp, id: string, isAsked: boolean): readonly ShownOutputs[] {
  const entry = entries.get(id);
  if (isResourceError(entry)) throw entry;
  if (entry?.identifier === undefined) {
    if (isAsked) throw new UsageError(`${JSON.stringify(id)} is not there yet: its creation has not ended`);
    return [];
  }
  return [{ id, type: entry.type, outputs: shownOutputsOf(entry) }];
}
