import * as fc from "fast-check";
import type { RunOptions } from "../../../src/app/options/run-options.ts";
import type { Report } from "../../../src/events.ts";
import { empty, settle } from "./exact.ts";
import type { Wording } from "./items.ts";
import { subjects } from "./more-items.ts";
import { type Script, declaredIn } from "./script.ts";
import { type World, entriesOf, run } from "./world.ts";

/** What the script says now. */
export interface Telling {
  script: Script;
}

type Command = fc.AsyncCommand<Telling, World>;

function step(name: string, act: (telling: Telling, world: World) => Promise<void>): Command {
  const [kind = name] = name.split(" ");
  return {
    check: () => true,
    run: (telling, world) => {
      count(world, kind);
      return act(telling, world);
    },
    toString: () => name,
  };
}

const count = ({ tally }: World, what: string): void => void tally.set(what, (tally.get(what) ?? 0) + 1);

const edit = (nth: number, change: Partial<Wording>): Command =>
  step(`edit ${nth} ${JSON.stringify(change)}`, async (telling) => {
    const ids = [...telling.script.keys()];
    const id = ids[nth % ids.length];
    const said = id === undefined ? undefined : telling.script.get(id);
    if (id !== undefined && said) telling.script = new Map([...telling.script, [id, { ...said, ...change }]]);
  });

const undeclare = (nth: number): Command =>
  step(`undeclare ${nth}`, async (telling, { lost }) => {
    // What is not recorded and not declared would be nobody's.
    const ids = [...telling.script.keys()].filter(() => lost.size === 0);
    telling.script = new Map([...telling.script].filter(([id]) => id !== ids[nth % ids.length]));
  });

/** One run as it comes, while reads may lag; it may fail, but for nothing that is not said of a resource. */
const oneRun = (phase: Report["phase"], options: RunOptions = {}): Command =>
  step(`${phase}${options.refresh ? "-refresh" : ""}`, async ({ script }, world) => {
    const report = await run(world, phase, script, options);
    for (const { error } of report.changes) if (error) count(world, `  ${error.code}`);
  });

const rest = step("rest", ({ script }, world) => settle(world, script));

const destroy = step("destroy", ({ script }, world) => empty(world, script));

const wait = (seconds: number): Command =>
  step(`wait ${seconds}`, async (_, world) => world.clock.pass(seconds * 1_000));

const nthOf = ({ emulator }: World, nth: number) => {
  const there = emulator.resources();
  return there[nth % there.length];
};

const drift = (nth: number): Command =>
  step(`hand ${nth}`, async (_, world) => {
    const found = nthOf(world, nth);
    const subject = Object.values(subjects).find(({ type }) => type === found?.TypeName);
    if (!found || !subject) return;
    world.emulator.change(found.TypeName, found.Identifier, (model) => ({ ...model, ...subject.byHand }));
  });

const vanish = (nth: number): Command =>
  step(`vanish ${nth}`, async (_, world) => {
    const found = nthOf(world, nth);
    if (!found) return;
    try {
      world.emulator.remove(found.TypeName, found.Identifier);
    } catch {
      // What others stand on cannot be removed by hand either.
      return;
    }
    const there = new Set(world.emulator.resources().map(({ Identifier }) => Identifier));
    for (const [id, { identifier }] of world.settled) if (!there.has(identifier)) world.touched.add(id);
    for (const [id, identifier] of world.lost) if (!there.has(identifier)) world.lost.delete(id);
  });

/** The entry of a resource is lost; its user says by name what to take over. */
const lose = (nth: number): Command =>
  step(`lose ${nth}`, async ({ script }, world) => {
    const entries = [...(await entriesOf(world)).values()];
    const entry = entries[nth % entries.length];
    if (entry?.status !== "settled" || entry.identifier === undefined || entry.superseded || entry.intent)
      return;
    // What is not recorded and not declared would be nobody's.
    if (!declaredIn(script).includes(entry.id)) return;
    const isThere = world.emulator.resources().some(({ Identifier }) => Identifier === entry.identifier);
    if (!isThere) return;
    const stage = await world.store.open("test", "dev");
    const lock = await stage.lock();
    await stage.remove(entry.id);
    await lock.release();
    world.lost.set(entry.id, entry.identifier);
  });

const nth = fc.nat(20);
const changes = fc.oneof(
  fc.record({ value: fc.nat(2) }),
  fc.record({ value: fc.nat(2) }),
  fc.record({ option: fc.boolean() }),
  fc.record({ respelt: fc.boolean() }),
  fc.record({ fixed: fc.nat(1) }),
);
const wordings: fc.Arbitrary<Wording> = fc.record({
  value: fc.nat(2),
  option: fc.boolean(),
  respelt: fc.boolean(),
  fixed: fc.nat(1),
});

/** What a script says at the beginning: some ids, with the parents that they need. */
export const scripts: fc.Arbitrary<Script> = fc
  .subarray(Object.keys(subjects), { minLength: 2, maxLength: 6 })
  .map((ids) => [
    ...new Set(ids.flatMap((id) => [...(subjects[id]?.parents ?? []).map(([, one]) => one), id])),
  ])
  .chain((ids) => fc.tuple(...ids.map((id) => wordings.map((wording): [string, Wording] => [id, wording]))))
  .map((said) => new Map(said));

/** Stories of edits and runs, of time that passes, of hands that change, delete and lose things. */
export const stories: fc.Arbitrary<Iterable<Command>> = fc.commands(
  [
    fc.tuple(nth, changes).map(([which, change]) => edit(which, change)),
    fc.tuple(nth, changes).map(([which, change]) => edit(which, change)),
    fc.tuple(nth, changes).map(([which, change]) => edit(which, change)),
    fc.constant(oneRun("deploy")),
    fc.constant(oneRun("deploy")),
    fc.constant(oneRun("deploy")),
    fc.constant(oneRun("deploy", { refresh: true })),
    fc.constant(oneRun("drift")),
    fc.constant(oneRun("plan", { refresh: true })),
    fc.constant(rest),
    fc.constant(rest),
    fc.constant(destroy),
    fc.integer({ min: 1, max: 3_600 }).map(wait),
    nth.map(drift),
    nth.map(vanish),
    nth.map(lose),
    nth.map(undeclare),
  ],
  { maxCommands: 14, size: "max" },
);
