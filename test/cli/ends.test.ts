import { describe, expect, test } from "vitest";
import type { Report } from "../../src/events.ts";
import type { Json } from "../../src/json.ts";
import { faultsIn } from "../support/render/json-schema.ts";
import { project } from "../support/cli/project.ts";

const queue = (id: string): string => `await AWS.SQS.Queue("${id}", { QueueName: "${id}" });`;

/** Scripts that end otherwise than by their last line, after they have made one queue. */
const ends: readonly (readonly [how: string, lines: string, story: RegExp])[] = [
  ["throws", 'throw new Error("oops");', /Error: oops\n +at /],
  ["ends the process", "process.exit(0);", /ended the process with code 0 before the run was complete/],
  [
    "throws where nobody catches it",
    'setTimeout(() => { throw new Error("oops"); }, 20); setInterval(() => {}, 1000); await new Promise(() => {});',
    /Error: oops\n +at /,
  ],
  [
    "forgets a promise that is rejected",
    'void Promise.reject(new Error("oops")); await new Promise((done) => setTimeout(done, 60_000));',
    /Error: oops\n +at /,
  ],
  ["waits for ever", "await new Promise(() => {});", /waits for something that never comes \(ABORTED\)/],
];

const parsed = (text: string): { readonly report: Report; readonly json: Json } => {
  const json = JSON.parse(text) as Json;
  return { json, report: json as unknown as Report };
};

describe("a script that", () => {
  test.each(ends)("%s fails its run, which says so and what was done", async (how, lines, story) => {
    const { emulator, run, write } = await project();
    write("plan.mjs", `import AWS from "await-aws";\n${queue("a")}\n${lines}\n${queue("b")}`);

    const plan = await run("plan", "plan.mjs");
    expect(plan.stderr).toMatch(story);
    expect(plan).toMatchObject({ code: 1, stdout: "" });
    expect(plan.stderr).not.toContain("Done before that");

    const deploy = await run("deploy", "plan.mjs", "--json");
    expect(deploy.code).toBe(3);
    expect(deploy.stderr).toMatch(story);
    expect(deploy.stderr).toContain(
      "Done before that, and recorded: a. Nothing was deleted; run it again to go on.",
    );
    const { json, report } = parsed(deploy.stdout);
    expect(faultsIn(json, "report.schema.json")).toEqual([]);
    expect(report).toMatchObject({ app: "plan", stage: "dev", phase: "deploy", ok: false });
    expect(report).toMatchObject({ changes: [{ id: "a", move: "create" }], calls: { CreateResource: 1 } });
    expect(report.error?.message).not.toMatch(/\n +at /);

    const again = await run("deploy", "plan.mjs", "--events", "ndjson");
    expect(again.code).toBe(1);
    const closing = again.stdout.trimEnd().split("\n").at(-1) ?? "";
    expect(faultsIn(parsed(closing).json, "events.schema.json")).toEqual([]);
    expect(parsed(closing).json).toMatchObject({ name: "report", report: { ok: false, app: "plan" } });
    expect(emulator.resources()).toHaveLength(1);
    // A process that ends in the middle gives nothing back: the next run does, and says of whom.
    const well =
      how === "ends the process" ? /that process is no more\n.*takes the lock over/ : /^All is well\.$/m;
    expect((await run("state", "doctor")).stdout).toMatch(well);
  });

  test("throws while something is under way has that recorded before it ends", async () => {
    let tellSent = (): void => undefined;
    const { emulator, run, write } = await project({
      operationMs: 700,
      faults: ({ api }) => void (api === "CreateResource" && tellSent()),
    });
    tellSent = () => write("sent", "");
    const lines = [
      'import { existsSync } from "node:fs";',
      'import AWS from "await-aws";',
      'const fail = () => { throw new Error("oops"); };',
      'const ask = setInterval(() => { if (existsSync("sent")) { clearInterval(ask); setTimeout(fail, 200); } }, 20);',
    ];
    write("deploy.mjs", [...lines, queue("a"), queue("b")].join("\n"));
    const { code, stderr } = await run("deploy", "deploy.mjs");
    expect(stderr).toContain("oops");
    expect(stderr).toContain("Done before that, and recorded: a.");
    expect(code).toBe(3);
    expect(emulator.resources()).toHaveLength(1);
    expect((await run("state", "doctor")).stdout).toBe("All is well.\n");
  });
});
