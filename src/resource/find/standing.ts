import { isResourceError } from "../../errors.ts";
import { nameWithin, namesBorne } from "../../schema/bears-name.ts";
import type { Context } from "../context.ts";
import { parentsIn, siblings } from "./siblings.ts";

/** For so long one list serves all the creates of its type. */
const freshMs = 10_000;

/** An account with more of a type is not gone through for the sake of one create. */
const mostListed = 2_000;

/**
 * Whether nobody has the name of which AWS will make the identifier; undefined where AWS names by itself, and where no
 * list tells.
 */
export async function isNameFree(context: Context): Promise<boolean | undefined> {
  const { facts, desired } = context.call;
  const name = nameWithin(facts, desired);
  if (name === undefined) return undefined;
  const names = await standing(context);
  return names && !names.has(name);
}

/** The names that the siblings bear that stand already. Where they are too many, or nobody may list them, that is asked once. */
function standing(context: Context): Promise<ReadonlySet<string> | undefined> {
  const { call, cloud, scope } = context;
  const { parents } = parentsIn(call);
  if (!parents || call.facts.handlers?.includes("list") === false) return Promise.resolve(undefined);
  const key = JSON.stringify([call.type, cloud.home.region, call.options.profile, parents]);
  const known = scope.journal.standing.get(key);
  if (known && scope.now() - known.askedAt < freshMs) return known.names;
  const giveUp = (): void => void scope.journal.standing.set(key, { ...listing, askedAt: Infinity });
  const listing = { askedAt: scope.now(), names: namesListed(context, parents, giveUp) };
  scope.journal.standing.set(key, listing);
  return listing.names;
}

async function namesListed(
  context: Context,
  parents: Parameters<typeof siblings>[1],
  giveUp: () => void,
): Promise<ReadonlySet<string> | undefined> {
  const found: string[] = [];
  try {
    for await (const { identifier } of siblings(context, parents)) {
      found.push(identifier);
      if (found.length <= mostListed) continue;
      giveUp();
      return undefined;
    }
    return namesBorne(context.call.facts, found);
  } catch (error) {
    // Who may not list cannot know. Whatever else is wrong the create itself will tell, which a stopped run sends no more.
    const isStopped = isResourceError(error) && ["ABORTED", "TIMEOUT"].includes(error.code);
    if (!isResourceError(error) || isStopped) throw error;
    if (error.kind === "denied") giveUp();
    return undefined;
  }
}
