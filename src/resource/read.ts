import type { Found } from "../cloudcontrol/protocol.ts";
import { ResourceError, isResourceError } from "../errors.ts";
import { type Json, type Props, isProps } from "../json.ts";
import { bundledFacts } from "../schema/bundled.ts";
import { identifierOf, parseIdentifier } from "../schema/identifier.ts";
import { toProps } from "../schema/input.ts";
import { noteOf } from "../services/notes.ts";
import { currentScope } from "../scope/ambient.ts";
import { siblings, withKey } from "./look.ts";
import type { CallOptions } from "./options.ts";
import { originOf, outputsOf } from "./outputs.ts";
import { type Looking, nameOf } from "./write.ts";

/** Reads one resource by its identifier; `NOT_FOUND` when there is none. */
export async function get(
  type: string,
  identifier: string | Props,
  options: CallOptions = {},
): Promise<Props> {
  const looking = await lookingFor(type, {}, options);
  const { facts, note } = looking.call;
  const name = placed(type, () =>
    parseIdentifier(facts, identifier, { slash: note?.slashIdentifier === true }),
  );
  const found = await looking.cloud.control.read(nameOf(looking, name));
  if (!found) throw new ResourceError("NOT_FOUND", `${name} does not exist`, { type, identifier: name });
  return outputs(type, found);
}

/** Finds the one resource with these properties; undefined when there is none, `AMBIGUOUS` when there are more. */
export async function find(type: string, key: Props, options: CallOptions = {}): Promise<Props | undefined> {
  const looking = await lookingFor(type, key, options);
  const { facts, desired, note } = looking.call;
  const identifier = identifierOf(facts, desired);
  if (identifier !== undefined) {
    const found = await looking.cloud.control.read(nameOf(looking, identifier));
    return found && outputs(type, found);
  }
  const parents = (note?.listNeeds ?? note?.naturalKey?.parents ?? []).filter((name) => name in desired);
  const keys = Object.keys(desired).filter((name) => !parents.includes(name));
  const found = await withKey(looking, { parents, keys });
  return found && outputs(type, found);
}

/** Lists what exists below `parents`, page by page; what the list leaves out of a model is read. */
export async function* list(
  type: string,
  parents: Props = {},
  options: CallOptions = {},
): AsyncGenerator<Props> {
  const looking = await lookingFor(type, parents, options);
  for await (const sibling of siblings(looking, looking.call.desired)) {
    const found = await looking.cloud.control.read(nameOf(looking, sibling.identifier));
    if (found) yield outputs(type, found);
  }
}

const outputs = (type: string, found: Found): Props =>
  outputsOf({ id: found.identifier, type }, found.identifier, {}, found.live);

/** Reads ask in the scope's cloud but declare nothing: no id is seen and no entry is made. */
async function lookingFor(type: string, given: Props, options: CallOptions): Promise<Looking> {
  const cloud = await currentScope().cloud(options);
  const facts = bundledFacts(type) ?? (await cloud.facts(type));
  const desired = placed(type, () => toProps(given, { replace: (value, at) => referenced(value, at) }));
  const { roleArn } = options;
  return { cloud, call: { type, facts, note: noteOf(type), desired, options: { roleArn } } };
}

/** `{ ApiId: api }` means the ApiId of that resource. */
function referenced(value: object, at: string): Json | undefined {
  const name = at.slice(1);
  return at !== "" && originOf(value) && isProps(value) ? value[name] : undefined;
}

function placed<T>(type: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw isResourceError(error) ? error.at({ type }) : error;
  }
}
