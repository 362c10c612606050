import { expect } from "vitest";
import type { Report } from "../../src/app/report.ts";
import { memoryStore } from "../../src/state/memory.ts";
import type { StateStore } from "../../src/state/store.ts";
import { type Cloud, cloud } from "../run.ts";
import { expectExact } from "./exact.ts";
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

/** Dies at every `stride`-th point of a passage, then runs it again and once more. Returns how many points were tried. */
export async function diesEverywhere(passage: Passage, stride: number): Promise<number> {
  const points = await pointsOf(passage);
  const left = Array.from({ length: Math.ceil(points / stride) }, (_, index) => 1 + index * stride);
  const tried = left.length;
  const live = async (): Promise<void> => {
    for (let n = left.shift(); n !== undefined; n = left.shift()) await dies(passage, n);
  };
  await Promise.all(Array.from({ length: abreast }, live));
  return tried;
}

async function pointsOf(passage: Passage): Promise<number> {
  const { world, life } = await born(passage, 0);
  await lived(passage, world, life.store);
  return life.points();
}

/** A life that begins where `before` has been deployed. */
async function born({ before }: Passage, n: number): Promise<{ world: Cloud; life: Mortal }> {
  const store = memoryStore();
  const life = mortal(store, n);
  let begun = false;
  const world = await cloud({ faults: (call) => (begun ? life.faults(call) : undefined) }, store);
  if (before) expect(await world.deploy(() => twelve(before))).toMatchObject({ ok: true });
  begun = true;
  return { world, life };
}

const lived = ({ after }: Passage, world: Cloud, store: StateStore): Promise<Report> =>
  after ? world.deploy(() => twelve(after), { store }) : world.destroy({ store });

async function dies(passage: Passage, n: number): Promise<void> {
  const { world, life } = await born(passage, n);
  await lived(passage, world, life.store).catch(() => undefined);
  // Calls that overlap come in no fixed order: a life may end before its point.
  life.bury();
  await world.store.unlock("test", "dev");

  const when = `death at point ${n}`;
  const second = await lived(passage, world, world.store);
  expect(
    second.changes.filter(({ error }) => error),
    when,
  ).toEqual([]);
  await expectExact(world, passage.after ? declaredCount : 0, when);
  expect((await lived(passage, world, world.store)).calls, when).toEqual({});
  await world.emulator.close();
}
