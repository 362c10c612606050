import { type Props } from "../../json.ts";
import { childrenOf, unlistedBelow } from "../../resource/find/children.ts";
import { get, list } from "../../resource/direct/read.ts";
import { bundledFacts } from "../../schema/bundled.ts";
import type { Facts } from "../../schema/facts.ts";
import type { Scope } from "../../scope/scope.ts";

/** What to import: resources by type and identifier, and whether all that lives below them comes along. */
export interface ImportRequest {
  readonly app: string;
  readonly resources: readonly { readonly type: string; readonly identifier: string }[];
  readonly tree?: boolean;
  /** Records the entries too, so that the script need not adopt. */
  readonly write?: boolean;
}

/** What was read of one resource. */
export interface ReadResource {
  readonly type: string;
  readonly identifier: string;
  readonly live: Props;
  readonly facts: Facts;
  readonly id: string;
}

/** All that was read, and the types that may live below it and that nothing lists. */
export interface ImportReading {
  readonly found: readonly ReadResource[];
  readonly unlisted: readonly string[];
}

type Nameless = Omit<ReadResource, "id">;

/** Reads what is asked for, each resource once, and gives each an id. */
export async function readAll(
  scope: Scope,
  { resources, tree = false }: ImportRequest,
): Promise<ImportReading> {
  const found = new Map<string, Nameless>();
  const unlisted = new Set<string>();
  const add = async (type: string, outputs: Props): Promise<void> => {
    const read = {
      type,
      live: { ...outputs },
      facts: await factsOf(scope, type),
      identifier: identifierIn(outputs),
    };
    const key = JSON.stringify([type, read.identifier]);
    if (found.has(key)) return;
    found.set(key, read);
    if (!tree) return;
    const identity = (read.facts.primaryIdentifier ?? []).map((pointer) => pointer.slice(1));
    const parents = Object.fromEntries(identity.map((name) => [name, outputs[name] ?? ""]));
    for (const child of unlistedBelow(type, identity)) unlisted.add(child);
    for (const child of childrenOf(type, identity)) {
      for await (const live of list(child, parents)) await add(child, live);
    }
  };
  for (const { type, identifier } of resources) await add(type, await get(type, identifier));
  return { found: giveIds([...found.values()]), unlisted: [...unlisted] };
}

/** The facts at hand; of a type that this version does not know, what the registry tells. */
async function factsOf(scope: Scope, type: string): Promise<Facts> {
  return bundledFacts(type) ?? (await scope.cloud({})).facts(type);
}

const identifierIn = ({ identifier }: Props): string => textIn(identifier);

const textIn = (value: unknown): string => (typeof value === "string" ? value : "");

/** Gives each an id: its name where it has one, else its type; a number tells apart what is left the same. */
function giveIds(found: readonly Nameless[]): ReadResource[] {
  const taken = new Set<string>();
  return found.map((read) => {
    const plain = nameOf(read);
    let id = plain;
    for (let n = 2; taken.has(id.toLowerCase()); n += 1) id = `${plain}-${n}`;
    taken.add(id.toLowerCase());
    return { ...read, id };
  });
}

function nameOf({ type, live, facts }: Nameless): string {
  const kind = (type.split("::")[2] ?? type).replace(/(?<=[a-z0-9])(?=[A-Z])/g, "-").toLowerCase();
  const readOnly = new Set(facts.readOnly);
  const telling = Object.keys(live).find(
    (name) => /(?:Name|Key)$/.test(name) && !readOnly.has(`/${name}`) && typeof live[name] === "string",
  );
  const words = textIn(telling === undefined ? undefined : live[telling])
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return words === "" ? kind : `${kind}-${words.toLowerCase().slice(0, 40)}`;
}
