import { jsonText } from "../unruly.ts";
import { createHash, randomUUID } from "node:crypto";
import { chmod, mkdir, readFile, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Props, canonical, equal, isProps } from "../json.ts";

/** Which schema is meant: of which type, and whose registry tells it. */
export interface SchemaKey {
  readonly type: string;
  readonly typeVersionId?: string | undefined;
  readonly region?: string | undefined;
  readonly endpoint?: string | undefined;
  /** Twelve digits, once known. */
  readonly account?: string | undefined;
  /** Stands for the account while that is unknown. */
  readonly profile?: string | undefined;
}

/** A registry schema and when AWS told it. */
export interface CachedSchema {
  /** Epoch ms. */
  readonly readAt: number;
  readonly schema: Props;
}

/** Keeps schemas from one run to the next. What it loses is asked again, so it may lose anything. */
export interface SchemaCache {
  read(key: SchemaKey): Promise<CachedSchema | undefined>;
  write(key: SchemaKey, value: CachedSchema): Promise<void>;
}

/**
 * Keeps each schema in a file of the folder, made on the first write, after what `begin` makes. A file that cannot be
 * read or holds something else counts as none; a reader never meets half of one.
 */
export function fileSchemaCache(folder: string, begin: () => void = () => undefined): SchemaCache {
  let isSwept = false;
  return {
    async read(key) {
      const text = await readFile(join(folder, fileOf(key)), "utf8").catch(() => undefined);
      return text === undefined ? undefined : cachedIn(text, key);
    },
    async write(key, { readAt, schema }) {
      begin();
      // Modes are set once more, for the umask takes from those that things are made with.
      if ((await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined) await chmod(folder, 0o700);
      if (!isSwept) await sweep(folder);
      isSwept = true;
      const made = join(folder, `.${randomUUID()}.tmp`);
      try {
        const text = jsonText({ version: 1, key: plain(key), readAt, schema });
        await writeFile(made, text, { mode: 0o600 });
        await chmod(made, 0o600);
        await rename(made, join(folder, fileOf(key)));
      } catch (error) {
        await rm(made, { force: true });
        throw error;
      }
    },
  };
}

/** Longer than any write takes, in ms. */
const oldMs = 60_000;

/** Removes what processes that were killed half-way through a write have left. */
async function sweep(folder: string): Promise<void> {
  const left = (await readdir(folder)).filter((name) => /^\.[\da-f-]{36}\.tmp$/.test(name));
  for (const path of left.map((name) => join(folder, name))) {
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > oldMs) await rm(path, { force: true });
  }
}

/** The type, for people; a digest of the whole key, for the rest. */
function fileOf(key: SchemaKey): string {
  const digest = createHash("sha256")
    .update(canonical(plain(key)))
    .digest("hex")
    .slice(0, 16);
  return `${key.type.replaceAll(/[^A-Za-z0-9]+/g, "-").slice(0, 100)}.${digest}.json`;
}

/** The key as JSON: what is unknown is left out. */
function plain(key: SchemaKey): Props {
  const { type, typeVersionId, region, endpoint, account, profile } = key;
  const parts = Object.entries({ type, typeVersionId, region, endpoint, account, profile });
  return Object.fromEntries(parts.flatMap(([name, part]) => (part === undefined ? [] : [[name, part]])));
}

function cachedIn(text: string, key: SchemaKey): CachedSchema | undefined {
  const found = tryParse(text);
  if (!isProps(found) || found["version"] !== 1 || !equal(found["key"], plain(key))) return undefined;
  const { readAt, schema } = found;
  return typeof readAt === "number" && isProps(schema) ? { readAt, schema } : undefined;
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
