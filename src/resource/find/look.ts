import type { Found } from "../../cloudcontrol/protocol.ts";
import { ResourceError, isOfCaller, isResourceError } from "../../errors.ts";
import type { Props } from "../../json.ts";
import { identifierOf, parseIdentifier } from "../../schema/identifier.ts";
import { type TellingApart, apartBy, apartByNature } from "./keys.ts";
import { apartByAll, isUnclaimed } from "./by-all.ts";
import { search } from "./search.ts";
import { parentsIn } from "./siblings.ts";
import { type Context, nameOf, warn } from "../context.ts";

type AdoptOptions = Extract<Context["call"]["options"]["adopt"], object>;

/**
 * Looks for the resource that the call may adopt: by the identifier given, by the one that desired spells out, else
 * among its siblings by the properties named in `adopt.by`, by a natural key of its type, by another of its type's
 * identifiers, or by all that is stated: the only one that shows it, and that no other id has. Undefined when there is
 * none, or nothing to look by, which a warning says.
 */
export async function look(context: Context): Promise<Found | undefined> {
  const { call } = context;
  const { identifier: wanted, by }: AdoptOptions =
    typeof call.options.adopt === "object" ? call.options.adopt : {};
  if (wanted !== undefined) return readGiven(context, wanted);
  const identifier = identifierOf(call.facts, call.desired);
  if (identifier !== undefined) return read(context, identifier);
  const apart = by ? apartBy(call, by) : apartByNature(call);
  if (apart) return among(context, apart);
  const all = by ? undefined : apartByAll(call);
  // What another call has made, takes over or is just making may show the same.
  if (all) return among(context, { ...all, isUnclaimed: (found) => isUnclaimed(context, found) });
  return nothingToLookBy(
    context,
    by
      ? `adopt.by names ${by.join(", ") || "nothing"}, and not all of it is stated`
      : "nothing to look for an existing one by",
  );
}

/** What is looked for among siblings. */
interface Sought extends TellingApart {
  /** Leaves out those that are somebody else's. */
  readonly isUnclaimed?: ((found: Found) => boolean) | undefined;
}

async function readGiven(context: Context, wanted: string | Props): Promise<Found> {
  const { call } = context;
  const identifier = parseIdentifier(call.facts, wanted, { slash: call.note?.slashIdentifier === true });
  const found = await read(context, identifier);
  if (found) return found;
  throw new ResourceError("NOT_FOUND", `nothing to adopt: ${identifier} does not exist`, { identifier });
}

const read = (context: Context, identifier: string): Promise<Found | undefined> =>
  context.cloud.control.read(nameOf(context, identifier));

async function among(
  context: Context,
  { wanted, parents: more, isUnclaimed }: Sought,
): Promise<Found | undefined> {
  const { parents, missing } = parentsIn(context.call, more);
  if (!parents) return nothingToLookBy(context, `a list of these takes ${missing}, which is not stated`);
  return searchOrRefuse(context, parents, { wanted, isUnclaimed });
}

function nothingToLookBy(context: Context, why: string): Promise<undefined> {
  warn(context, `${why}: pass adopt: { identifier } or adopt: { by: [...] }`);
  return Promise.resolve(undefined);
}

async function searchOrRefuse(
  context: Context,
  parents: Props,
  { wanted, isUnclaimed }: Pick<Sought, "wanted" | "isUnclaimed">,
): Promise<Found | undefined> {
  const tell = (message: string): void => warn(context, message);
  try {
    return await search(context, { parents, wanted, tell, isUnclaimed });
  } catch (error) {
    // What is missing, may not be listed or has no list is for the create to complain of, not for the search.
    if (!isResourceError(error) || !isPassable(error)) throw error;
    warn(context, `could not look for an existing one: ${error.what}`);
    return undefined;
  }
}

const isPassable = (error: ResourceError): boolean =>
  ["missing", "denied", "invalid"].includes(error.kind) && error.code !== "VALIDATION" && !isOfCaller(error);
