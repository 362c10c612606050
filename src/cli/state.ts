import type { Command } from "commander";
import { type Finding, findings, lockFinding } from "../app/doctor.ts";
import { settingsOf, statePlace } from "../app/options/settings.ts";
import type { Entry } from "../entry.ts";
import { type ResourceError, isResourceError, UsageError } from "../errors.ts";
import { writeErr, writeOut } from "../render/out.ts";
import { alignedText } from "../render/columns.ts";
import { nearest } from "../nearest.ts";
import { onOneLine } from "../render/spell-unruly.ts";
import { nothingText } from "./recorded-app.ts";
import { keyFile } from "../state/begin.ts";
import { isS3Url } from "../state/store-at.ts";
import { waitText } from "../state/lock/holder-text.ts";
import type { StageState } from "../state/store.ts";
import { jsonText } from "../unruly.ts";
import { isAgreed, yesFlag } from "./agreed.ts";
import { tellFailure } from "./failing.ts";
import { keyInGit } from "./key-in-git.ts";
import { addRekey } from "./rekey.ts";
import { storeFlag } from "./run-flags.ts";
import { addTransfer } from "./transfer.ts";
import { addInit } from "./state-init.ts";

interface StateFlags {
  readonly app?: string;
  readonly stage?: string;
  readonly store?: string;
  readonly json?: true;
  readonly yes?: true;
}

/** `await-aws state`: looks at what is recorded, and sets it right without touching anything at AWS. */
export function addState(program: Command): void {
  const state = program.command("state").description("Look at what is recorded; nothing at AWS is touched.");
  const sub = (name: string): Command =>
    state
      .command(name)
      .option("--app <name>", "app")
      .option("-s, --stage <name>", "stage")
      .option(...storeFlag)
      .option("--json", "write JSON");
  sub("list").description("List apps, stages and what is recorded of them.").action(tellFailure(listState));
  sub("show").argument("<id>").description("Show one entry.").action(tellFailure(show));
  sub("mv")
    .argument("<from>")
    .argument("<to>")
    .option(...yesFlag)
    .description("Give an entry another id.")
    .action(tellFailure(move));
  sub("rm")
    .argument("<id>")
    .option(...yesFlag)
    .description("Forget an entry; its resource stays.")
    .action(tellFailure(forget));
  sub("doctor")
    .description("Tell what is wrong with what is recorded, and what to do.")
    .action(tellFailure(doctor));
  addRekey(state);
  addInit(state);
  addTransfer(state);
}

const storeOf = ({ stage, store }: StateFlags): ReturnType<typeof settingsOf>["store"] =>
  settingsOf("", { stage, store }, process.env).store;

interface StoredStage {
  readonly app: string;
  readonly stage: string;
  readonly state: StageState;
}

async function placesOf(flags: StateFlags): Promise<readonly StoredStage[]> {
  const store = storeOf(flags);
  const all = await store.stages();
  const asked = all.filter(
    ({ app, stage }) => (flags.app ?? app) === app && (flags.stage ?? stage) === stage,
  );
  return Promise.all(asked.map(async (one) => ({ ...one, state: await store.open(one.app, one.stage) })));
}

/** The one place that has the id. */
async function placeWith(id: string, flags: StateFlags): Promise<StoredStage> {
  const places = await placesOf(flags);
  const having: StoredStage[] = [];
  for (const place of places) if ((await place.state.entries()).has(id)) having.push(place);
  const [only, ...others] = having;
  if (!only) {
    const ids = (await Promise.all(places.map(({ state }) => state.entries()))).flatMap((all) => [
      ...all.keys(),
    ]);
    const near = nearest(id, ids);
    const hint = near === undefined ? "" : `; did you mean ${JSON.stringify(near)}?`;
    const where = statePlace(flags.store, process.env, undefined);
    throw new UsageError(`nothing is recorded as ${JSON.stringify(id)} in ${where}${hint}`);
  }
  if (others.length === 0) return only;
  const names = having.map(({ app, stage }) => `--app ${app} --stage ${stage}`).join(", or ");
  throw new UsageError(`${JSON.stringify(id)} is recorded more than once: say ${names}`);
}

async function listState(flags: StateFlags): Promise<void> {
  const rows: Record<string, string>[] = [];
  for (const { app, stage, state } of await placesOf(flags)) {
    for (const [id, entry] of await state.entries()) rows.push(rowOf({ app, stage }, id, entry));
  }
  if (flags.json === true) return writeOut(`${jsonText(rows, 2)}\n`);
  if (rows.length === 0) return writeOut(`${await emptyText(flags)}\n`);
  const head = ["app", "stage", "id", "type", "status", "identifier"];
  const cells = rows.map((row) => head.map((name) => onOneLine(row[name] ?? "")));
  writeOut(`${alignedText([head, ...cells], process.stdout.columns || 80)}\n`);
}

/** A list that is empty because of what was asked says so. */
async function emptyText({ app, stage, store }: StateFlags): Promise<string> {
  const stages = await storeOf({ ...(store !== undefined && { store }) }).stages();
  if (stages.length === 0 || (app === undefined && stage === undefined)) return "Nothing is recorded.";
  throw new UsageError(nothingText(app, stage ?? "any stage", { stages, store }));
}

function rowOf(
  place: { app: string; stage: string },
  id: string,
  entry: Entry | ResourceError,
): Record<string, string> {
  if (isResourceError(entry)) return { ...place, id, type: "", identifier: "", status: "unreadable" };
  const status = entry.intent ? `unfinished ${entry.intent.move}` : entry.status;
  return { ...place, id, type: entry.type, identifier: entry.identifier ?? "", status };
}

async function show(id: string, flags: StateFlags): Promise<void> {
  const { state } = await placeWith(id, flags);
  const entry = (await state.entries()).get(id);
  if (!entry || isResourceError(entry)) throw entry ?? new UsageError(`nothing is recorded as ${id}`);
  // The sealed request is of use to nobody but the next run.
  const { intent, ...rest } = entry;
  const shown = intent ? { ...rest, intent: { ...intent, request: "sealed" } } : rest;
  writeOut(`${jsonText(shown, 2)}\n`);
}

async function move(from: string, to: string, flags: StateFlags): Promise<void> {
  const { state } = await placeWith(from, flags);
  if (!(await isAgreed(`Record ${onOneLine(from)} as ${onOneLine(to)}?`, flags))) return;
  await changing(state, async (entries) => {
    const entry = entries.get(from);
    if (!entry || isResourceError(entry)) throw entry ?? new UsageError(`nothing is recorded as ${from}`);
    if (entries.has(to)) throw new UsageError(`${JSON.stringify(to)} is recorded already`);
    await state.put({ ...entry, id: to });
    await state.remove(from);
    for (const other of entries.values()) {
      if (isResourceError(other) || !other.dependencies.includes(from)) continue;
      await state.put({ ...other, dependencies: other.dependencies.map((id) => (id === from ? to : id)) });
    }
  });
  writeErr(`${from} is now recorded as ${to}.\n`);
}

async function forget(id: string, flags: StateFlags): Promise<void> {
  const { state } = await placeWith(id, flags);
  if (!(await isAgreed(`Forget ${onOneLine(id)}? Its resource stays.`, flags))) return;
  await changing(state, () => state.remove(id));
  writeErr(`${id} is forgotten; its resource stays as it is.\n`);
}

async function changing(
  state: StageState,
  change: (entries: ReadonlyMap<string, Entry | ResourceError>) => Promise<void>,
): Promise<void> {
  const lock = await state.lock({
    onWait: (holder, leftMs) => writeErr(`${onOneLine(waitText(holder, leftMs))}\n`),
  });
  try {
    await change(await state.entries());
  } finally {
    await lock.release();
  }
}

async function doctor(flags: StateFlags): Promise<void> {
  const told: { app: string; stage: string; id: string; what: string; todo: string }[] = [];
  const place = statePlace(flags.store, process.env, undefined);
  for (const finding of isS3Url(place) ? [] : keyInGit(place))
    told.push({ app: "", stage: "", id: keyFile, ...finding });
  for (const { app, stage, state } of await placesOf(flags)) {
    const entries = await state.entries();
    const all = new Map([...((await state.misplaced?.()) ?? []), ...entries]);
    const holder = await state.holder?.();
    const lock = holder ? [lockFinding(holder)] : [];
    for (const finding of [...lock, ...findings(all), ...(await keyFindings(state, entries))])
      told.push({ app, stage, ...finding });
  }
  if (flags.json === true) writeOut(`${jsonText(told, 2)}\n`);
  else if (told.length === 0) writeOut("All is well.\n");
  else {
    for (const { app, stage, id, what, todo } of told) {
      const place = [app, stage, id].filter((part) => part !== "").join("/");
      writeOut(`${onOneLine(`${place}: ${what}`)}\n    ${onOneLine(todo)}\n`);
    }
  }
}

/** What a deploy would refuse because of the key. */
async function keyFindings(
  state: StageState,
  entries: ReadonlyMap<string, Entry | ResourceError>,
): Promise<readonly Finding[]> {
  try {
    await state.findKey?.(entries);
    return [];
  } catch (error) {
    if (!isResourceError(error)) throw error;
    return [{ id: keyFile, what: error.what, todo: error.advice }];
  }
}
