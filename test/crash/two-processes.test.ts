import { expect, onTestFinished, test } from "vitest";
import { reconcile } from "../../src/app/reconcile.ts";
import { startEmulator } from "../../src/emulator/index.ts";
import { jsonFileStore } from "../../src/state/json-file.ts";
import { expectExact } from "../support/crash/exact.ts";
import { deploying, endOf, withFolder } from "../support/crash/kills.ts";
import { declaredCount, twelve } from "../support/crash/twelve.ts";

test("while one process deploys a stage another is LOCKED out, and once the first is killed it takes over by itself", async () => {
  let arrived = (): void => undefined;
  const firstCall = new Promise<void>((resolve) => (arrived = resolve));
  const emulator = await startEmulator({
    operationMs: 300,
    faults: () => {
      arrived();
      return undefined;
    },
  });
  onTestFinished(() => emulator.close());
  await withFolder(async (folder) => {
    const first = deploying(emulator.url, folder);
    const end = endOf(first);
    await firstCall;
    const store = jsonFileStore(folder);
    const notices: string[] = [];
    const second = () =>
      reconcile("test", () => twelve({ words: "old", name: "a" }), {
        store,
        endpoint: emulator.url,
        onEvent: (event) => event.name === "notice" && notices.push(event.message),
      });
    await expect(second()).rejects.toMatchObject({ code: "LOCKED" });

    first.kill("SIGKILL");
    expect(await end).toMatch(/^SIGKILL/);
    expect(await second()).toMatchObject({ ok: true });
    expect(notices.join()).toContain(`took over the lock of process ${first.pid}`);
    await expectExact({ emulator, store }, declaredCount, "after the takeover");
  });
});

test("two processes that begin together make each resource once, whichever of them works", async () => {
  const emulator = await startEmulator({ operationMs: 20 });
  onTestFinished(() => emulator.close());
  await withFolder(async (folder) => {
    const ends = await Promise.all([1, 2].map(() => endOf(deploying(emulator.url, folder))));
    expect(ends.some((end) => end === "0")).toBe(true);
    for (const end of ends) expect(end).toMatch(/^0$|LOCKED/);
    await expectExact({ emulator, store: jsonFileStore(folder) }, declaredCount, "after both");
  });
});
