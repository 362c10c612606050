import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { type Props, isProps } from "../../json.ts";
import type { Facts } from "../../schema/facts.ts";
import { factsFromSchema } from "../../schema/from-schema.ts";

/** Registry schemas by type name. */
export type Schemas = ReadonlyMap<string, Props>;

/** Reads a file of registry schemas, one JSON document a line, plain or (when its name ends in `.gz`) compressed. */
export function loadSchemas(file: string): Schemas {
  const bytes = readFileSync(file);
  const lines = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8").split("\n");
  return new Map(
    lines.flatMap((line, i) => (line.trim() === "" ? [] : [documentIn(line, `${file}:${i + 1}`)])),
  );
}

function documentIn(line: string, place: string): [type: string, schema: Props] {
  const schema = tryParse(line);
  if (isProps(schema) && typeof schema["typeName"] === "string") return [schema["typeName"], schema];
  throw new Error(`${place} is no registry schema: it takes one JSON object a line, with a typeName.`);
}

function tryParse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Knows types as their schemas describe them, and those without a schema as `others` does. */
export function factsIn(
  schemas: Schemas,
  others: (type: string) => Facts | undefined,
): (type: string) => Facts | undefined {
  const read = new Map<string, Facts>();
  return (type) => {
    const schema = schemas.get(type);
    if (!schema) return others(type);
    const facts = read.get(type) ?? factsFromSchema(schema);
    read.set(type, facts);
    return facts;
  };
}
