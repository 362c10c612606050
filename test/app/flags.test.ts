import { describe, expect, onTestFinished, test } from "vitest";
import { flagsIn } from "../../src/app/flags.ts";
import { startEmulator } from "../../src/emulator/index.ts";
import { packageOf } from "./package-of.ts";

describe("the flags of a plain script", () => {
  test("are read beside the script's own", () => {
    expect(flagsIn(["prod", "--stage", "test", "--adopt", "--mine=1", "-y"])).toEqual({
      phase: "deploy",
      isConfirmed: true,
      options: { stage: "test", adopt: true },
    });
  });

  test("ask for one phase at a time", () => {
    expect(() => flagsIn(["--plan", "--destroy"])).toThrow("exclude each other");
  });
});

test("a script with app() plans, deploys and destroys as its flags say", async () => {
  const emulator = await startEmulator({ operationMs: 1 });
  onTestFinished(() => emulator.close());
  const { run } = packageOf(emulator.url, {
    "deploy.mjs": `
      const shop = await app("shop");
      await AWS.SQS.Queue("jobs", { QueueName: "jobs" });
      await shop.finalize();`,
  });
  const queues = (): number => emulator.resources().length;
  expect(await run("deploy.mjs", "--plan").ended).toBe("0");
  expect(queues()).toBe(0);
  expect(await run("deploy.mjs", "--stage", "one").ended).toBe("0");
  expect(queues()).toBe(1);
  expect(await run("deploy.mjs", "--destroy", "--stage", "one").ended).toMatch(/^1.*--destroy needs --yes/s);
  expect(queues()).toBe(1);
  expect(await run("deploy.mjs", "--destroy", "--stage", "one", "--yes").ended).toBe("0");
  expect(queues()).toBe(0);
});
