import { afterEach, describe, expect, test } from "vitest";
import { scopeOf } from "../../src/app/session/scope.ts";
import { settingsOf } from "../../src/app/options/settings.ts";
import { currentScope, enter, enteredScope, runIn, runningScope } from "../../src/scope/ambient.ts";
import type { Scope } from "../../src/scope/scope.ts";
import { memoryStore } from "../../src/state/memory.ts";

const scope = (app: string): Scope =>
  scopeOf(settingsOf(app, { store: memoryStore() }, {}), { finalizes: true, reports: true });

afterEach(() => enter(undefined));

describe("the scope of a call", () => {
  test("is the run around it, else the app entered", async () => {
    enter(scope("entered"));
    expect(currentScope().app).toBe("entered");
    await runIn(scope("run"), async () => {
      expect(currentScope().app).toBe("run");
      await new Promise(setImmediate);
      expect(runningScope()?.app).toBe("run");
      await runIn(scope("inner"), async () => expect(currentScope().app).toBe("inner"));
      expect(currentScope().app).toBe("run");
    });
    expect(runningScope()).toBeUndefined();
    expect(enteredScope()?.app).toBe("entered");
  });

  test("of runs side by side is each its own", async () => {
    const apps = await Promise.all(
      ["a", "b"].map((app) =>
        runIn(scope(app), async () => {
          await new Promise(setImmediate);
          return currentScope().app;
        }),
      ),
    );
    expect(apps).toEqual(["a", "b"]);
  });

  test("of a copy that disagrees on what a scope is, is refused before anything is called", () => {
    const key = Symbol.for("await-aws.scope");
    const holder = globalThis as unknown as Record<symbol, { version: number }>;
    enter(undefined);
    const ambient = holder[key];
    if (!ambient) throw new Error("there is no ambient");
    const { version } = ambient;
    ambient.version = version + 1;
    try {
      expect(() => currentScope()).toThrow(expect.objectContaining({ code: "SCOPE_MISMATCH" }));
    } finally {
      ambient.version = version;
    }
  });
});
