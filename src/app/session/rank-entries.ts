import type { Entry } from "../../entry.ts";
import { type ResourceError, isResourceError } from "../../errors.ts";
import type { Rank } from "../../scope/scope.ts";

type Graph = ReadonlyMap<string, readonly string[]>;

/**
 * Tells how much is recorded to hang on an entry: the longest chain of entries that stand upon it, and of those that it
 * stands upon. Goes through all of them at the first question, and never again.
 */
export function rankEntries(entries: ReadonlyMap<string, Entry | ResourceError>): (id: string) => Rank {
  let ranks:
    | { readonly above: ReadonlyMap<string, number>; readonly below: ReadonlyMap<string, number> }
    | undefined;
  return (id) => {
    if (!ranks) {
      const used = usesIn(entries);
      ranks = { above: measureChains(turnRound(used)), below: measureChains(used) };
    }
    return { above: ranks.above.get(id) ?? 0, below: ranks.below.get(id) ?? 0 };
  };
}

const usesIn = (entries: ReadonlyMap<string, Entry | ResourceError>): Graph =>
  new Map(
    [...entries].map(([id, entry]) => [
      id,
      isResourceError(entry) ? [] : entry.dependencies.filter((used) => used !== id && entries.has(used)),
    ]),
  );

function turnRound(uses: Graph): Graph {
  const users = new Map<string, string[]>([...uses.keys()].map((id) => [id, []]));
  for (const [id, all] of uses) for (const used of all) users.get(used)?.push(id);
  return users;
}

/** The length of the longest chain that begins at each id. Goes by a list of its own: chains may be longer than the stack. */
function measureChains(graph: Graph): ReadonlyMap<string, number> {
  const lengths = new Map<string, number>();
  const open = new Set<string>();
  const path = [...graph.keys()];
  for (let id = path.at(-1); id !== undefined; id = path.at(-1)) {
    const next = graph.get(id) ?? [];
    // What is open already closes a circle, which has no length.
    const left =
      lengths.has(id) || open.has(id) ? [] : next.filter((one) => !lengths.has(one) && !open.has(one));
    if (left.length > 0) {
      open.add(id);
      path.push(...left);
      continue;
    }
    path.pop();
    open.delete(id);
    if (!lengths.has(id)) lengths.set(id, Math.max(0, ...next.map((one) => 1 + (lengths.get(one) ?? -1))));
  }
  return lengths;
}
