import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { withStatedStage } from "../../src/cli/stated.ts";

function stageIn(text: string, flags: { stage?: string } = {}): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), "await-aws-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "deploy.ts");
  writeFileSync(file, text);
  return withStatedStage(flags, file).stage;
}

describe("the stage of a script that is not run", () => {
  test.each([
    ['await app("shop", { stage: "prod" });', "prod"],
    ["const shop = await app('shop', {\n  region: 'eu-west-1',\n  stage: 'blue',\n});", "blue"],
    ["async function main() {\n  const a = await app(`x`, { stage: `test` });\n}", "test"],
    ['await reconcile("x", async () => { await q("a", { b: (1) }); }, { stage: "prod" });', "prod"],
    ['// await app("x", { stage: "old" })\nawait app("x", { stage: "new" });', "new"],
    ['await app("https://x//y", { stage: "prod" });', "prod"],
    ['await app("a", { stage: "p" });\nawait app("b", { stage: "p" });', "p"],
    ['await app("shop");', undefined],
    ['await AWS.SQS.Queue("stage", { stage: 5 });', undefined],
    ['await AWS.ApiGateway.Stage("s", { StageName: "prod" });', undefined],
    ["", undefined],
  ])("counts where its text states it: %s", (text, stage) => {
    expect(stageIn(text)).toBe(stage);
  });

  test.each([
    'await app("shop", { stage: process.env.STAGE });',
    'const stage = "x";\nawait app("shop", { stage });',
    'await app("shop", { region: "r", stage, adopt: true });',
    "await app('shop', { stage: `${name}-x` });",
    'await app("shop", { stage: "a" + suffix });',
    'await app("shop", options);',
    'await app("shop", { ...options });',
    'await app("a", { stage: "p" });\nawait app("b", { stage: "q" });',
    'await app("a", { stage: "p" });\nawait app("b");',
    'await reconcile("x", program, { phase, stage: pick() });',
  ])("has to be given where it is computed: %s", (text) => {
    expect(() => stageIn(text)).toThrow("pass --stage");
    expect(stageIn(text, { stage: "told" })).toBe("told");
  });
});
