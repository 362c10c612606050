import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished } from "vitest";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../../src/emulator/index.ts";
import { type Ended, ended, start } from "./started.ts";

const root = resolve(import.meta.dirname, "../../..");

/** A folder with a package.json that has this package installed, and a cloud for it. */
export interface Project {
  readonly emulator: Emulator;
  readonly folder: string;
  readonly write: (name: string, text: string) => void;
  /** Runs the command line in the project's folder; what it writes holds no escape code. */
  readonly run: (...args: string[]) => Promise<Ended>;
  /** The same in an environment that differs in this. */
  readonly runWith: (environment: Record<string, string>, ...args: string[]) => Promise<Ended>;
}

/** Makes a project. */
export async function project(options: EmulatorOptions = {}): Promise<Project> {
  const emulator = await startEmulator({ operationMs: 1, ...options });
  onTestFinished(() => emulator.close());
  const folder = mkdtempSync(join(tmpdir(), "await-aws-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/await-aws"), "dir");
  const write: Project["write"] = (name, text) => writeFileSync(join(folder, name), text);
  write("package.json", '{ "type": "module" }');
  const environment = { AWS_ENDPOINT_URL: emulator.url, AWAIT_AWS_LOG: "", CI: "1" };
  const runWith: Project["runWith"] = async (more, ...args) => {
    const outcome = await ended(start(args, { ...environment, ...more }, folder));
    expect(outcome.stdout + outcome.stderr).not.toContain("\u001b[");
    return outcome;
  };
  return { emulator, folder, write, run: (...args) => runWith({}, ...args), runWith };
}

/** The last parts of the identifiers of all that is there. */
export const namesIn = ({ emulator }: Pick<Project, "emulator">): string[] =>
  emulator
    .resources()
    .map(({ Identifier }) => Identifier.split("/").at(-1) ?? "")
    .toSorted();

/** How many creates were sent. */
export const createsIn = ({ emulator }: Pick<Project, "emulator">): number =>
  emulator.calls.filter(({ api }) => api === "CreateResource").length;
