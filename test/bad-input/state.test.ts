import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import { jsonFileStore } from "../../src/state/json-file.ts";
import type { Files } from "../../src/state/disk.ts";
import { type Cloud, cloud, movesOf } from "../support/run.ts";
import { refused, settledCloud } from "../support/bad-input/refused.ts";

const queue = (id: string, DelaySeconds = 1) => AWS.SQS.Queue(id, { QueueName: id, DelaySeconds });

function temporaryFolder(): string {
  const folder = fs.mkdtempSync(join(tmpdir(), "await-aws-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A deployed cloud with state on disk, and the file of its one entry. */
async function onDisk(): Promise<{ made: Cloud; file: string; folder: string }> {
  const folder = temporaryFolder();
  const made = await settledCloud({}, jsonFileStore(folder));
  return { made, folder, file: join(folder, "test", "dev", "before.json") };
}

describe("a state file that is", () => {
  const whole = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;
  const damages: readonly (readonly [string, (text: string) => string, RegExp])[] = [
    ["truncated", (text) => text.slice(0, text.length / 2), /torn/],
    ["empty", () => "", /torn/],
    ["no JSON", () => "state: yes", /torn/],
    ["a JSON list", () => "[]", /torn/],
    ["newer than this version", (text) => JSON.stringify({ ...whole(text), version: 2 }), /version 2.*newer/],
    ["of something else", () => '{ "name": "my-package" }', /not an entry/],
    ["of another id", (text) => JSON.stringify({ ...whole(text), id: "other" }), /entry of "other"/],
    ["without its home", (text) => JSON.stringify({ ...whole(text), home: undefined }), /home/],
    ["merged by git", (text) => `<<<<<<< HEAD\n${text}=======\n${text}>>>>>>> main\n`, /torn/],
  ];

  test.each(damages)(
    "%s is reported by its name, left as it is, and nothing is called",
    async (_, damage, says) => {
      const { made, file } = await onDisk();
      fs.writeFileSync(file, damage(fs.readFileSync(file, "utf8")));
      const text = fs.readFileSync(file, "utf8");
      const calls = made.emulator.calls.length;
      await refused(() => queue("before", 2), { code: "STATE_UNREADABLE", says }, { cloud: made });
      expect(fs.readFileSync(file, "utf8")).toBe(text);
      expect(made.emulator.calls).toHaveLength(calls);
    },
  );

  test("damaged does not keep other resources from being made or destroyed", async () => {
    const { made, file } = await onDisk();
    await made.deploy(() => Promise.all([queue("before"), queue("other")]));
    fs.writeFileSync(file, "{");
    const report = await made.deploy(() => Promise.all([queue("other"), queue("third")]));
    expect(movesOf(report)).toEqual(["other: nothing", "third: create", "before: STATE_UNREADABLE"]);
    expect(movesOf(await made.destroy()).toSorted()).toEqual([
      "before: STATE_UNREADABLE",
      "other: delete",
      "third: delete",
    ]);
    expect(fs.readFileSync(file, "utf8")).toBe("{");
    expect(made.emulator.resources()).toHaveLength(1);
  });

  test("sealed under a key that is gone names the key", async () => {
    const { made, folder } = await onDisk();
    fs.writeFileSync(join(folder, ".key"), "short");
    const run = made.deploy(() => queue("before"), { store: jsonFileStore(folder) });
    await expect(run).rejects.toMatchObject({
      code: "STATE_UNREADABLE",
      message: expect.stringContaining(".key"),
    });
    expect(made.emulator.resources()).toHaveLength(1);
  });
});

describe("a disk that takes no more", () => {
  const failing = (code: string, when: (path: string) => boolean): Files => ({
    ...fs,
    openSync: (...args: Parameters<typeof fs.openSync>) => {
      if (when(String(args[0])) && args[1] !== "r") throw Object.assign(new Error(code), { code });
      return fs.openSync(...args);
    },
  });

  test.each(["EROFS", "ENOSPC", "EACCES", "EDQUOT"])(
    "from the first write on (%s) lets no run start",
    async (code) => {
      const { made, folder } = await onDisk();
      const calls = made.emulator.calls.length;
      const store = jsonFileStore(folder, { files: failing(code, () => true) });
      await expect(made.deploy(() => queue("other"), { store })).rejects.toMatchObject({
        code: "STATE_UNWRITABLE",
        message: expect.stringContaining(code),
        advice: expect.stringContaining("writable"),
      });
      expect(made.emulator.calls).toHaveLength(calls);
      expect(movesOf(await made.deploy(() => queue("before")))).toEqual(["before: nothing"]);
    },
  );

  test.each(["EROFS", "ENOSPC"])("once the run holds its lock (%s) sends nothing to AWS", async (code) => {
    const { made, folder } = await onDisk();
    let full = false;
    const store = jsonFileStore(folder, { files: failing(code, () => full) });
    const calls = made.emulator.calls.length;
    const report = await made.deploy(
      async () => {
        full = true;
        await queue("other");
      },
      { store },
    );
    expect(movesOf(report)).toEqual(["other: STATE_UNWRITABLE"]);
    expect(made.emulator.calls).toHaveLength(calls);
  });

  test("while a create is under way loses nothing: the next run finds it", async () => {
    const folder = temporaryFolder();
    let full = false;
    const { deploy, emulator } = await cloud(
      {
        faults: ({ api }) => {
          full = api === "GetResourceRequestStatus";
          return undefined;
        },
      },
      jsonFileStore(folder, { files: failing("ENOSPC", () => full) }),
    );
    const report = await deploy(() => queue("jobs"));
    expect(report.ok).toBe(true);
    const stuck = await deploy(() => queue("jobs", 2), {
      store: jsonFileStore(folder, { files: failing("ENOSPC", (path) => path.includes("test") && full) }),
    });
    expect([undefined, "STATE_UNWRITABLE"]).toContain(stuck.changes[0]?.error?.code);
    full = false;
    expect((await deploy(() => queue("jobs", 2), { store: jsonFileStore(folder) })).ok).toBe(true);
    expect(emulator.resources()).toHaveLength(1);
  });
});

describe("an entry that was made elsewhere", () => {
  test("in another region is refused with both regions", async () => {
    await refused(
      () => queue("before", 2),
      { code: "STATE_ELSEWHERE", says: /region us-east-1.*eu-west-3/, advises: /stage/ },
      { options: { region: "eu-west-3" } },
    );
  });

  test("at another endpoint is refused, and that endpoint hears nothing", async () => {
    const other = await cloud();
    await refused(
      () => queue("before", 2),
      { code: "STATE_ELSEWHERE", says: /endpoint http/ },
      { options: { endpoint: other.emulator.url } },
    );
    expect(other.emulator.calls).toEqual([]);
  });
});
