import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import type { RunOptions } from "../../../src/app/options/run-options.ts";
import { settingsOf } from "../../../src/app/options/settings.ts";
import { runAll } from "../../../src/app/run.ts";
import { type Emulator, type SeenResource, startEmulator } from "../../../src/emulator/index.ts";
import type { Entry } from "../../../src/entry.ts";
import { isResourceError } from "../../../src/errors.ts";
import type { Event, Report } from "../../../src/events.ts";
import { isProps } from "../../../src/json.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import type { StateStore } from "../../../src/state/store.ts";
import { registrySchemas } from "../services/all-notes.ts";
import { hearHeldBack } from "./held.ts";
import { subjects } from "./more-items.ts";
import { type QuietClock, quietClock } from "./quiet-clock.ts";
import { type Script, declaredIn, keyOf, perform } from "./script.ts";

/** The cloud, the store, and what is known of both. */
export interface World {
  readonly emulator: Emulator;
  readonly store: StateStore;
  readonly clock: QuietClock;
  /** How often which step was made, and how runs failed. */
  readonly tally: Map<string, number>;
  readonly schemas: RunOptions["schemas"];
  /** What was there when all was last settled: by id, its identifier and what it cannot change without a replacement. */
  readonly settled: Map<string, { readonly identifier: string; readonly key: string }>;
  /** What each id that was ever declared cannot change without a replacement, as last asked. */
  readonly asked: Map<string, string>;
  /** Ids that somebody has asked to be replaced since, or that somebody has removed. */
  readonly touched: Set<string>;
  /** Ids whose entries were lost, with what they stand for. */
  readonly lost: Map<string, string>;
  /** Ids of which nobody knows whether they are as asked: no read shows it, and no update may say it. */
  readonly unsure: Set<string>;
  /** How many calls had arrived when they were last looked through. */
  seenCalls: number;
}

/** What a story is told under. */
export type Circumstances = Pick<World, "tally" | "schemas"> & { readonly seed: number };

/** The registry's own schemas of the types, where they are at hand. */
export function schemaFile(): { readonly schemas?: string; readonly drop: () => void } {
  const all = registrySchemas();
  if (all.size === 0) return { drop: () => undefined };
  const folder = mkdtempSync(join(tmpdir(), "await-aws-hostile-"));
  const types = new Set(Object.values(subjects).map(({ type }) => type));
  const lines = [...all].flatMap(([type, schema]) => (types.has(type) ? [JSON.stringify(schema)] : []));
  const schemas = join(folder, "schemas.jsonl");
  writeFileSync(schemas, lines.join("\n"));
  return { schemas, drop: () => rmSync(folder, { recursive: true }) };
}

/** An empty cloud with hostile handlers, to be closed after use. */
export async function openWorld(
  { seed, tally, schemas }: Circumstances,
  file: string | undefined,
): Promise<World> {
  // A client that is still loaded counts as nothing under way.
  await Promise.all([
    import("@aws-sdk/client-cloudcontrol"),
    import("@aws-sdk/client-cloudformation"),
    import("@aws-sdk/client-sts"),
    import("@aws-sdk/client-apigatewayv2"),
  ]);
  const clock = quietClock(Date.UTC(2027, 0, 1));
  const emulator = await startEmulator({
    hostile: { seed },
    operationMs: 300,
    now: () => clock.now(),
    ...(file !== undefined && { schemas: file }),
  });
  const store = memoryStore();
  const known = {
    settled: new Map(),
    touched: new Set<string>(),
    unsure: new Set<string>(),
    asked: new Map(),
    lost: new Map(),
    seenCalls: 0,
  };
  return { emulator, store, clock, tally, schemas, ...known };
}

/** One run; then what must always hold is looked at. */
export async function run(
  world: World,
  phase: Report["phase"],
  script: Script,
  options: RunOptions = {},
): Promise<Report> {
  const { emulator, store, schemas, clock, lost } = world;
  if (phase === "deploy") touch(world, script);
  if (phase === "destroy") for (const id of world.settled.keys()) world.touched.add(id);
  for (const id of options.replace ?? []) world.touched.add(id);
  const events: Event[] = [];
  const onEvent = (event: Event): void => void events.push(event);
  const known = { endpoint: emulator.url, store, schemas, allowDelete: true, region: "us-east-1" };
  const settings = settingsOf("test", { ...known, onEvent, ...options }, {});
  const report = await runAll({ ...settings, clock }, { phase }, () => perform(script, lost));
  await hearHeldBack(world, script, report, events);
  await requireAllRecorded(world, `after a ${phase}`);
  requireNothingReplaced(world, `in a ${phase}`);
  return report;
}

/** Notes what this script asks to be replaced, or deleted; a child goes with its parent. */
function touch({ settled, touched, asked }: World, script: Script): void {
  const declared = declaredIn(script);
  for (const id of declared) {
    if (asked.has(id) && asked.get(id) !== keyOf(script, id)) touched.add(id);
    asked.set(id, keyOf(script, id));
  }
  for (const [id, { key }] of settled) {
    if (!declared.includes(id) || keyOf(script, id) !== key) touched.add(id);
  }
  for (const [id, { parents = [] }] of Object.entries(subjects))
    if (parents.some(([, parent]) => touched.has(parent))) touched.add(id);
}

/** All entries, by id. */
export async function entriesOf({ store }: Pick<World, "store">): Promise<Map<string, Entry>> {
  const all = await (await store.open("test", "dev")).entries();
  return new Map(
    [...all].map(([id, entry]): [string, Entry] => {
      if (isResourceError(entry)) throw entry;
      return [id, entry];
    }),
  );
}

const nameOf = ({ TypeName, Identifier }: Pick<SeenResource, "TypeName" | "Identifier">): string =>
  `${TypeName} ${Identifier}`;

/** Nothing exists that no entry names, and nothing twice that nobody has asked another one of. */
async function requireAllRecorded(world: World, when: string): Promise<void> {
  const entries = await entriesOf(world);
  const names = [...entries.values()].flatMap(({ type, identifier = "", superseded = [] }) => [
    `${type} ${identifier}`,
    ...superseded.map((old) => `${old.type} ${old.identifier}`),
  ]);
  const lost = [...world.lost].map(([id, identifier]) => `${subjects[id]?.type} ${identifier}`);
  const there = world.emulator.resources().map(nameOf);
  const known = new Set([...names, ...lost]);
  expect(
    there.filter((name) => !known.has(name)),
    `exists and is not recorded, ${when}`,
  ).toEqual([]);
  const twice = [...entries.values()].flatMap(({ id, superseded = [] }) =>
    !world.touched.has(id)
      ? superseded.filter((old) => there.includes(`${old.type} ${old.identifier}`)).map(() => id)
      : [],
  );
  expect(twice, `was made twice, ${when}`).toEqual([]);
}

/** Nothing is deleted that nobody has asked to be replaced or deleted. */
function requireNothingReplaced(world: World, when: string): void {
  const calls = world.emulator.calls.slice(world.seenCalls);
  world.seenCalls = world.emulator.calls.length;
  const deleted = calls.flatMap(({ api, body }) =>
    api === "DeleteResource" && isProps(body)
      ? [`${String(body["TypeName"])} ${String(body["Identifier"])}`]
      : [],
  );
  const kept = [...world.settled].filter(([id]) => !world.touched.has(id));
  const wrong = kept.flatMap(([id, { identifier }]) =>
    deleted.includes(`${subjects[id]?.type} ${identifier}`) ? [id] : [],
  );
  expect(wrong, `was deleted although nobody asked for it, ${when}`).toEqual([]);
}
