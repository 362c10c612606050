import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { project } from "../support/cli/project.ts";

const deploy = `import AWS, { app } from "await-aws";
await app("shop");
const a = await AWS.SQS.Queue("a", { QueueName: "a" });
await AWS.SQS.Queue("b", { QueueName: "b", Tags: [{ Key: "of", Value: a.Arn }] });
await app.finalize();`;

test("--check refuses a deploy before anything is sent, all of it at once, and a plan and a destroy too", async () => {
  const { emulator, folder, run, write } = await project();
  write("deploy.mjs", deploy);
  write("policy.mjs", 'export default ({ id, move }) => move === "create" && `no ${id}`;');
  write(
    "keep.mjs",
    'export default [({ move }) => move === "delete" && "nothing is deleted", () => undefined];',
  );
  const told = ["--report", "page.html", "--markdown", "page.md"];
  const refused = await run("deploy", "deploy.mjs", "--check", "policy.mjs", "--yes", ...told);
  expect(refused.code).toBe(1);
  const page = readFileSync(join(folder, "page.html"), "utf8");
  expect(page).toContain("<title>Deploy of shop (dev)</title>");
  for (const text of [page, readFileSync(join(folder, "page.md"), "utf8")]) expect(text).toContain("no a");
  expect(refused.stderr).toMatch(/no a \(REFUSED\)/);
  expect(refused.stderr).toMatch(/no b \(REFUSED\)/);
  expect(emulator.resources()).toEqual([]);
  const plan = await run("plan", "deploy.mjs", "--check", "policy.mjs", "--json");
  const { changes } = JSON.parse(plan.stdout) as { changes: { error?: { code: string } }[] };
  expect(changes.map(({ error }) => error?.code)).toEqual(["REFUSED", "REFUSED"]);
  expect((await run("deploy", "deploy.mjs", "--check", "keep.mjs")).code).toBe(0);
  expect(emulator.resources()).toHaveLength(2);
  const destroy = await run("destroy", "deploy.mjs", "--yes", "--check", "keep.mjs");
  expect(destroy.code).toBe(1);
  expect(emulator.resources()).toHaveLength(2);
});

test("a file that exports no check, or is not there, is told of before anything is done", async () => {
  const { emulator, run, write } = await project();
  write("deploy.mjs", deploy);
  write("none.mjs", "export const check = () => undefined;");
  const [none, missing] = await Promise.all([
    run("deploy", "deploy.mjs", "--check", "none.mjs"),
    run("deploy", "deploy.mjs", "--check", "nowhere.ts"),
  ]);
  expect(none.stderr).toContain("--check none.mjs: it exports no check");
  expect(missing.stderr).toContain("nowhere.ts");
  expect([none.code, missing.code]).toEqual([1, 1]);
  expect(emulator.calls).toEqual([]);
});
