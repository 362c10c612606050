import { describe, expect, test } from "vitest";
import { ended, start } from "../support/cli/started.ts";
import { project } from "../support/cli/project.ts";

describe("await-aws sql", () => {
  test("answers as a table, as JSON and as CSV, of a statement, a file and stdin", async () => {
    const { emulator, folder, run, write } = await project();
    emulator.put("AWS::SQS::Queue", { QueueName: "a", Tags: [{ Key: "k", Value: 'v, "w"' }] });
    emulator.put("AWS::SQS::Queue", { QueueName: "b" });
    const text = "SELECT queue_name, tags FROM aws.sqs.queues ORDER BY 1";
    const table = await run("sql", text);
    expect(table).toMatchObject({ code: 0, stderr: "" });
    expect(table.stdout).toMatch(/│ queue_name │ tags/);
    expect(JSON.parse((await run("sql", "--json", text)).stdout)).toEqual([
      { queue_name: "a", tags: [{ Key: "k", Value: 'v, "w"' }] },
      { queue_name: "b", tags: null },
    ]);
    write("q.sql", `-- all of them\n${text};\n`);
    const csv = await run("sql", "--csv", "--file", "q.sql");
    expect(csv.stdout).toBe('queue_name,tags\na,"[{""Key"":""k"",""Value"":""v, \\""w\\""""}]"\nb,\n');
    const child = start(["sql", "--csv"], { AWS_ENDPOINT_URL: emulator.url, CI: "1" }, folder);
    child.stdin?.end("SELECT queue_name FROM aws.sqs.queues WHERE queue_name = 'b'");
    expect((await ended(child)).stdout).toBe("queue_name\nb\n");
    expect((await run("sql", "SELECT 1 FROM aws.sqs.queues WHERE queue_name = 'c'")).stdout).toBe(
      "There are none.\n",
    );
  });

  test("knows what is recorded beside it, and guards what an app manages", async () => {
    const { emulator, run, write } = await project();
    write(
      "shop.mjs",
      'import AWS from "await-aws";\nawait AWS.SQS.Queue("orders", { QueueName: "orders", DelaySeconds: 1 });',
    );
    expect(await run("deploy", "shop.mjs")).toMatchObject({ code: 0 });
    const managed = await run("sql", "--json", "SELECT app, id FROM aws.sqs.queues WHERE managed");
    expect(JSON.parse(managed.stdout)).toEqual([{ app: "shop", id: "orders" }]);
    const text =
      "UPDATE aws.sqs.queues SET delay_seconds = 9 WHERE queue_name = 'orders' RETURNING delay_seconds";
    const owned = await run("sql", text);
    expect(owned).toMatchObject({ code: 1, stdout: "" });
    expect(owned.stderr).toMatch(/OWNED.*--force/s);
    const dry = await run("sql", "--force", "--dry-run", "--json", text);
    expect(JSON.parse(dry.stdout)).toMatchObject([{ operation: "UpdateResource" }]);
    expect(dry.stderr).toBe("1 resource would be written; nothing was sent.\n");
    const done = await run("sql", "--force", "--json", text);
    expect(JSON.parse(done.stdout)).toEqual([{ delay_seconds: 9 }]);
    expect(done.stderr).toBe("1 resource written.\n");
    expect(emulator.resources()[0]?.Properties["DelaySeconds"]).toBe(9);
  });

  test("is told in one line what it cannot read, and exits with 1", async () => {
    const { run } = await project();
    for (const [words, said] of [
      [
        ["SELECT queue_nme FROM aws.sqs.queues"],
        /^there is no column queue_nme, at line 1, column 8 \(VALIDATION\)/,
      ],
      [["--json", "--csv", "SELECT 1"], /^sql takes --json or --csv/],
      [["--file", "nowhere.sql"], /^--file nowhere.sql cannot be read/],
      [["SELECT 1", "--file", "q.sql"], /^sql takes a statement or --file/],
    ] as const) {
      const outcome = await run("sql", ...words);
      expect(outcome.code).toBe(1);
      expect(outcome.stderr).toMatch(said);
      expect(outcome.stderr.trimEnd().split("\n")).toHaveLength(1);
    }
  });

  test("says what to install where SQLite is not, and tells what there is to ask all the same", async () => {
    const { folder, runWith, write } = await project();
    const hook =
      'export const resolve = (name, context, next) => { if (name.startsWith("@sqlite.org/")) throw new Error("not found"); return next(name, context); };';
    write(
      "without.mjs",
      `import { register } from "node:module";\nregister(${JSON.stringify(`data:text/javascript,${encodeURIComponent(hook)}`)});`,
    );
    const without = { NODE_OPTIONS: `--import ${folder}/without.mjs` };
    const refused = await runWith(without, "sql", "SELECT 1");
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toMatch(
      /^SQL needs SQLite, which is not installed here: npm i @sqlite\.org\/sqlite-wasm@/,
    );
    const shown = await runWith(without, "sql", "--json", "SHOW SERVICES LIKE 'sq_'");
    expect(JSON.parse(shown.stdout)).toEqual([{ name: "sqs", id: "aws.sqs" }]);
  });
});
