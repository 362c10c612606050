import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { bundledFacts } from "../../../src/schema/bundled.ts";
import type { Facts } from "../../../src/schema/facts.ts";
import { factsFromSchema } from "../../../src/schema/from-schema.ts";

const file = resolve(import.meta.dirname, "../../../../shared/schemas/registry.jsonl.gz");

/** Tells whether the registry's schemas lie beside the project; they are too large to lie inside it. */
export const hasRegistry: boolean = existsSync(file);

/** One type as the registry describes it and as this version carries it. */
export interface Pair {
  readonly type: string;
  readonly told: Facts;
  readonly carried: Facts;
}

/** Every type of the registry that this version carries; none where the schemas are not at hand. */
export function pairs(): Pair[] {
  if (!hasRegistry) return [];
  const lines = gunzipSync(readFileSync(file)).toString("utf8").trim().split("\n");
  return lines.flatMap((line) => {
    const told = factsFromSchema(JSON.parse(line));
    const type = told.type ?? "";
    const carried = bundledFacts(type);
    return carried ? [{ type, told, carried }] : [];
  });
}
