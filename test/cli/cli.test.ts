import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { jsonFileStore } from "../../src/state/json-file.ts";
import { ended, start } from "../support/cli/started.ts";

describe("await-aws emulator", () => {
  test("prints its URL, serves there, and ends when it is interrupted", async () => {
    const child = start(["emulator", "--port", "0"]);
    const url = await new Promise<string>((told) =>
      child.stdout?.once("data", (text: Buffer) => told(text.toString().trim())),
    );
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(url, { method: "POST", body: "{}" })).status).toBeGreaterThanOrEqual(400);
    child.kill("SIGINT");
    expect((await ended(child)).code).toBe(0);
  });

  test("refuses a port that is none", async () => {
    const { code, stderr } = await ended(start(["emulator", "--port", "http"]));
    expect(code).toBe(1);
    expect(stderr).toMatch(/--port.*invalid.*whole number/);
  });
});

describe("await-aws unlock", () => {
  test("breaks a lock and tells whose it was", async () => {
    const folder = mkdtempSync(join(tmpdir(), "await-aws-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const stage = await jsonFileStore(folder).open("shop", "test");
    await stage.lock();
    const unlock = () => ended(start(["unlock", "shop", "--stage", "test"], { AWAIT_AWS_STATE: folder }));
    expect((await unlock()).stdout).toContain(`held by process ${process.pid}`);
    expect((await unlock()).stdout).toBe("shop (test) is not locked.\n");
  });
});

test("an unknown command ends with an error and the usage", async () => {
  const { code, stderr } = await ended(start(["deplyo"]));
  expect(code).toBe(1);
  expect(stderr).toContain("deplyo");
});
