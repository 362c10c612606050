import type { StatedResource, TellingApart } from "./keys.ts";
import { isTelling } from "./match.ts";
import { parentsIn } from "./siblings.ts";

/**
 * All that is stated beside the parents, for a type that nothing else tells apart: whoever shows all of it is the one.
 * Undefined where nothing is stated that a read would show.
 */
export function apartByAll(stated: StatedResource): TellingApart | undefined {
  const { facts, desired } = stated;
  const parents = Object.keys(parentsIn(stated).parents ?? {});
  const isShown = (name: string): boolean =>
    !parents.includes(name) && !(facts.writeOnly ?? []).some((pattern) => pattern.split("/")[1] === name);
  const wanted = Object.fromEntries(Object.entries(desired).filter(([name]) => isShown(name)));
  return Object.values(wanted).some(isTelling) ? { wanted, parents: [] } : undefined;
}
