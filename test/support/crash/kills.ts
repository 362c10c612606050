import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { reconcile } from "../../../src/app/reconcile.ts";
import { startEmulator } from "../../../src/emulator/index.ts";
import { jsonFileStore } from "../../../src/state/json-file.ts";
import { expectExact } from "./exact.ts";
import { declaredCount, twelve } from "./twelve.ts";

const script = join(import.meta.dirname, "deploy-twelve.ts");
const root = join(import.meta.dirname, "../../..");

/** How many processes run at a time. */
const abreast = 4;

/** Starts a process that deploys the 12 resources. */
export function deploying(endpoint: string, folder: string): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", script, endpoint, folder], { cwd: root });
}

/** Waits until a process has said that it begins. */
export async function begun({ stdout }: ChildProcess): Promise<void> {
  if (stdout) await once(stdout, "data");
}

/** Waits for the end of a process; returns its exit code, or the signal that ended it, and what it complained of. */
export async function endOf(child: ChildProcess): Promise<string> {
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
  await once(child, "close");
  return `${child.signalCode ?? child.exitCode ?? ""}${said}`;
}

/** A folder for the state of one test. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "await-aws-crash-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Kills a deploy at each of these instants (ms after it began). Returns how many were killed before their end. */
export async function killedAt(instants: readonly number[]): Promise<number> {
  const left = [...instants];
  let killed = 0;
  const live = async (): Promise<void> => {
    for (let ms = left.shift(); ms !== undefined; ms = left.shift()) {
      if (await withFolder((folder) => isKilled(folder, ms ?? 0))) killed += 1;
    }
  };
  await Promise.all(Array.from({ length: abreast }, live));
  return killed;
}

async function isKilled(folder: string, ms: number): Promise<boolean> {
  const when = `killed ${ms} ms after it began`;
  const emulator = await startEmulator({ operationMs: 20 });
  try {
    const first = deploying(emulator.url, folder);
    const end = endOf(first);
    await begun(first);
    await sleep(ms);
    first.kill("SIGKILL");
    const ended = await end;

    expect(await endOf(deploying(emulator.url, folder)), when).toBe("0");
    const store = jsonFileStore(folder);
    await expectExact({ emulator, store }, declaredCount, when);
    const third = await reconcile("test", () => twelve({ words: "old", name: "a" }), {
      store,
      endpoint: emulator.url,
    });
    expect(third, when).toMatchObject({ ok: true, calls: {} });
    return ended.startsWith("SIGKILL");
  } finally {
    await emulator.close();
  }
}
