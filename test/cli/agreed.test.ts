import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { addCommands } from "../../src/cli/commands.ts";
import { startEmulator } from "../../src/emulator/index.ts";
import { askYesOrNo } from "../../src/render/confirm.ts";
import { jsonFileStore } from "../../src/state/json-file.ts";
import type { Lock, StageState } from "../../src/state/store.ts";
import { temporaryFolder } from "../support/registry/temporary-folder.ts";
import { entryOf } from "../support/state/entry.ts";

// Tests share the modules of their worker: what others have loaded asks by itself, and what is loaded here is not theirs.
vi.hoisted(() => vi.resetModules());
afterAll(() => void vi.resetModules());
vi.mock("../../src/render/confirm.ts", () => ({ askYesOrNo: vi.fn<() => Promise<boolean | undefined>>() }));

const url = "https://sqs.us-east-1.amazonaws.com/123456789012/work";

/** The commands that change what is recorded, and ask whoever sits at a terminal first. */
const commands: readonly (readonly [words: readonly string[], asks: RegExp])[] = [
  [["unlock", "shop"], /^Break the lock of shop \(dev\)\?/],
  [["state", "mv", "jobs", "work"], /^Record jobs as work\?/],
  [["state", "rm", "jobs"], /^Forget jobs\?/],
  [["state", "rekey", "deploy.mjs"], /^Record the secrets of .*deploy as its script has them now\?/],
  [
    ["import", "SQS.Queue", url, "--write", "--app", "shop"],
    /^Record https:.*work in the app shop \(dev\)\?/,
  ],
];

let stage: StageState;
let lock: Lock;
let said = "";

beforeEach(async () => {
  const folder = await temporaryFolder();
  writeFileSync(join(folder, "deploy.mjs"), "");
  const emulator = await startEmulator({ operationMs: 1 });
  onTestFinished(() => emulator.close());
  emulator.put("AWS::SQS::Queue", { QueueName: "work" });
  vi.stubEnv("AWS_ENDPOINT_URL", emulator.url);
  vi.stubEnv("AWAIT_AWS_STATE", join(folder, "state"));
  stage = await jsonFileStore(join(folder, "state")).open("shop", "dev");
  lock = await stage.lock();
  await stage.put(entryOf("jobs"));
  said = "";
  for (const out of [process.stderr, process.stdout])
    vi.spyOn(out, "write").mockImplementation((text) => (said += String(text)) !== "");
  script = join(folder, "deploy.mjs");
});

let script = "";

afterEach(async () => {
  await lock.release().catch(() => undefined);
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  vi.mocked(askYesOrNo).mockReset();
  process.exitCode = 0;
});

const call = async (...words: readonly string[]): Promise<void> => {
  const program = new Command("await-aws").exitOverride();
  addCommands(program);
  const given = words.map((word) => (word === "deploy.mjs" ? script : word));
  await program.parseAsync(["node", "await-aws", ...given]);
};

const idsOf = async (): Promise<readonly string[]> => [...(await stage.entries()).keys()];

describe.each(commands)("%j", (words, asks) => {
  test("asks whoever can be asked, and after a no has changed nothing", async () => {
    vi.mocked(askYesOrNo).mockResolvedValue(false);
    await call(...words);
    expect(vi.mocked(askYesOrNo).mock.calls.map(([question]) => question)).toEqual([
      expect.stringMatching(asks),
    ]);
    expect(said).toBe("Nothing was changed.\n");
    expect(await idsOf()).toEqual(["jobs"]);
    expect(() => lock.check?.()).not.toThrow();
    await expect(stage.lock()).rejects.toMatchObject({ code: "LOCKED" });
  });

  // A rekey runs a script, which this process is not for; `state-key.test.ts` does it by itself.
  test.runIf(!words.includes("rekey")).each(["--yes", "-y"])("asks nobody with %s", async (flag) => {
    const [first = ""] = words;
    if (first !== "unlock") await lock.release();
    await call(...words, flag);
    expect(askYesOrNo).not.toHaveBeenCalled();
    expect(said).not.toContain("Nothing was changed");
  });
});

test("unlock takes --force for --yes, and goes on where nobody can be asked", async () => {
  await call("unlock", "shop", "--force");
  expect(askYesOrNo).not.toHaveBeenCalled();
  expect(said).toMatch(/^Unlocked shop \(dev\): held by process/);
  const again = await stage.lock();
  vi.mocked(askYesOrNo).mockResolvedValue(undefined);
  await call("unlock", "shop");
  expect(said.match(/^Unlocked/gm)).toHaveLength(2);
  await again.release().catch(() => undefined);
});
