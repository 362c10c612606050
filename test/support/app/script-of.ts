import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { onTestFinished } from "vitest";

const door = pathToFileURL(join(import.meta.dirname, "../../../src/index.ts")).href;

/** Makes the program of a run from the text of a script. */
export function programOf(text: string): () => Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), "await-aws-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "script.mjs");
  writeFileSync(file, text.replace('"await-aws"', JSON.stringify(door)));
  return () => import(pathToFileURL(file).href);
}
