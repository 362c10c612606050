import * as fc from "fast-check";
import { expect } from "vitest";
import type { Report } from "../../../src/events.ts";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../../src/emulator/index.ts";
import type { Props } from "../../../src/json.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import type { StateStore } from "../../../src/state/store.ts";
import { badLuck, dice } from "./bad-luck.ts";
import { expectExact } from "./exact.ts";
import { runFast, staleReadMs } from "./fast-run.ts";
import { type Script, declaredIn, items, perform } from "./few.ts";
import { mortal } from "./mortal.ts";
import type { Wording } from "./twelve.ts";

/** All that is to be known. */
export interface Model {
  /** What the script says now. */
  script: Script;
  /** Whether the last run ended well, so that nothing is left to be settled. */
  isSettled: boolean;
}

/** The cloud, the store, and how often what has happened to them. */
export interface World {
  readonly emulator: Emulator;
  readonly store: StateStore;
  readonly tally: Map<string, number>;
  /** Whether every run takes over what it finds. */
  readonly adopt: boolean;
  faults: NonNullable<EmulatorOptions["faults"]>;
}

type Command = fc.AsyncCommand<Model, World>;
type Faults = World["faults"];

const calm: Faults = () => undefined;

/** An empty cloud, to be closed after use. */
export async function openWorld(of: Pick<World, "tally" | "adopt">): Promise<World> {
  const emulator = await startEmulator({
    operationMs: 1,
    staleReadMs,
    faults: (call) => world.faults(call),
  });
  const world: World = { emulator, store: memoryStore(), faults: calm, ...of };
  return world;
}

const run = (
  { emulator, store, adopt }: World,
  phase: Report["phase"],
  script: Script,
  options: {
    readonly store?: StateStore;
    readonly refresh?: boolean;
    readonly replace?: readonly string[];
  } = {},
): Promise<Report> =>
  runFast(phase, () => perform(script), {
    endpoint: emulator.url,
    store,
    adopt,
    allowDelete: true,
    ...options,
  });

/** Deploys all; what was made, never seen and has vanished is made again on its user's word alone. */
async function deployAll(world: World, script: Script): Promise<Report> {
  const report = await run(world, "deploy", script, { refresh: true });
  const unseen = report.changes.filter(({ error }) => error?.code === "NOT_STABILIZED").map(({ id }) => id);
  if (unseen.length === 0) return report;
  return run(world, "deploy", script, { refresh: true, replace: unseen });
}

/** Deploys in calm, looking at everything; then the world is as the script says, and nothing is left to do. */
export async function settle(world: World, script: Script): Promise<void> {
  const report = await deployAll(world, script);
  expect(report.changes.filter(({ error }) => error)).toEqual([]);
  const declared = declaredIn(script);
  await expectExact(world, declared.size, "after a deploy");
  const there = world.emulator.resources();
  for (const [id, { type, desired }] of declared) {
    const { identifier } =
      report.changes.find((change) => change.id === id && change.move !== "delete") ?? {};
    const found = there.find(({ TypeName, Identifier }) => TypeName === type && Identifier === identifier);
    expect(found?.Properties, id).toMatchObject(desired);
  }
  const again = await run(world, "deploy", script, { refresh: true });
  expect(again.changes.filter(({ move }) => move !== "nothing")).toEqual([]);
  expect((await run(world, "deploy", script)).calls).toEqual({});
}

/** Destroys in calm; then nothing is left, here or there. */
async function empty(world: World, script: Script): Promise<void> {
  expect(await run(world, "destroy", script)).toMatchObject({ ok: true });
  await expectExact(world, 0, "after a destroy");
}

/** A step of a story, and counted; always possible where nothing else is said. */
function step(
  name: string,
  act: (model: Model, world: World) => Promise<void>,
  check: (model: Readonly<Model>) => boolean = () => true,
): Command {
  const [kind = name] = name.split(" ");
  return {
    check,
    run: (model, world) => {
      world.tally.set(kind, (world.tally.get(kind) ?? 0) + 1);
      return act(model, world);
    },
    toString: () => name,
  };
}

const edit = (id: string, wording: Wording | undefined): Command =>
  step(`edit ${id} ${JSON.stringify(wording)}`, async (model) => {
    const { script } = model;
    const others = [...script].filter(([other]) => other !== id);
    model.script = new Map(wording ? [...others, [id, wording]] : others);
  });

const deploy = step("deploy", async (model, world) => {
  await settle(world, model.script);
  model.isSettled = true;
});

const destroy = step("destroy", async (model, world) => {
  await empty(world, model.script);
  model.isSettled = true;
});

/** Dies at the n-th request or state write of a run, before or after it. */
const crash = (phase: Report["phase"], n: number): Command =>
  step(`crash ${phase} ${n}`, async (model, world) => {
    model.isSettled = false;
    const life = mortal(world.store, n);
    world.faults = life.faults;
    await run(world, phase, model.script, { store: life.store }).catch(() => undefined);
    life.bury();
    world.faults = calm;
    await world.store.unlock("test", "dev");
  });

const storm = (phase: Report["phase"], seed: number): Command =>
  step(`storm ${phase} ${seed}`, async (model, world) => {
    model.isSettled = false;
    world.faults = badLuck(dice(seed));
    const report = await run(world, phase, model.script);
    world.faults = calm;
    for (const { id, error } of report.changes)
      if (error) expect(error.message).toContain(JSON.stringify(id));
  });

/** What somebody might do by hand to a resource of each type. */
const drifted: Readonly<Record<string, Props>> = {
  "AWS::SQS::Queue": { DelaySeconds: 900 },
  "AWS::Logs::LogGroup": { RetentionInDays: 30 },
  "AWS::IAM::Role": { Description: "by hand" },
  "AWS::ApiGatewayV2::Api": { Description: "by hand" },
  "AWS::ApiGatewayV2::Stage": { Description: "by hand" },
};

// What a cut-off create is found to be when it is settled counts as what the service made of it, hands included.
const drift = (nth: number): Command =>
  step(
    `drift ${nth}`,
    async (_, { emulator }) => {
      const there = emulator.resources();
      const found = there[nth % there.length];
      if (!found) return;
      const { TypeName, Identifier } = found;
      emulator.change(TypeName, Identifier, (model) => ({ ...model, ...drifted[TypeName] }));
    },
    ({ isSettled }) => isSettled,
  );

const vanish = (nth: number): Command =>
  step(`vanish ${nth}`, async (_, { emulator }) => {
    const there = emulator.resources();
    const found = there[nth % there.length];
    if (found) emulator.remove(found.TypeName, found.Identifier);
  });

const wording = fc.record({
  words: fc.constantFrom("old", "newer"),
  name: fc.constantFrom("a", "b"),
});
const edits = fc.tuple(
  fc.constantFrom(...Object.keys(items)),
  fc.option(wording, { nil: undefined, freq: 4 }),
);
const phases = fc.constantFrom("deploy" as const, "deploy" as const, "destroy" as const);

/** What a script says at the beginning of a story. */
export const scripts: fc.Arbitrary<Script> = fc
  .tuple(...Object.keys(items).map((id) => fc.tuple(fc.constant(id), fc.option(wording, { freq: 3 }))))
  .map((said) => new Map(said.flatMap(([id, words]) => (words ? [[id, words] as const] : []))));

/** Stories of edits, runs in calm, crashes, storms, and hands that change or delete something. */
export const stories: fc.Arbitrary<Iterable<Command>> = fc.commands(
  [
    edits.map(([id, words]) => edit(id, words)),
    edits.map(([id, words]) => edit(id, words)),
    edits.map(([id, words]) => edit(id, words)),
    fc.constant(deploy),
    fc.constant(destroy),
    fc.tuple(phases, fc.integer({ min: 1, max: 60 })).map(([phase, n]) => crash(phase, n)),
    fc.tuple(phases, fc.integer({ min: 1, max: 60 })).map(([phase, n]) => crash(phase, n)),
    fc.tuple(phases, fc.nat()).map(([phase, seed]) => storm(phase, seed)),
    fc.nat(10).map(drift),
    fc.nat(10).map(vanish),
  ],
  { maxCommands: 16, size: "max" },
);
