import { expect } from "vitest";
import { memoryStore } from "../../../src/state/memory.ts";
import { type Cloud, cloud } from "../run.ts";
import { mortal } from "./mortal.ts";

type Program = () => Promise<unknown>;

/** A world in which a program has died at its n-th point; undefined once it has fewer points than that. */
async function deadAt(n: number, program: Program, before?: Program): Promise<Cloud | undefined> {
  const store = memoryStore();
  const life = mortal(store, n);
  let begun = false;
  const world = await cloud({ faults: (call) => (begun ? life.faults(call) : undefined) }, store);
  if (before) await world.deploy(before);
  begun = true;
  await world.deploy(program, { store: life.store }).catch(() => undefined);
  life.bury();
  await store.unlock("test", "dev");
  return life.isDead() ? world : undefined;
}

/** Tries every point at which a program may die; returns how many there are. */
export async function atEveryPoint(
  program: Program,
  then: (world: Cloud, when: string) => Promise<void>,
  before?: Program,
): Promise<number> {
  const lives = Array.from({ length: mostPoints }, async (_, index) => {
    const world = await deadAt(index + 1, program, before);
    if (world) await then(world, `death at point ${index + 1}`);
    return world !== undefined;
  });
  const died = (await Promise.all(lives)).filter(Boolean).length;
  expect(died, "more points than were tried").toBeLessThan(mostPoints);
  return died;
}

const mostPoints = 40;
