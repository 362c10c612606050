import { describe, expect, onTestFinished, test } from "vitest";
import { app } from "../../../src/app/app.ts";
import { requireHeeded } from "../../../src/app/options/script-flags.ts";
import { type ReconcileOptions, reconcile } from "../../../src/app/reconcile.ts";
import { startEmulator } from "../../../src/emulator/index.ts";
import { packageOf } from "../../support/app/package-of.ts";

describe("beside a reconcile() that reads no flags", () => {
  const refused: readonly (readonly [arg: string, says: string, states?: ReconcileOptions])[] = [
    ["--plan", "state the option phase there", { phase: "plan" }],
    ["--dry-run", "did you mean --plan?", { phase: "deploy" }],
    ["--pln", "did you mean --plan?", { phase: "plan" }],
    ["--preview", "did you mean --plan?", { phase: "plan" }],
    ["--destroy", "state the option phase there", { phase: "destroy" }],
    ["--destory", "did you mean --destroy?", { phase: "destroy" }],
    ["--stage=prod", "state the option stage there", { stage: "prod" }],
    ["--stgae", "did you mean --stage?", { stage: "prod" }],
    ["--region", "state the option region there", { region: "eu-west-1" }],
    ["--adopt", "state the option adopt there", { adopt: true }],
    ["--allow-delete", "state the option allowDelete there", { allowDelete: true }],
    ["--target", "state the option targets there", { targets: ["a"] }],
    ["--account", "state the option allowedAccounts there", { allowedAccounts: ["123456789012"] }],
    ["--help", "it takes options alone"],
    ["-h", "it takes options alone"],
    ["--hepl", "it takes options alone"],
  ];

  test.each(refused)("%s is refused where the script does not state what it means", (...row) => {
    const [arg, says, states] = row as unknown as (typeof refused)[number];
    expect(() => requireHeeded(["x", arg, "y"], {})).toThrow(says);
    expect(() => requireHeeded(["x", arg, "y"], {})).toThrow("Nothing was done");
    expect(() => requireHeeded(["--", arg], {})).not.toThrow();
    if (states) expect(() => requireHeeded(["x", arg, "y"], states)).not.toThrow();
  });

  test.each([
    "--mine",
    "--verbose",
    "--name=x",
    "--app",
    "--yes",
    "-y",
    "-v",
    "-xyz",
    "prod",
    "--port",
    "--json",
  ])("%s is the script's own", (arg) => {
    expect(() => requireHeeded([arg, "x"], {})).not.toThrow();
  });

  test("a script deploys nothing by --dry-run, --pln or --help, and by its own flags what it always does", async () => {
    const emulator = await startEmulator({ operationMs: 1 });
    onTestFinished(() => emulator.close());
    const lines = `import { reconcile } from "${new URL("../../../src/index.ts", import.meta.url).href}";
      const report = await reconcile("shop", () => AWS.SQS.Queue("jobs", { QueueName: "jobs" }));
      console.log(report.ok);`;
    const { run } = packageOf(emulator.url, { "deploy.mjs": lines });
    const outcomes = await Promise.all(
      ["--dry-run", "--pln", "--help"].map((flag) => run("deploy.mjs", flag).ended),
    );
    for (const outcome of outcomes)
      expect(outcome).toMatch(/^1.*no flag of a script that calls reconcile\(\)/s);
    expect(emulator.calls).toEqual([]);
    expect(await run("deploy.mjs", "--mine", "--", "--plan").ended).toBe("0");
    expect(emulator.resources()).toHaveLength(1);
  });
});

describe("an option that is yes or no", () => {
  test.each([
    ["adopt", { forec: true }, "what is finer stands in a resource's own adopt"],
    ["adopt", "false", 'takes true or false, not "false"'],
    ["allowReplace", "no", 'takes true or false, not "no"'],
    ["allowDelete", { ids: ["a"] }, "takes true or false or a function"],
    ["keepProtected", 1, "takes true or false, not 1"],
    ["cancelOnAbort", null, "takes true or false, not null"],
  ])("%s is refused as %j, by reconcile() and app()", async (name, value, says) => {
    const options = { [name]: value } as object;
    await expect(reconcile("x", () => Promise.resolve(), options)).rejects.toThrow(says);
    await expect(app("x", options)).rejects.toThrow(says);
  });
});
