/**
 * Does something to every id after it has been done to all that use it, side by side where no order is asked; what a
 * failed one uses is left alone. Resolves with those that succeeded. A circle is cut where it closes.
 */
export async function inOrder(
  ids: readonly string[],
  usedBy: (id: string) => readonly string[],
  act: (id: string) => Promise<boolean>,
): Promise<ReadonlySet<string>> {
  const users = usersAmong(ids, usedBy);
  const begun = new Map<string, Promise<boolean>>();
  for (const [id, before] of waitsOf(ids, users)) {
    const outcome = Promise.all(before.flatMap((user) => begun.get(user) ?? []));
    begun.set(
      id,
      outcome.then((done) => done.every(Boolean) && act(id)),
    );
  }
  const done = new Set<string>();
  for (const id of ids) if (await begun.get(id)) done.add(id);
  return done;
}

/**
 * Each id, after all that it waits for. It goes down by a list of its own: a chain of users may be longer than the
 * engine's stack.
 */
function waitsOf(
  ids: readonly string[],
  users: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, readonly string[]> {
  const usersOf = (id: string): readonly string[] => users.get(id) ?? [];
  const waits = new Map<string, readonly string[]>();
  // What each of those that are open has still to look into.
  const left = new Map<string, string[]>();
  const close = (id: string): void => {
    left.delete(id);
    waits.set(
      id,
      usersOf(id).filter((user) => waits.has(user)),
    );
  };
  const path: string[] = [];
  const enter = (id: string): void => {
    if (left.has(id) || waits.has(id)) return;
    left.set(id, usersOf(id).toReversed());
    path.push(id);
  };
  for (const root of ids) {
    enter(root);
    for (let id = path.at(-1); id !== undefined; id = path.at(-1)) {
      const next = left.get(id)?.pop();
      if (next !== undefined) enter(next);
      else close(path.pop() ?? id);
    }
  }
  return waits;
}

/** Who uses whom, turned round: the users of each id. */
export function usersAmong(
  ids: readonly string[],
  usedBy: (id: string) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const id of ids) for (const used of usedBy(id)) if (used !== id) users.get(used)?.push(id);
  return users;
}
