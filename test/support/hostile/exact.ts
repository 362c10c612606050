import { expect } from "vitest";
import type { Entry } from "../../../src/entry.ts";
import type { Report } from "../../../src/events.ts";
import { type Pointer, type Props, covers, isProps, segmentsOf, withValueAt } from "../../../src/json.ts";
import { unmetIn } from "./meaning.ts";
import { subjects } from "./more-items.ts";
import { type Script, declaredIn, desiredOf, keyOf } from "./script.ts";
import { type World, entriesOf, run } from "./world.ts";

/** Longer than any read is out of date. */
export const longerThanStaleMs = 3_700_000;

/** Runs until nothing is left to do: reads lag behind every write, so that one run may not see what it has done. */
export async function settle(world: World, script: Script): Promise<void> {
  const seen: string[] = [];
  for (let round = 1; round <= 8; round++) {
    world.clock.pass(longerThanStaleMs);
    const replace = [...(await vanished(world)), ...world.unsure];
    const report = await run(world, "deploy", script, { refresh: true, replace });
    const moves = report.changes.map(({ id, move, error }) => `${id}: ${error?.code ?? move}`);
    for (const { error } of report.changes) if (error) seen.push(error.message);
    seen.push(moves.filter((move) => !move.endsWith(": nothing")).join(", "));
    if (report.changes.every(({ move, error }) => move === "nothing" && !error)) {
      await requireExact(world, script);
      return requireStill(world, script);
    }
  }
  expect.unreachable(`it never comes to rest: ${seen.join(" | ")}`);
}

/** The ids of which somebody who looks into the console sees that what is recorded is gone. */
async function vanished(world: World): Promise<string[]> {
  const there = new Set(
    world.emulator.resources().map(({ TypeName, Identifier }) => `${TypeName} ${Identifier}`),
  );
  const entries = [...(await entriesOf(world)).values()];
  return entries.flatMap(({ id, type, identifier }) =>
    identifier !== undefined && !there.has(`${type} ${identifier}`) ? [id] : [],
  );
}

/** What exists is what the script declares, as far as the report does not say otherwise, and all of it is recorded. */
async function requireExact(world: World, script: Script): Promise<void> {
  const entries = await entriesOf(world);
  const declared = declaredIn(script);
  expect([...entries.keys()].toSorted()).toEqual(declared.toSorted());
  expect(world.emulator.resources()).toHaveLength(declared.length);
  const drift = await run(world, "drift", script);
  for (const id of declared) {
    const entry = entries.get(id);
    expect(entry, id).toMatchObject({ status: "settled", type: subjects[id]?.type });
    expect(entry?.superseded ?? [], id).toEqual([]);
    if (entry) requireAsAsked(world, { id, entry, script, drift });
  }
  for (const id of declared) noteSettled(world, script, id, entries.get(id)?.identifier ?? "");
  world.touched.clear();
  world.unsure.clear();
  world.lost.clear();
}

function noteSettled(world: World, script: Script, id: string, identifier: string): void {
  const before = world.settled.get(id);
  if (before && !world.touched.has(id)) expect(identifier, `${id} is another one`).toBe(before.identifier);
  world.settled.set(id, { identifier, key: keyOf(script, id) });
}

interface Asked {
  readonly id: string;
  readonly entry: Entry;
  readonly script: Script;
  readonly drift: Report;
}

function requireAsAsked(world: World, { id, entry, script, drift }: Asked): void {
  const { type = "", once = [], caseless = [] } = subjects[id] ?? {};
  const found = world.emulator
    .resources()
    .find(({ TypeName, Identifier }) => TypeName === type && Identifier === entry.identifier);
  expect(found, id).toBeDefined();
  const there = Object.entries(found?.Hidden ?? {}).reduce<Props>(
    (model, [pointer, value]) => planted(model, pointer, value),
    found?.Properties ?? {},
  );
  const unmet = unmetIn(desiredOf(script, id), there, caseless).filter(
    (path) => !once.some((pointer) => covers(pointer, path)),
  );
  const told = drift.changes.find((change) => change.id === id)?.paths ?? [];
  const untold = unmet.filter((path) => !told.some((one) => covers(one, path) || covers(path, one)));
  expect(untold, `${id} is not as asked, and no drift says so`).toEqual([]);
}

/** A model with a value put where its container may be missing. */
function planted(model: Props, pointer: Pointer, value: Props[string]): Props {
  const segments = segmentsOf(pointer);
  const [first = "", ...rest] = segments;
  const inner = model[first];
  if (rest.length === 0) return { ...model, [first]: value };
  if (inner === undefined || isProps(inner)) {
    const below = rest.map((segment) => `/${segment.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
    return { ...model, [first]: planted(inner ?? {}, below, value) };
  }
  const next = withValueAt(model, pointer, value);
  return isProps(next) ? next : model;
}

/** Planned again, nothing is to be done; and without looking, nothing is asked. */
async function requireStill(world: World, script: Script): Promise<void> {
  const plan = await run(world, "plan", script, { refresh: true });
  expect(plan.changes.filter(({ move, error }) => move !== "nothing" || error)).toEqual([]);
  expect((await run(world, "deploy", script)).calls).toEqual({});
}

/** Destroys until all is gone; then nothing is left, here or there. */
export async function empty(world: World, script: Script): Promise<void> {
  // What is not recorded nobody can destroy.
  if (world.lost.size > 0) await settle(world, script);
  for (let round = 1; round <= 4; round++) {
    const report = await run(world, "destroy", script);
    if (report.ok) break;
    world.clock.pass(longerThanStaleMs);
  }
  expect(world.emulator.resources(), "left by a destroy").toEqual([]);
  expect([...(await entriesOf(world)).keys()], "recorded after a destroy").toEqual([]);
  world.settled.clear();
  world.touched.clear();
  world.unsure.clear();
  world.lost.clear();
}
