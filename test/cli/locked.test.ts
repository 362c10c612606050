import { Command } from "commander";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { addCommands } from "../../src/cli/commands.ts";
import { askYesOrNo } from "../../src/render/confirm.ts";
import { jsonFileStore } from "../../src/state/json-file.ts";
import { temporaryFolder } from "../support/registry/temporary-folder.ts";
import { entryOf } from "../support/state/entry.ts";
import { deadPid, leaveLock, leaveOldLock, ofElsewhere, ofMine, since } from "../support/state/left-lock.ts";

// Tests share the modules of their worker: what others have loaded asks by itself, and what is loaded here is not theirs.
vi.hoisted(() => vi.resetModules());
afterAll(() => void vi.resetModules());
vi.mock("../../src/render/confirm.ts", () => ({ askYesOrNo: vi.fn<() => Promise<boolean | undefined>>() }));

let folder = "";
let said = "";

beforeEach(async () => {
  folder = await temporaryFolder();
  vi.stubEnv("AWAIT_AWS_STATE", folder);
  await (await jsonFileStore(folder).open("shop", "dev")).put(entryOf("jobs"));
  said = "";
  for (const out of [process.stderr, process.stdout])
    vi.spyOn(out, "write").mockImplementation((text) => (said += String(text)) !== "");
  vi.mocked(askYesOrNo).mockResolvedValue(false);
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  vi.mocked(askYesOrNo).mockReset();
});

const call = async (...words: readonly string[]): Promise<void> => {
  const program = new Command("await-aws").exitOverride();
  addCommands(program);
  await program.parseAsync(["node", "await-aws", ...words]);
};

const questions = (): readonly unknown[] => vi.mocked(askYesOrNo).mock.calls.map(([question]) => question);

// One of a short term, so that a few beats of its heart are soon over.
const silent = { ...ofElsewhere, user: "ann", term: 300 };
const silentText =
  `process 7 on ann@elsewhere.example since ${since}; ` +
  "its heartbeat stood still for the 0.0 s that it was watched";

describe("a stage that is locked", () => {
  test("by a run that is alive is told so", async () => {
    const lock = await (await jsonFileStore(folder).open("shop", "dev")).lock();
    const alive = new RegExp(
      `process ${process.pid} on .* since .*; that run is alive: its heartbeat stood still for no more than \\d.\\d s`,
    );
    await call("unlock", "shop");
    expect(questions()).toEqual([expect.stringMatching(alive)]);
    await call("state", "doctor");
    expect(said).toMatch(alive);
    expect(said).toContain("Wait for that run to end, and look again.");
    await lock.release();
  });

  test("by one that shows no life is told so, and for how long it was watched", async () => {
    leaveLock(folder, silent);
    await call("unlock", "shop");
    expect(questions()).toEqual([
      `Break the lock of shop (dev)? It is held by ${silentText}. Its run must surely have ended.`,
    ]);
    await call("state", "doctor");
    expect(said).toContain(`shop/dev: locked by ${silentText}`);
    expect(said).toContain("The next run takes it over once it has shown no life for 0.3 s.");
  });

  test("by one that is no more is told so", async () => {
    leaveLock(folder, { ...ofMine, pid: deadPid });
    await call("unlock", "shop");
    expect(questions()).toEqual([expect.stringContaining(`since ${since}; that process is no more.`)]);
    await call("state", "doctor", "--json");
    const [finding] = JSON.parse(said.slice(said.indexOf("["))) as unknown[];
    expect(finding).toEqual({
      app: "shop",
      stage: "dev",
      id: "",
      what: expect.stringContaining("that process is no more"),
      todo: "Run the script again: it takes the lock over.",
    });
  });

  test("is unlocked with --yes whoever holds it, and says whose it was", async () => {
    leaveOldLock(folder, { host: "old.example", pid: 7, since }, Date.now());
    await call("unlock", "shop", "--yes");
    expect(said).toBe(`Unlocked shop (dev): held by process 7 on old.example since ${since}.\n`);
    await call("state", "doctor");
    expect(said).toContain("All is well.");
  });
});
