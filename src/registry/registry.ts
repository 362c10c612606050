import type { ResourceError } from "../errors.ts";
import type { Props } from "../json.ts";
import type { Facts } from "../schema/facts.ts";
import { factsFromSchema } from "../schema/from-schema.ts";
import type { Where, Wire } from "../wire/client.ts";
import { failureOf } from "../wire/failure.ts";
import { completeFacts, shippedFactsOf } from "./complete.ts";
import { type Describe, makeDescriber } from "./describe.ts";
import type { CachedSchema, SchemaCache, SchemaKey } from "./schema-cache.ts";

/** What one account and region know of types, private and third-party ones included. */
export interface Registry {
  /**
   * Resolves with the facts of a type and never rejects: where AWS does not tell, those of an earlier run or of this
   * version serve, and a type that neither knows has its name alone.
   */
  facts(type: string, typeVersionId?: string): Promise<Facts>;
}

/** What a registry works with. */
export interface RegistryOptions {
  /** `bundled` asks nobody and keeps nothing. */
  readonly schemas: "live" | "bundled";
  /** Keeps schemas between runs; undefined asks anew in every run. */
  readonly cache: SchemaCache | undefined;
  /** Whose registry it is, once known: twelve digits. Only tells cached schemas apart. */
  readonly account?: string | undefined;
  /** How old a cached schema may be before AWS is asked again; 7 days unless told. */
  readonly maxAgeMs?: number | undefined;
  /** Epoch ms. */
  readonly now: () => number;
  /** Told once, however many types AWS does not describe. */
  readonly onEvent: (message: string) => void;
}

const week = 7 * 24 * 60 * 60 * 1000;

/** Opens the registry that these clients see. Nothing is asked before the first type, and no type is asked twice. */
export function openRegistry(where: Where, wire: Wire, options: RegistryOptions): Registry {
  const desk: Desk = { ...options, describe: makeDescriber(where, wire), tell: once(options) };
  const known = new Map<string, Promise<Facts>>();
  return {
    facts(type, typeVersionId) {
      if (options.schemas === "bundled") return Promise.resolve(shippedFactsOf(type));
      const name = JSON.stringify([type, typeVersionId]);
      const facts = known.get(name) ?? factsOf(desk, keyOf(where, options, { type, typeVersionId }));
      known.set(name, facts);
      return facts;
    },
  };
}

interface Desk extends Pick<RegistryOptions, "cache" | "now" | "maxAgeMs"> {
  readonly describe: Describe;
  readonly tell: (type: string, error: ResourceError) => void;
}

async function factsOf(desk: Desk, key: SchemaKey): Promise<Facts> {
  const kept = await recallSchema(desk, key);
  if (kept?.fresh === true) return kept.facts;
  const told = await askNow(desk, key);
  if (told.facts) return told.facts;
  desk.tell(key.type, told.error);
  return kept && told.error.code !== "UNSUPPORTED_TYPE" ? kept.facts : shippedFactsOf(key.type);
}

interface RecalledSchema {
  readonly facts: Facts;
  readonly fresh: boolean;
}

/** What an earlier run has kept; a schema that makes no sense counts as none. */
async function recallSchema(
  { cache, now, maxAgeMs = week }: Desk,
  key: SchemaKey,
): Promise<RecalledSchema | undefined> {
  try {
    const kept = await cache?.read(key);
    if (!kept) return undefined;
    const age = now() - kept.readAt;
    return { facts: read(key.type, kept.schema), fresh: age >= 0 && age < maxAgeMs };
  } catch {
    return undefined;
  }
}

type DescribedType = { readonly facts: Facts } | { readonly facts?: never; readonly error: ResourceError };

async function askNow(desk: Desk, key: SchemaKey): Promise<DescribedType> {
  try {
    const schema = await desk.describe(key.type, key.typeVersionId);
    const facts = read(key.type, schema);
    await keep(desk, key, { readAt: desk.now(), schema });
    return { facts };
  } catch (thrown) {
    return { error: failureOf(thrown) };
  }
}

const read = (type: string, schema: Props): Facts => completeFacts(type, factsFromSchema(schema));

/** A schema that cannot be kept is asked again in the next run: no reason to stop this one. */
async function keep({ cache }: Desk, key: SchemaKey, value: CachedSchema): Promise<void> {
  await cache?.write(key, value).catch(() => undefined);
}

function keyOf(
  { region, endpoint, profile }: Where,
  { account }: RegistryOptions,
  version: Pick<SchemaKey, "type" | "typeVersionId">,
): SchemaKey {
  return { ...version, region, endpoint, ...(account === undefined ? { profile } : { account }) };
}

function once({ onEvent }: RegistryOptions): Desk["tell"] {
  let said = false;
  return (type, { code, what }) => {
    if (said) return;
    said = true;
    onEvent(
      `CloudFormation's registry did not describe ${type} (${code}: ${what}). ` +
        `Earlier or bundled schemas serve; the caller needs cloudformation:DescribeType for those of the account.`,
    );
  };
}
