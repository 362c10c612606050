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
  const open = new Set<string>();
  const begin = (id: string): Promise<boolean> => {
    const known = begun.get(id);
    if (known) return known;
    open.add(id);
    const before = (users.get(id) ?? []).filter((user) => !open.has(user)).map(begin);
    open.delete(id);
    const outcome = Promise.all(before).then((done) => done.every(Boolean) && act(id));
    begun.set(id, outcome);
    return outcome;
  };
  const done = await Promise.all(ids.map(begin));
  return new Set(ids.filter((_, i) => done[i]));
}

/** Who uses whom, turned round: the users of each id. */
function usersAmong(
  ids: readonly string[],
  usedBy: (id: string) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const id of ids) for (const used of usedBy(id)) if (used !== id) users.get(used)?.push(id);
  return users;
}
