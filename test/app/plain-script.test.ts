import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { startEmulator } from "../../src/emulator/index.ts";
import { packageOf } from "../support/app/package-of.ts";

const queue = (name: string): string =>
  `await AWS.SQS.Queue(${JSON.stringify(name)}, { QueueName: "${name}" });`;

/** What a run leaves in a stage's folder beside its history. */
const entriesIn = (stage: string): string[] => readdirSync(stage).filter((name) => name !== ".history");

describe("a plain script", () => {
  test("has an app of its own by its path, deletes nothing, and keeps state beside package.json out of git", async () => {
    const emulator = await startEmulator({ operationMs: 1 });
    onTestFinished(() => emulator.close());
    const { folder, run } = packageOf(emulator.url, {
      "deploy.mjs": queue("a"),
      "infra/api.mjs": queue("b"),
    });
    expect(await Promise.all([run("deploy.mjs").ended, run("infra/api.mjs").ended])).toEqual(["0", "0"]);
    const state = join(folder, "state");
    expect(readdirSync(state).toSorted()).toEqual([".gitignore", ".key", "deploy", "infra%2Fapi"]);
    expect(readFileSync(join(state, ".gitignore"), "utf8")).toBe("*\n");
    expect(entriesIn(join(state, "deploy", "dev"))).toEqual(["a.json"]);
    expect(entriesIn(join(state, "infra%2Fapi", "dev"))).toEqual(["b.json"]);
    expect(emulator.resources()).toHaveLength(2);
  });

  test.each(["SIGINT", "SIGTERM"] as const)(
    "interrupted by %s settles what is under way, gives the stage back and dies of the signal",
    async (signal) => {
      const emulator = await startEmulator({
        operationMs: 400,
        faults: ({ api }) => {
          if (api === "CreateResource") child?.kill(signal);
          return undefined;
        },
      });
      onTestFinished(() => emulator.close());
      const { folder, run } = packageOf(emulator.url, { "deploy.mjs": `${queue("a")}\n${queue("b")}` });
      const { child, ended } = run("deploy.mjs");
      expect(await ended).toBe(signal);
      expect(emulator.resources()).toHaveLength(1);
      const stage = join(folder, "state", "deploy", "dev");
      expect(entriesIn(stage)).toEqual(["a.json"]);
      expect(readFileSync(join(stage, "a.json"), "utf8")).toContain('"status": "settled"');
    },
  );
});
