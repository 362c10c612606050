import { existsSync, readFileSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Props } from "../../../src/json.ts";
import type { NaturalKey, Note } from "../../../src/services/note.ts";
import { noteOf } from "../../../src/services/notes.ts";
import { bundledTypes } from "../../../src/schema/bundled.ts";

const room = resolve(import.meta.dirname, "../../../src/services/data");
const registryFile = resolve(import.meta.dirname, "../../../../shared/schemas/registry.jsonl.gz");

/** Tells whether the registry's schemas lie beside the project; they are too large to lie inside it. */
export const hasRegistry: boolean = existsSync(registryFile);

/** The registry's schemas as they are, by type; empty where they are not at hand. */
export function registrySchemas(): Map<string, Props> {
  if (!hasRegistry) return new Map();
  const lines = gunzipSync(readFileSync(registryFile)).toString("utf8").trim().split("\n");
  return new Map(lines.map((line): [string, Props] => [JSON.parse(line).typeName, JSON.parse(line)]));
}

/** The notes as each file of the room exports them, whether `noteOf` knows of the file or not. */
export async function notesByFile(): Promise<{ file: string; type: string; note: Note }[]> {
  const modules = await Promise.all(
    readdirSync(room).map(async (file): Promise<[string, object]> => [file, await import(`${room}/${file}`)]),
  );
  return modules.flatMap(([file, module]) =>
    Object.values(module)
      .filter((notes) => typeof notes === "object")
      .flatMap((notes) => Object.entries<Note>(notes))
      .filter(([type]) => type.startsWith("AWS::"))
      .map(([type, note]) => ({ file, type, note })),
  );
}

/** Every type with a note. */
export const noted: readonly { type: string; note: Note }[] = bundledTypes().flatMap((type) => {
  const note = noteOf(type);
  return note ? [{ type, note }] : [];
});

/** Every natural key of every type; `rank` counts the keys of one type from 0. */
export const naturalKeys: readonly { type: string; note: Note; rank: number; key: NaturalKey }[] =
  noted.flatMap(({ type, note }) => (note.naturalKeys ?? []).map((key, rank) => ({ type, note, rank, key })));

/** A key as the pointer it stands for. */
export const pointerTo = (key: string): string => (key.startsWith("/") ? key : `/${key}`);
