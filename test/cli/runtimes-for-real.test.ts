/**
 * The whole life of scripts by the command line and by themselves, under the Node that runs this; under Node 20, 22
 * and 24, Bun and Deno, as the package registry has them, by `npm run sweep:runtimes`.
 */
import { afterAll, describe, expect, test } from "vitest";
import { type Project, project } from "../support/cli/project.ts";
import { commandLine, runBy, runtimesOf } from "../support/cli/runtimes.ts";
import type { Ended } from "../support/cli/started.ts";

const isWhole = process.env["AWAIT_AWS_RUNTIMES"] === "all";
const { runtimes, end } = runtimesOf(isWhole);
afterAll(end);

/** The names of the queues that a script declares; one is lost in its second version. */
type Lines = (names: readonly string[]) => string;

const head = `import AWS, { app, reconcile } from "await-aws";
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const q = (id) => AWS.SQS.Queue(id, { QueueName: (process.env["PREFIX"] ?? "") + id });
`;

const each = (names: readonly string[], line: (id: string) => string): string => names.map(line).join("\n");

/** Ways of writing a script, each in an app that is called after the file. */
const ways: Readonly<Record<string, Lines>> = {
  "an unawaited main() with app()": (names) =>
    `async function main() { const a = await app("deploy"); await sleep(30);
     ${each(names, (id) => `await q("${id}"); await sleep(10);`)}
     await a.finalize(); }
     main().catch((error) => { console.error(error); process.exitCode = 1; });`,
  "top-level await": (names) => each(names, (id) => `await q("${id}");`),
  "calls that nobody awaits": (names) => each(names, (id) => `void q("${id}");`),
  "app() and finalize() at its top": (names) =>
    `const a = await app("deploy");\n${each(names, (id) => `await q("${id}");`)}\nawait a.finalize();`,
  "app.finalize()": (names) =>
    `await app("deploy"); await Promise.all([${names.map((id) => `q("${id}")`).join()}]); await app.finalize();`,
  "a default export": (names) =>
    `export default async function () { ${each(names, (id) => `await sleep(20); await q("${id}");`)} }`,
  timers: (names) => each(names, (id) => `setTimeout(() => void q("${id}"), 120);`),
  "an event emitter": (names) =>
    `import { EventEmitter } from "node:events"; const e = new EventEmitter(); e.on("x", (id) => void q(id));
     setTimeout(() => { ${each(names, (id) => `e.emit("x", "${id}");`)} }, 30);`,
  "an interval": (names) =>
    `const ids = ${JSON.stringify(names)}; const t = setInterval(() => { const id = ids.shift(); if (id) void q(id); else clearInterval(t); }, 30);`,
  "reconcile()": (names) =>
    `await reconcile("deploy", async () => { await sleep(10); ${each(names, (id) => `await q("${id}");`)} });`,
};

const namesIn = ({ emulator }: Project): string[] =>
  emulator
    .resources()
    .map(({ Identifier }) => Identifier.split("/").at(-1) ?? "")
    .toSorted();

/** Some are TypeScript, as most are; the rest begin sooner. */
const fileOf = (how: string): string =>
  how.includes("app(") || how === "timers" ? "deploy.ts" : "deploy.mjs";

const countOf = ({ emulator }: Project, api: string): number =>
  emulator.calls.filter((call) => call.api === api).length;

type Run = (...words: string[]) => Promise<Ended>;

const missing = runtimes.filter(({ program }) => program === undefined);

test.for(missing)("$name is not tried: $missing", ({ missing: why }, { skip }) => skip(why));

describe.each(runtimes.filter((runtime) => !missing.includes(runtime)))("under $name", (runtime) => {
  const begin = async (environment: Record<string, string> = {}): Promise<{ made: Project; run: Run }> => {
    const made = await project();
    const env = { AWS_ENDPOINT_URL: made.emulator.url, CI: "", AWAIT_AWS_LOG: "", ...environment };
    return { made, run: (...words) => runBy(runtime, words, env, made.folder) };
  };

  const succeed = async (run: Run, ...words: string[]): Promise<Ended> => {
    const outcome = await run(...words);
    expect(outcome.code, `${words.join(" ")}: ${outcome.stdout}${outcome.stderr}`).toBe(0);
    return outcome;
  };

  const byCommandLine = Object.entries(ways).slice(0, isWhole ? undefined : 1);

  test.each(runtime.isNode ? byCommandLine : [])(
    "the command line plans, deploys, changes and destroys a script of %s",
    async (how, lines) => {
      const { made, run } = await begin();
      const file = fileOf(how);
      const cli: Run = (...words) => run(commandLine, ...words);
      made.write(file, head + lines(["a", "b"]));
      const plan = await succeed(cli, "plan", file);
      expect(plan.stdout).toContain("Plan: 2 to add, 0 to change, 0 to destroy.");
      expect(namesIn(made)).toEqual([]);
      for (let i = 0; i < 2; i += 1) {
        await succeed(cli, "deploy", file);
        expect(namesIn(made)).toEqual(["a", "b"]);
      }
      expect(countOf(made, "CreateResource")).toBe(2);
      const prod = isWhole ? ["prod-a", "prod-b"] : [];
      if (isWhole) {
        made.write(file, head.replace(`?? ""`, `?? "prod-"`) + lines(["a", "b"]));
        await succeed(cli, "deploy", file, "--stage", "prod");
        expect(namesIn(made)).toEqual(["a", "b", ...prod]);
      }
      made.write(file, head + lines(["a"]));
      await succeed(cli, "deploy", file);
      expect(namesIn(made)).toEqual(["a", ...prod]);
      await succeed(cli, "destroy", file, "--app", "deploy", "--yes");
      expect(namesIn(made)).toEqual(prod);
    },
  );

  test.runIf(!runtime.isNode)(
    "the command line refuses to run a script in one line, and does what needs none",
    async () => {
      const { made, run } = await begin();
      const [lines] = Object.values(ways);
      made.write("deploy.ts", head + lines?.(["a"]));
      for (const words of [["plan"], ["deploy"], ["deploy", "--stage", "prod"], ["permissions", "--for"]]) {
        const [command = "", ...flags] = words;
        const refused = await run(commandLine, command, ...flags, "deploy.ts");
        expect([refused.code, refused.stdout]).toEqual([1, ""]);
        expect(refused.stderr).toMatch(/^scripts run on Node [^\n]*: nothing was done\n$/);
      }
      expect(countOf(made, "CreateResource")).toBe(0);
      await succeed(run, "deploy.ts");
      expect((await succeed(run, commandLine, "list", "SQS.Queue")).stdout).toContain("/a");
      expect((await succeed(run, commandLine, "state", "doctor")).stdout).toBe("All is well.\n");
      await succeed(run, commandLine, "destroy", "--app", "deploy", "--yes");
      expect(namesIn(made)).toEqual([]);
    },
  );

  const scripts = Object.entries(ways).filter(([how]) => how.includes("app(") || how.startsWith("app."));

  test.each(isWhole ? scripts : [])("a script of %s does the same by itself", async (how, lines) => {
    const { made, run } = await begin();
    const file = fileOf(how);
    made.write(file, head + lines(["a", "b"]));
    await succeed(run, file, "--plan");
    expect(namesIn(made)).toEqual([]);
    for (let i = 0; i < 2; i += 1) {
      await succeed(run, file);
      expect(namesIn(made)).toEqual(["a", "b"]);
    }
    expect(countOf(made, "CreateResource")).toBe(2);
    made.write(file, head.replace(`?? ""`, `?? "prod-"`) + lines(["a"]));
    await succeed(run, file, "--stage", "prod");
    made.write(file, head + lines(["a"]));
    await succeed(run, file);
    expect(namesIn(made)).toEqual(["a", "prod-a"]);
    await succeed(run, file, "--destroy", "--yes");
    expect(namesIn(made)).toEqual(["prod-a"]);
  });

  const others = Object.entries(ways).filter(
    ([how]) => !scripts.some(([other]) => other === how) && how !== "a default export",
  );

  test.each(isWhole ? others : [])("a script of %s makes each once by itself", async (how, lines) => {
    const { made, run } = await begin();
    const file = fileOf(how);
    made.write(file, head + lines(["a", "b"]));
    const refused = await run(file, "--plan");
    if (how !== "reconcile()") expect([refused.code, namesIn(made)]).toEqual([1, []]);
    for (let i = 0; i < 2; i += 1) {
      await succeed(run, file);
      expect(namesIn(made)).toEqual(["a", "b"]);
    }
    expect(countOf(made, "CreateResource")).toBe(2);
  });

  test.runIf(isWhole)("a plan by reconcile() makes nothing, wherever its program has waited", async () => {
    const { made, run } = await begin();
    const waits = [
      "await sleep(10);",
      "await new Promise((done) => setImmediate(done));",
      "await { then(done) { setTimeout(done, 5); } };",
      'await (await import("node:fs/promises")).readFile("package.json");',
      "for await (const _ of (async function* () { yield 1; await sleep(5); yield 2; })()) await sleep(1);",
    ];
    const line = `const said = await reconcile("deploy", async () => { ${waits.map((wait, i) => `${wait} await q("q${i}");`).join(" ")} }, { phase: "plan" });
      console.log(said.changes.map(({ move }) => move).join());`;
    made.write("deploy.ts", head + line);
    const { stdout } = await succeed(run, "deploy.ts");
    expect(stdout).toBe(`${waits.map(() => "create").join()}\n`);
    expect(countOf(made, "CreateResource")).toBe(0);
  });
});
