import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { KeptObject } from "./objects.ts";
import type { Request } from "./request.ts";
import type { Resource } from "./resource.ts";

/** What the data file holds. */
export interface KeptData {
  readonly resources: readonly Resource[];
  readonly requests: readonly Request[];
  /** Of S3; absent where there are none. */
  readonly objects?: readonly KeptObject[];
}

/** Reads the cloud from its file; a missing file is an empty cloud, a damaged one is an error. */
export function load(file: string): KeptData {
  if (!existsSync(file)) return { resources: [], requests: [] };
  const found: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (isKept(found)) return found;
  throw new Error(`${file} holds no emulated cloud of this version: move it away to start an empty one.`);
}

function isKept(value: unknown): value is KeptData & { version: 1 } {
  return (
    typeof value === "object" &&
    value !== null &&
    "version" in value &&
    value.version === 1 &&
    "resources" in value &&
    Array.isArray(value.resources) &&
    "requests" in value &&
    Array.isArray(value.requests)
  );
}

/** Writes the cloud to its file in one step, so that no reader meets half of it. Mode 0600: it holds secrets. */
export function save(file: string, kept: KeptData): void {
  mkdirSync(dirname(file), { recursive: true });
  const beside = `${file}.${process.pid}.tmp`;
  writeFileSync(beside, `${JSON.stringify({ version: 1, ...kept }, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(beside, file);
}
