import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openDesk, operationMs } from "../support/emulator/desk.ts";

function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "emulator-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "deep", "cloud.json");
}

describe("the data file", () => {
  test("keeps resources, requests and what is under way over a restart", async () => {
    const data = temporaryFile();
    const before = await openDesk({ data });
    await before.create("AWS::Demo::Vault", { Name: "a", Key: "k" });
    const running = await before.start("CreateResource", {
      TypeName: "AWS::Demo::Made",
      DesiredState: "{}",
      ClientToken: "t",
    });
    // Nothing but the file is left of the first emulator: it is not closed.
    const after = await openDesk({ data });
    expect(after.emulator.resources()).toMatchObject([{ Identifier: "a", Hidden: { "/Key": "k" } }]);
    expect(await after.poll(running.RequestToken)).toEqual(running);
    after.wait(2 * operationMs);
    expect((await after.poll(running.RequestToken)).OperationStatus).toBe("SUCCESS");
    expect(after.emulator.resources()).toHaveLength(2);
  });

  test("follows every change, also by hand, and is readable for its owner alone", async () => {
    const data = temporaryFile();
    const { emulator } = await openDesk({ data });
    emulator.put("AWS::Demo::Named", { Name: "a" });
    expect(readFileSync(data, "utf8")).toContain('"Name": "a"');
    expect(statSync(data).mode & 0o777).toBe(0o600);
    emulator.remove("AWS::Demo::Named", "a");
    expect(readFileSync(data, "utf8")).not.toContain('"Name": "a"');
  });

  test("is never taken for a cloud when it is something else", async () => {
    const data = join(temporaryFile(), "../../other.json");
    writeFileSync(data, '{"version":2}');
    await expect(openDesk({ data })).rejects.toThrow("holds no emulated cloud of this version");
    expect(readFileSync(data, "utf8")).toBe('{"version":2}');
  });
});
