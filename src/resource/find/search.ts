import type { Found } from "../../cloudcontrol/protocol.ts";
import { ResourceError, isOfCaller, isResourceError } from "../../errors.ts";
import type { Props } from "../../json.ts";
import { makeMatcher, wordsOf } from "./match.ts";
import { inParallel, readsAtATime } from "./parallel.ts";
import { siblings } from "./siblings.ts";
import { type ReadContext, nameOf } from "../context.ts";

/** What is looked for, and where. */
export interface Search {
  /** The properties that the list is asked with. */
  readonly parents: Props;
  /** What the one looked for has. */
  readonly wanted: Props;
  /** Told where many had to be read, or some could not be. */
  readonly tell: (message: string) => void;
  /** Leaves out those that are somebody else's. */
  readonly isUnclaimed?: ((found: Found) => boolean) | undefined;
  /** What to do where several are found. */
  readonly advice?: string | undefined;
}

/**
 * Finds the one resource that has what is wanted; undefined when there is none, `AMBIGUOUS` naming every candidate
 * when there are several. Whatever the list leaves open is read; what vanishes meanwhile is none.
 */
export async function search(
  looking: ReadContext,
  { parents, wanted, tell, advice, isUnclaimed = () => true }: Search,
): Promise<Found | undefined> {
  const { type, facts } = looking.call;
  const match = makeMatcher(facts, wanted);
  const matching: Found[] = [];
  let reads = 0;
  const unread: string[] = [];
  const read = async ({ identifier }: Found): Promise<Found | undefined> => {
    reads += 1;
    try {
      return await looking.cloud.control.read(nameOf(looking, identifier));
    } catch (error) {
      // One that may not be read, or that breaks its handler, cannot be taken over: the others still can.
      if (!isResourceError(error) || !["denied", "invalid"].includes(error.kind) || isOfCaller(error))
        throw error;
      unread.push(`${identifier} (${error.code})`);
      return undefined;
    }
  };
  const candidates = filterItems(siblings(looking, parents), ({ live }) => match.mayHave(live));
  for await (const found of inParallel(candidates, readsAtATime, read)) {
    if (found && match.has(found.live) && isUnclaimed(found)) matching.push(found);
  }
  if (reads > readsAtATime) tell(`${reads} were read to find the one with ${wordsOf(wanted)}`);
  if (unread.length > 0) tell(`could not read ${unread.join(", ")}`);
  return onlyOne(matching, { type, wanted, advice });
}

async function* filterItems<T>(items: AsyncIterable<T>, isWanted: (item: T) => boolean): AsyncGenerator<T> {
  for await (const item of items) if (isWanted(item)) yield item;
}

function onlyOne(
  matching: readonly Found[],
  { type, wanted, advice }: Pick<Search, "wanted" | "advice"> & { readonly type: string },
): Found | undefined {
  if (matching.length <= 1) return matching[0];
  const identifiers = matching.map(({ identifier }) => identifier).join(", ");
  const what = `${matching.length} resources have ${wordsOf(wanted)}: ${identifiers}`;
  throw new ResourceError("AMBIGUOUS", what, { type, advice });
}
