import { doorFiles } from "./door-files.ts";
import { factsFiles } from "./facts-files.ts";
import { writeFiles } from "./files.ts";
import { loadSpec } from "./spec.ts";

/** Writes everything that is derived from the service specification into a folder, which then holds nothing else. */
export async function generate(folder: string): Promise<void> {
  const spec = await loadSpec();
  await writeFiles(folder, new Map([...factsFiles(spec), ...doorFiles(spec)]));
}
