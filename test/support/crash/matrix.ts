import { expect } from "vitest";
import type { Report } from "../../../src/events.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import type { StateStore } from "../../../src/state/store.ts";
import { type Emulator, startEmulator } from "../../../src/emulator/index.ts";
import { expectExact } from "./exact.ts";
import { runFast } from "./fast-run.ts";
import { type Mortal, mortal } from "./mortal.ts";
import { type Wording, declaredCount, twelve } from "./twelve.ts";

/** One kind of run to be cut off: what stands before it, and what it is to make of that. */
export interface Passage {
  readonly before: Wording | undefined;
  /** Undefined where everything is destroyed. */
  readonly after: Wording | undefined;
}

/** How many lives are lived at a time. */
const abreast = 40;

/** How many points at which a run may die there are, and at how many it has. */
export interface Deaths {
  readonly tried: number;
  readonly points: number;
}

/** Dies at every `stride`-th point of a passage, then runs it again and once more. */
export async function diesEverywhere(passage: Passage, stride: number): Promise<Deaths> {
  const points = await pointsOf(passage);
  const left = Array.from({ length: Math.ceil(points / stride) }, (_, index) => 1 + index * stride);
  const tried = left.length;
  const live = async (): Promise<void> => {
    for (let n = left.shift(); n !== undefined; n = left.shift()) await dies(passage, n);
  };
  await Promise.all(Array.from({ length: abreast }, live));
  return { tried, points };
}

async function pointsOf(passage: Passage): Promise<number> {
  const { world, life } = await born(passage, 0);
  await lived(passage, world, life.store);
  await world.emulator.close();
  return life.points();
}

/** A cloud, and what its living processes have recorded. */
interface World {
  readonly emulator: Emulator;
  readonly store: StateStore;
}

/** A life that begins where `before` has been deployed. */
async function born({ before }: Passage, n: number): Promise<{ world: World; life: Mortal }> {
  const store = memoryStore();
  const life = mortal(store, n);
  let begun = false;
  const emulator = await startEmulator({
    operationMs: 1,
    faults: (call) => (begun ? life.faults(call) : undefined),
  });
  const world = { emulator, store };
  const first = await lived({ before: undefined, after: before }, world);
  expect(first).toMatchObject({ ok: true });
  begun = true;
  return { world, life };
}

/** One run of a passage, by the process that the store belongs to. */
function lived({ after }: Passage, { emulator, store }: World, of: StateStore = store): Promise<Report> {
  const program = () => (after ? twelve(after) : Promise.resolve());
  return runFast(after ? "deploy" : "destroy", program, { store: of, endpoint: emulator.url });
}

async function dies(passage: Passage, n: number): Promise<void> {
  const { world, life } = await born(passage, n);
  await lived(passage, world, life.store).catch(() => undefined);
  // Calls that overlap come in no fixed order: a life may end before its point.
  life.bury();
  await world.store.unlock("test", "dev");

  const when = `death at point ${n}`;
  const second = await lived(passage, world);
  expect(
    second.changes.filter(({ error }) => error),
    when,
  ).toEqual([]);
  await expectExact(world, passage.after ? declaredCount : 0, when);
  expect((await lived(passage, world)).calls, when).toEqual({});
  await world.emulator.close();
}
