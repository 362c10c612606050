import type { Json } from "../json.ts";
import { ResourceError, isResourceError } from "../errors.ts";
import { type PreparedWrite, prepareWrite } from "../resource/direct/draft.ts";
import type { Row } from "./engine/database.ts";
import type { WrittenRow } from "./engine/table.ts";
import { quoteName } from "./language/tokens.ts";
import { refuseStatement } from "./language/refuse.ts";
import { requireRegion } from "./language/regions.ts";
import { type Query, type WriteTarget, readStatement } from "./language/statement.ts";
import { type Reading, openReading } from "./reading.ts";
import { type WantedChange, changeFor } from "./reads/changes.ts";
import { entriesName, openEntries } from "./reads/recorded.ts";
import type { FixedRow } from "./reads/store.ts";
import type { SqlOptions } from "./options.ts";
import type { World } from "./world.ts";

/** What a write is run with. */
export interface WriteSetting {
  readonly values: readonly Json[];
  readonly world: World;
  readonly options: SqlOptions;
}

/** A write that can be sent. */
interface Ready extends WantedChange {
  readonly region: string;
  readonly write: PreparedWrite;
}

/**
 * Runs INSERT, UPDATE or DELETE. Which rows are meant is read first; all writes are then checked, and where one of them
 * cannot be right none is sent.
 */
export async function runWrite(
  query: Query,
  target: WriteTarget,
  setting: WriteSetting,
): Promise<{ readonly rows: readonly Row[]; readonly written: number }> {
  requireWritable(query, target);
  const reading = await openReading(query, setting.values, setting.world, setting.options);
  try {
    const { written } = await reading.settle();
    const changes = written.map((row) => wantedOf(reading, target, row));
    await requireFree(changes, setting);
    const ready = await Promise.all(changes.map((change) => prepare(reading, target, change, setting)));
    if (setting.options.dryRun === true) return { rows: ready.map(draftRow), written: ready.length };
    return { rows: await send(reading, { query, target, setting }, ready), written: ready.length };
  } finally {
    await reading.close();
  }
}

function requireWritable({ given }: Query, { name, at, verb, hasWhere }: WriteTarget): void {
  if (name === entriesName)
    throw refuseStatement(
      given,
      at,
      "what is recorded is not written to",
      "await-aws state mv, rm and rekey set it right.",
    );
  if (verb === "insert" || hasWhere) return;
  const what = `${verb.toUpperCase()} without WHERE would be of everything that there is`;
  throw refuseStatement(given, at, what, "Say which are meant: WHERE data__Identifier = '…'.");
}

/** A failure of one row names its resource. */
function wantedOf({ shapes, store }: Reading, { name }: WriteTarget, written: WrittenRow): WantedChange {
  const shape = shapes.get(name);
  if (!shape) throw new Error(`${name} is written to, and nobody knows it`);
  return changeFor(shape, written, written.rowid === undefined ? undefined : store.row(written.rowid));
}

/** Refuses to write to what any app has recorded, unless that is said to be meant. */
async function requireFree(
  changes: readonly WantedChange[],
  { world, options }: WriteSetting,
): Promise<void> {
  if (options.force === true) return;
  let reading: Promise<void> | undefined;
  // An app or stage that was named says whose entries the statement speaks of; those of others are owned all the same.
  const recorded = openEntries(world.store, {}, { need: (_key, fetch) => void (reading = fetch()) });
  recorded.entries();
  await reading;
  for (const { row } of changes) {
    const owner = row && recorded.recordOf(row);
    if (!owner) continue;
    const { app, stage, entry } = owner;
    throw new ResourceError(
      "OWNED",
      `${row.identifier} is ${JSON.stringify(entry.id)} of the app ${JSON.stringify(app)}, stage ${stage}: nothing was written`,
      {
        type: row.of.type,
        identifier: row.identifier,
        advice: "Change it in that app's script, or pass --force (force: true) to write to it all the same.",
      },
    );
  }
}

async function prepare(
  { shapes }: Reading,
  { name }: WriteTarget,
  wanted: WantedChange,
  { world, options }: WriteSetting,
): Promise<Ready> {
  const type = shapes.get(name)?.facts.type ?? "";
  const here = (await world.know(type)).here?.home.region;
  const region = wanted.region ?? options.region ?? here;
  if (region === undefined)
    throw new ResourceError("NO_REGION", "the statement names no region, and none is set", { type });
  requireRegion(region, here);
  const { profile, signal } = options;
  return { ...wanted, region, write: await prepareWrite(type, wanted.change, { region, profile, signal }) };
}

/** What would be sent, as a row. */
function draftRow({ write: { draft, type }, region }: Ready): Row {
  const identifier = "identifier" in draft ? draft.identifier : null;
  const request =
    draft.operation === "CreateResource"
      ? draft.desired
      : draft.operation === "UpdateResource"
        ? draft.patch.map((one) => ({ ...one }))
        : null;
  return { operation: draft.operation, type, identifier, region, request };
}

interface Sending {
  readonly query: Query;
  readonly target: WriteTarget;
  readonly setting: WriteSetting;
}

/** Sends all side by side, and resolves with what the statement asks to be told of them. */
async function send(reading: Reading, sending: Sending, ready: readonly Ready[]): Promise<readonly Row[]> {
  const { target, setting } = sending;
  const type = reading.shapes.get(target.name)?.facts.type ?? "";
  const isDelete = target.verb === "delete";
  // Of what is deleted nothing can be read any more; of the others, what cannot be answered is found before they are sent.
  const doomed = ready.map(({ row, region }) =>
    fixedRow(setting, type, { region, identifier: row?.identifier ?? "", live: row?.live }),
  );
  const before = await readReturning(sending, isDelete ? await Promise.all(doomed) : []);
  const ended = await Promise.allSettled(ready.map(({ write }) => write.send()));
  requireSent(ended);
  if (isDelete) return before;
  const fixed = ended.map((one, i) => {
    const outputs = one.status === "fulfilled" ? one.value : undefined;
    const identifier = outputs?.["identifier"];
    const name = typeof identifier === "string" ? identifier : "";
    return fixedRow(setting, type, { region: ready[i]?.region ?? "", identifier: name, live: outputs });
  });
  return readReturning(sending, await Promise.all(fixed));
}

async function fixedRow(
  { world }: WriteSetting,
  type: string,
  {
    region,
    identifier,
    live,
  }: { readonly region: string; readonly identifier: string; readonly live: Row | undefined },
): Promise<FixedRow> {
  const of = await world.open(type, region);
  return { of, identifier, live };
}

function requireSent(ended: readonly PromiseSettledResult<unknown>[]): void {
  const failed = ended.flatMap((one): unknown[] => (one.status === "rejected" ? [one.reason] : []));
  const [first] = failed;
  if (failed.length === 0) return;
  if (ended.length === 1 || !isResourceError(first)) throw first;
  const { code, type, identifier, paths, advice } = first;
  const what = `${failed.length} of ${ended.length} were not written, the others were: ${first.what}`;
  throw new ResourceError(code, what, { type, identifier, paths, advice, cause: new AggregateError(failed) });
}

/** Asks what RETURNING asks of the rows that were written. */
async function readReturning(
  { query, target, setting }: Sending,
  fixed: readonly FixedRow[],
): Promise<readonly Row[]> {
  const { returning, name, alias } = target;
  if (returning === undefined) return [];
  const from = name.includes("::") ? quoteName(name) : name;
  const asked = readStatement(
    `SELECT ${returning} FROM ${from}${alias === undefined ? "" : ` AS ${quoteName(alias)}`}`,
  );
  if (asked.kind !== "query") throw new Error(`RETURNING of ${query.given} asks for no rows`);
  const values = asked.places.length > 0 ? setting.values : [];
  const reading = await openReading(asked, values, setting.world, {
    ...setting.options,
    fixed: { name, rows: fixed },
  });
  try {
    return (await reading.settle()).rows;
  } finally {
    await reading.close();
  }
}
