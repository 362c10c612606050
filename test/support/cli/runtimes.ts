import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Ended, ended } from "./started.ts";

const root = resolve(import.meta.dirname, "../../..");
const tsx = pathToFileURL(join(root, "node_modules/tsx/dist/esm/index.mjs")).href;

/** What may run a script. */
export interface Runtime {
  readonly name: string;
  /** The program; none where it could not be had. */
  readonly program: string | undefined;
  /** What stands before the name of a file that it runs. */
  readonly before: readonly string[];
  /** And besides before that of a file of TypeScript. */
  readonly types: readonly string[];
  /** Why it could not. */
  readonly missing: string;
  /** Whether the command line runs scripts there. */
  readonly isNode: boolean;
}

/** One of them as the package registry has it. */
interface Offer {
  readonly name: string;
  readonly packages: readonly string[];
  /** Folders below node_modules, of which a `*` stands for any one, and the program in them. */
  readonly programs: readonly string[];
  readonly before: readonly string[];
  readonly types: readonly string[];
  readonly isNode: boolean;
}

const node = (version: number): Offer => ({
  name: `Node ${version}`,
  // The first fetches the second while it is installed, which not every machine lets it do.
  packages: [`node@${version}`, `node-${process.platform}-${process.arch}@${version}`],
  programs: ["node/bin/node", `node-${process.platform}-${process.arch}/bin/node`],
  before: [],
  types: ["--import", tsx],
  isNode: true,
});

const offers: readonly Offer[] = [
  node(20),
  node(22),
  node(24),
  {
    name: "Bun",
    packages: ["bun"],
    programs: ["bun/bin/bun.exe", "@oven/*/bin/bun"],
    before: [],
    types: [],
    isNode: false,
  },
  {
    name: "Deno",
    packages: ["deno"],
    programs: ["@deno/*/deno"],
    before: ["run", "-A"],
    types: [],
    isNode: false,
  },
];

/** The Node that runs this. */
const running: Runtime = {
  name: `Node ${process.versions.node}`,
  program: process.execPath,
  before: [],
  types: ["--import", tsx],
  missing: "",
  isNode: true,
};

/** Gets Node 20, 22 and 24, Bun and Deno where all are asked for, else the Node that runs this; `end` removes them. */
export function runtimesOf(all: boolean): {
  readonly runtimes: readonly Runtime[];
  readonly end: () => void;
} {
  if (!all) return { runtimes: [running], end: () => undefined };
  const folder = mkdtempSync(join(tmpdir(), "await-aws-runtimes-"));
  return {
    runtimes: offers.map((offer) => fetched(offer, join(folder, offer.name))),
    end: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function fetched({ packages, programs, ...offer }: Offer, folder: string): Runtime {
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), "{}");
  let missing = "";
  for (const one of packages) {
    try {
      execFileSync("npm", ["install", "--no-audit", "--no-fund", "--no-save", one], {
        cwd: folder,
        stdio: "pipe",
        timeout: 240_000,
      });
    } catch (error) {
      missing = `npm install ${one}: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`;
      continue;
    }
    const program = programs
      .flatMap((path) => found(join(folder, "node_modules"), path.split("/")))
      .find(isSound);
    if (program !== undefined) return { ...offer, program, missing: "" };
    missing = `npm install ${one} has brought no program for ${process.platform}-${process.arch}`;
  }
  return { ...offer, program: undefined, missing };
}

function found(folder: string, [part, ...rest]: readonly string[]): string[] {
  if (!existsSync(folder)) return [];
  if (part === undefined) return [folder];
  const names = part === "*" ? readdirSync(folder) : [part];
  return names.flatMap((name) => found(join(folder, name), rest));
}

function isSound(program: string): boolean {
  try {
    execFileSync(program, ["--version"], { stdio: "pipe" });
    return true;
  } catch {
    return false;
  }
}

/** Runs a file by a runtime to its end; the first word is its name. */
export function runBy(
  { program = "", before, types }: Runtime,
  [file = "", ...words]: readonly string[],
  environment: Readonly<Record<string, string>>,
  cwd: string,
): Promise<Ended> {
  const env = { ...process.env, NO_COLOR: "1", ...environment };
  const taking = file.endsWith(".ts") ? types : [];
  return ended(spawn(program, [...before, ...taking, file, ...words], { cwd, env }));
}

/** The built command line. */
export const commandLine = join(root, "dist/cli/main.js");
