import type { Found } from "../cloudcontrol/protocol.ts";
import { ResourceError, isResourceError } from "../errors.ts";
import { type Props, equal } from "../json.ts";
import { identifierOf, parseIdentifier } from "../schema/identifier.ts";
import type { AdoptOptions } from "./options.ts";
import { type Context, type Looking, nameOf, warn } from "./write.ts";

/** What tells a resource apart among its siblings. */
interface NaturalKey {
  readonly parents: readonly string[];
  readonly keys: readonly string[];
}

/**
 * Looks for the resource that the call may adopt: by the identifier given, by the one that desired spells out, else
 * by its natural key among its siblings. Undefined when there is none, or nothing to look by.
 */
export async function look(context: Context): Promise<Found | undefined> {
  const { call } = context;
  const options: AdoptOptions = typeof call.options.adopt === "object" ? call.options.adopt : {};
  if (options.identifier !== undefined) return given(context, options.identifier);
  const identifier = identifierOf(call.facts, call.desired);
  if (identifier !== undefined) return read(context, identifier);
  const key = options.by ? { parents: call.note?.listNeeds ?? [], keys: options.by } : call.note?.naturalKey;
  if (key && [...key.parents, ...key.keys].every((name) => call.desired[name] !== undefined)) {
    return among(context, key);
  }
  warn(context, "nothing to look for an existing one by: pass adopt: { identifier } or adopt: { by: [...] }");
  return undefined;
}

async function among(context: Context, key: NaturalKey): Promise<Found | undefined> {
  try {
    return await withKey(context, key);
  } catch (error) {
    // A parent that is missing or may not be listed is for the create to complain of, not for the search.
    if (!isResourceError(error) || !["missing", "denied"].includes(error.kind)) throw error;
    warn(context, `could not look for an existing one: ${error.what}`);
    return undefined;
  }
}

async function given(context: Context, wanted: string | Props): Promise<Found> {
  const { call } = context;
  const identifier = parseIdentifier(call.facts, wanted, { slash: call.note?.slashIdentifier === true });
  const found = await read(context, identifier);
  if (found) return found;
  throw new ResourceError("NOT_FOUND", `nothing to adopt: ${identifier} does not exist`, { identifier });
}

const read = ({ cloud, call }: Looking, identifier: string): Promise<Found | undefined> =>
  cloud.control.read(nameOf({ call }, identifier));

/** The one resource whose keys are as desired; `AMBIGUOUS` when there are several. */
export async function withKey(looking: Looking, key: NaturalKey): Promise<Found | undefined> {
  const { desired } = looking.call;
  const parents: Props = Object.fromEntries(key.parents.map((name) => [name, desired[name] ?? null]));
  const matching: Found[] = [];
  for await (const sibling of siblings(looking, parents)) {
    const whole = key.keys.every((name) => sibling.live[name] !== undefined);
    const found = whole ? sibling : await read(looking, sibling.identifier);
    if (found && key.keys.every((name) => equal(found.live[name], desired[name]))) matching.push(found);
  }
  const [only, ...others] = matching;
  if (only === undefined) return undefined;
  if (others.length === 0) return read(looking, only.identifier);
  const said = key.keys.map((name) => `${name} ${JSON.stringify(desired[name])}`).join(", ");
  const identifiers = matching.map((found) => found.identifier).join(", ");
  throw new ResourceError("AMBIGUOUS", `${matching.length} resources have ${said}: ${identifiers}`, {
    type: looking.call.type,
  });
}

/** What stands below the parents, from the service's own list or from ListResources; the models may be sparse. */
export async function* siblings({ cloud, call }: Looking, parents: Props): AsyncGenerator<Found> {
  if (!cloud.lister?.lists(call.type)) {
    yield* cloud.control.list({ TypeName: call.type, parents });
    return;
  }
  for await (const live of cloud.lister.list(call.type, parents)) {
    const identifier = identifierOf(call.facts, live);
    if (identifier !== undefined) yield { identifier, live };
  }
}
