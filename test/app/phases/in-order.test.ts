import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inOrder } from "../../../src/app/phases/in-order.ts";

/** Any graph of up to 12 ids, circles included. */
const graphs = fc
  .integer({ min: 1, max: 12 })
  .chain((size) =>
    fc.array(fc.uniqueArray(fc.nat(size - 1), { maxLength: 3 }), { minLength: size, maxLength: size }),
  )
  .map((uses) => new Map(uses.map((used, i) => [`r${i}`, used.map((j) => `r${j}`)])));

type Graph = ReadonlyMap<string, readonly string[]>;

const run = async (
  uses: Graph,
  fails: ReadonlySet<string> = new Set(),
): Promise<{ order: string[]; done: ReadonlySet<string> }> => {
  const order: string[] = [];
  const done = await inOrder(
    [...uses.keys()],
    (id) => uses.get(id) ?? [],
    async (id) => {
      await Promise.resolve();
      order.push(id);
      return !fails.has(id);
    },
  );
  return { order, done };
};

/** Everything that uses an id, however far away. */
function usersOf(uses: Graph, id: string, known = new Set<string>()): ReadonlySet<string> {
  for (const [user, used] of uses) {
    if (used.includes(id) && !known.has(user)) usersOf(uses, user, known.add(user));
  }
  return known;
}

describe("inOrder", () => {
  test("goes down a chain of thirty thousand users", async () => {
    const names = Array.from({ length: 30_000 }, (_, i) => `r${i}`);
    const chain = new Map(names.map((name, i) => [name, i === 0 ? [] : [`r${i - 1}`]]));
    const { order } = await run(chain);
    expect(order).toEqual(names.toReversed());
  });

  test("does everything once, whatever the circles", () =>
    fc.assert(
      fc.asyncProperty(graphs, async (uses) => {
        const { order, done } = await run(uses);
        expect(order.toSorted()).toEqual([...uses.keys()].toSorted());
        expect(done.size).toBe(uses.size);
      }),
    ));

  test("does users before what they use, where they stand in no circle", () =>
    fc.assert(
      fc.asyncProperty(graphs, async (uses) => {
        const { order } = await run(uses);
        for (const [user, used] of uses) {
          for (const id of used) {
            if (id === user || usersOf(uses, user).has(id)) continue;
            expect(order.indexOf(user)).toBeLessThan(order.indexOf(id));
          }
        }
      }),
    ));

  test("leaves what a failed one uses alone, and still does what nothing failed uses", () =>
    fc.assert(
      fc.asyncProperty(graphs, fc.nat(11), async (uses, failing) => {
        const fails = new Set([`r${failing % uses.size}`]);
        const { done } = await run(uses, fails);
        for (const id of uses.keys()) {
          const standing = fails.has(id) || [...usersOf(uses, id)].some((user) => fails.has(user));
          if (!standing) expect(done).toContain(id);
        }
        for (const id of fails) expect(done).not.toContain(id);
      }),
    ));

  test("does what is free side by side", async () => {
    let running = 0;
    let most = 0;
    await inOrder(
      ["a", "b", "c"],
      () => [],
      async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise(setImmediate);
        running -= 1;
        return true;
      },
    );
    expect(most).toBe(3);
  });
});
