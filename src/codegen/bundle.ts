import { readdir } from "node:fs/promises";
import { resolve } from "node:path";
import { build } from "esbuild";

/** The modules that package.json leads to, beside the doors of the services. */
const doors = ["index", "diff/index", "state/index", "sql/index", "emulator/index", "cli/main"];

/**
 * Puts the sources together into the doors and the pieces that they share. A script pays for each module that it loads,
 * about a third of a millisecond, and ours are some 330 in a run that changes nothing: as files of their own they cost
 * such a script more than Node itself. What is imported when it is used stays a piece of its own.
 *
 * Pieces lie one folder down, as the modules do that look for `generated/` beside them. Nothing is minified: stacks
 * name our functions, and maps lead to the sources.
 */
export async function bundle(source: string, target: string): Promise<void> {
  const services = await readdir(resolve(source, "generated/services"));
  await build({
    entryPoints: [
      ...doors.map((door) => resolve(source, `${door}.ts`)),
      ...services.map((name) => resolve(source, "generated/services", name)),
    ],
    outbase: source,
    outdir: target,
    chunkNames: "lib/[hash]",
    bundle: true,
    splitting: true,
    packages: "external",
    format: "esm",
    platform: "node",
    target: "node20.19",
    sourcemap: true,
    sourcesContent: false,
    legalComments: "none",
    logLevel: "warning",
  });
}
