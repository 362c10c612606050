import { readFileSync, writeFileSync } from "node:fs";
import type { Command } from "commander";
import { settingsOf } from "../app/options/settings.ts";
import { UsageError } from "../errors.ts";
import { writeErr, writeOut } from "../render/out.ts";
import { onOneLine } from "../render/spell-unruly.ts";
import { waitText } from "../state/lock/holder-text.ts";
import { storeAt } from "../state/store-at.ts";
import type { Lock, StageState, Waiting } from "../state/store.ts";
import { documentIn, documentText, pullStage, pushStage } from "../state/transfer/document.ts";
import { migrateStore } from "../state/transfer/migrate.ts";
import { isAgreed, yesFlag } from "./agreed.ts";
import { tellFailure } from "./failing.ts";
import { requireRecordedApp } from "./recorded-app.ts";
import { storeFlag } from "./run-flags.ts";

interface TransferFlags {
  readonly app?: string;
  readonly stage?: string;
  readonly store?: string;
  readonly out?: string;
  readonly force?: true;
  readonly yes?: true;
}

/** `await-aws state migrate`, `pull` and `push`: what is recorded, in another store or as one document. */
export function addTransfer(state: Command): void {
  state
    .command("migrate")
    .argument("<from>", "a folder or s3://bucket/prefix")
    .argument("<to>", "another one, which is empty")
    .option(...yesFlag)
    .description(
      "Copy all that a store holds into another: entries, history, and the key where the store keeps it.",
    )
    .action(tellFailure(migrate));
  state
    .command("pull")
    .option(...storeFlag)
    .option("--app <name>", "app; default: the only one recorded")
    .option("-s, --stage <name>", "stage of the app; default: AWAIT_AWS_STAGE, else dev")
    .option("--out <file>", "write it there rather than to stdout")
    .description("Write all that is recorded of a stage as one JSON document.")
    .action(tellFailure(pull));
  state
    .command("push")
    .option(...storeFlag)
    .argument("<file>", "what pull has written; it says of which app and stage it is")
    .option(
      "--force",
      "also where the stage has gone on since it was pulled: what was recorded since is lost",
    )
    .option(...yesFlag)
    .description(
      "Make what is recorded of a stage what a document says; refused where the stage has gone on since.",
    )
    .action(tellFailure(push));
}

const waiting: Waiting = {
  onWait: (holder, leftMs) => writeErr(`${onOneLine(waitText(holder, leftMs))}\n`),
};

async function migrate(from: string, to: string, { yes }: TransferFlags): Promise<void> {
  const question = `Copy all that is recorded in ${onOneLine(from)} into ${onOneLine(to)}?`;
  if (!(await isAgreed(question, { ...(yes && { yes }) }))) return;
  const key = process.env["AWAIT_AWS_STATE_KEY"];
  const { stages, entries, runs, isKeyMoved } = await migrateStore(
    storeAt(from, key),
    storeAt(to, key),
    waiting,
  );
  const counts = `${entries} entries and ${runs} runs of ${stages.length} stages`;
  const ofKey = isKeyMoved
    ? "its key is there too"
    : "no key went along: where secrets are recorded, AWAIT_AWS_STATE_KEY is still needed";
  writeErr(
    `${counts} are now in ${onOneLine(to)}; ${ofKey}. What is in ${onOneLine(from)} stays as it was: take it away once nobody deploys from it any more.\n`,
  );
}

async function pull({ out, ...where }: TransferFlags): Promise<void> {
  const { name } = await requireRecordedApp(undefined, where);
  const { store, stage } = settingsOf(name, where, process.env);
  const text = documentText(await pullStage(await store.open(name, stage), { app: name, stage }));
  if (out === undefined) return writeOut(text);
  writeFileSync(out, text, { mode: 0o600 });
  writeErr(`${onOneLine(name)} (${onOneLine(stage)}) is in ${onOneLine(out)}.\n`);
}

async function push(file: string, { force, yes, ...where }: TransferFlags): Promise<void> {
  const document = documentIn(read(file), file);
  const { app, stage } = document;
  const named = `${onOneLine(app)} (${onOneLine(stage)})`;
  if (
    !(await isAgreed(`Make what is recorded of ${named} what ${onOneLine(file)} says?`, {
      ...(yes && { yes }),
    }))
  )
    return;
  const { store } = settingsOf(app, { ...where, stage }, process.env);
  const state = await store.open(app, stage);
  const { written, removed } = await holding(state, () =>
    pushStage(state, document, { isForced: force === true }),
  );
  writeErr(`${named}: ${written} entries written, ${removed} removed; nothing at AWS was touched.\n`);
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new UsageError(`${file} cannot be read`, { cause });
  }
}

async function holding<T>(state: StageState, work: () => Promise<T>): Promise<T> {
  const lock: Lock = await state.lock(waiting);
  try {
    return await work();
  } finally {
    await lock.release();
  }
}
