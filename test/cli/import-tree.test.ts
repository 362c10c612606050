import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { project } from "../support/cli/project.ts";
import { type Ended, ended } from "../support/cli/started.ts";

const root = resolve(import.meta.dirname, "../..");

const settings = {
  compilerOptions: { noEmit: true, strict: true, target: "es2023", module: "nodenext", types: [] },
  files: ["imported.ts"],
};

/** Compiles what the settings in a folder name. */
const compiled = (folder: string): Promise<Ended> =>
  ended(spawn(process.execPath, [join(root, "node_modules/typescript/bin/tsc")], { cwd: folder }));

test("a whole WebSocket API that was imported as a script compiles, plans nothing but adoptions as it is, and runs", async () => {
  const { emulator, folder, run, write } = await project();
  write("chat.ts", readFileSync(join(root, "examples/websocket-api.ts"), "utf8"));
  expect((await run("deploy", "chat.ts")).code).toBe(0);
  const before = emulator.resources();
  const api = before.find(({ TypeName }) => TypeName === "AWS::ApiGatewayV2::Api");
  const imported = await run("import", "--tree", api?.Identifier ?? "");
  expect(imported).toMatchObject({ code: 0 });
  write("imported.ts", imported.stdout);
  write("tsconfig.json", JSON.stringify(settings));
  expect(await compiled(folder)).toMatchObject({ code: 0, stdout: "" });
  // Whoever imports has not made it here.
  rmSync(join(folder, "state"), { recursive: true });
  const plan = await run("plan", "imported.ts");
  expect(plan.stdout).toMatch(/Plan: \d+ to adopt, 0 to add, 0 to change, 0 to destroy\.\n$/);
  expect((await run("deploy", "imported.ts")).code).toBe(0);
  expect(emulator.resources()).toEqual(before);
});
