import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import { jsonFileStore } from "../../src/state/json-file.ts";
import { cloud, movesOf } from "../support/run.ts";
import { refused, settledCloud, untyped, worldOf } from "../support/bad-input/refused.ts";

const queue = (id: string) => AWS.SQS.Queue(id, { QueueName: "jobs" });

describe("ids", () => {
  test.each([
    ["empty", "", /empty/],
    ["300 bytes long", "x".repeat(300), /300 bytes/],
    ["over 200 bytes in 70 characters", "🚀".repeat(70), /280 bytes/],
    ["half a surrogate pair", "\ud83d", /Unicode/],
    ["one that differs from a recorded one only by case", "BEFORE", /"before" only by case/],
  ])("%s: refused before any call", async (_, id, says) => {
    const made = await settledCloud();
    const calls = made.emulator.calls.length;
    await refused(() => queue(id), { code: "VALIDATION", says }, { cloud: made });
    expect(made.emulator.calls).toHaveLength(calls);
  });

  test("two that differ only by case are refused in one run", async () => {
    const { deploy, emulator } = await cloud();
    const report = await deploy(async () => {
      await queue("jobs");
      await queue("Jobs");
    });
    expect(movesOf(report)).toEqual(["jobs: create", "Jobs: VALIDATION"]);
    expect(emulator.resources()).toHaveLength(1);
  });

  test("the same one twice is a TypeError, also when nobody waits for the second", async () => {
    const made = await settledCloud();
    const before = await worldOf(made);
    const twice = async (): Promise<void> => {
      const [first, second] = [
        AWS.SQS.Queue("before", { QueueName: "before", DelaySeconds: 1 }),
        queue("before"),
      ];
      await first;
      await second;
    };
    await expect(made.deploy(twice)).rejects.toThrow(TypeError);
    expect(await worldOf(made)).toEqual(before);
    const report = await made.deploy(async () => {
      await AWS.SQS.Queue("before", { QueueName: "before", DelaySeconds: 1 });
      void queue("before");
    });
    expect(movesOf(report)).toEqual(["before: nothing", "before: UNKNOWN"]);
    expect(await worldOf(made)).toEqual(before);
  });

  test.each([undefined, null, 5, {}])("%j is a TypeError", async (id) => {
    const made = await settledCloud();
    const before = await worldOf(made);
    await expect(made.deploy(() => queue(untyped(id)))).rejects.toThrow(TypeError);
    expect(await worldOf(made)).toEqual(before);
  });

  test("any other character is welcome, and no id leaves the state folder", async () => {
    const parent = mkdtempSync(join(tmpdir(), "await-aws-"));
    onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
    const { deploy, destroy, emulator } = await cloud({}, jsonFileStore(join(parent, "state")));
    const ids = [
      "a/b",
      "..",
      "../../up",
      ".",
      "C:\\x",
      "a:b|c",
      " spaced ",
      "\n",
      "🚀",
      "con",
      "__proto__",
      "x.json",
      "%2F",
    ];
    const program = () => Promise.all(ids.map((id, i) => AWS.SQS.Queue(id, { QueueName: `jobs-${i}` })));
    expect(await deploy(program)).toMatchObject({ ok: true });
    expect(await deploy(program)).toMatchObject({ ok: true, calls: {} });
    expect(readdirSync(parent)).toEqual(["state"]);
    expect(existsSync(join(tmpdir(), "up.json"))).toBe(false);
    expect((await destroy()).changes.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(emulator.resources()).toEqual([]);
  });
});

describe("names of apps and stages", () => {
  test.each([
    ["an empty stage", { stage: "" }],
    ["a stage over 200 bytes", { stage: "x".repeat(201) }],
  ])("%s is refused before the run starts", async (_, options) => {
    const made = await settledCloud();
    const before = await worldOf(made);
    await expect(made.deploy(() => queue("jobs"), options)).rejects.toMatchObject({ code: "VALIDATION" });
    expect(await worldOf(made)).toEqual(before);
  });

  test("a stage with a path in it stays inside the state folder", async () => {
    const parent = mkdtempSync(join(tmpdir(), "await-aws-"));
    onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
    const { deploy } = await cloud({}, jsonFileStore(join(parent, "state")));
    expect(await deploy(() => queue("jobs"), { stage: "../../../out" })).toMatchObject({ ok: true });
    expect(readdirSync(parent)).toEqual(["state"]);
  });
});
