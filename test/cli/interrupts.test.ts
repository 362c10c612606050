import { describe, expect, test } from "vitest";
import { type Project, createsIn, namesIn, project } from "../support/cli/project.ts";
import { type Ended, ended, start } from "../support/cli/started.ts";

const head = `import AWS, { app, reconcile } from "await-aws";
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const q = (name) => AWS.SQS.Queue(name, { QueueName: name });
`;

/** Scripts that have two calls under way when they are interrupted, and would make a third. */
const scripts: readonly (readonly [how: string, lines: string])[] = [
  ["Promise.all at its top", 'await Promise.all([q("a"), q("b")]); await q("c");'],
  [
    "a promise of both that is awaited late",
    'const both = Promise.all([q("a"), q("b")]); await both; await q("c");',
  ],
  ["calls that nobody awaits", 'q("a").then(() => q("c")); void q("b");'],
  ["Promise.allSettled, after which it goes on", 'await Promise.allSettled([q("a"), q("b")]); await q("c");'],
  [
    "an unawaited main() with app()",
    'const main = async () => { const x = await app("x"); await Promise.all([q("a"), q("b")]); await q("c"); await x.finalize(); }; main();',
  ],
  [
    "reconcile()",
    'await reconcile("x", async () => { await Promise.all([q("a"), q("b")]); await q("c"); });',
  ],
  [
    "a default export that catches everything",
    'export default async () => { await Promise.all([q("a"), q("b")]).catch(() => {}); await q("c").catch(() => {}); await sleep(60_000); };',
  ],
];

/** Starts a deploy and sends it signals, the first with two creates under way and each other once it has heard of one. */
async function interrupted(made: Project, ...signals: NodeJS.Signals[]): Promise<Ended> {
  const env = { AWS_ENDPOINT_URL: made.emulator.url, CI: "1", AWAIT_AWS_LOG: "" };
  const child = start(["deploy", "deploy.mjs"], env, made.folder);
  let said = "";
  child.stderr?.on("data", (text: Buffer) => (said += text.toString()));
  const outcome = ended(child);
  await expect.poll(() => createsIn(made), { timeout: 30_000 }).toBe(2);
  for (const [i, signal] of signals.entries()) {
    if (i > 0) await expect.poll(() => said, { timeout: 30_000 }).toContain("once more to leave at once");
    child.kill(signal);
  }
  return outcome;
}

const statesIn = async (made: Project): Promise<readonly string[]> =>
  (JSON.parse((await made.run("state", "list", "--json")).stdout) as { status: string }[]).map(
    ({ status }) => status,
  );

/** Interrupts each script in a project of its own, all at a time. */
const interruptAll = (these: typeof scripts, operationMs: number, ...signals: NodeJS.Signals[]) =>
  Promise.all(
    these.map(async ([how, lines]) => {
      const made = await project({ operationMs });
      made.write("deploy.mjs", head + lines);
      return { how, made, ...(await interrupted(made, ...signals)) };
    }),
  );

describe("with parallel calls under way", () => {
  test.each([
    ["Ctrl-C", "SIGINT", 130, scripts],
    ["SIGTERM", "SIGTERM", 143, scripts.slice(0, 1)],
  ] as const)(
    "%s settles both, begins nothing more and ends with its code",
    async (_, signal, wanted, these) => {
      for (const { how, made, code, stderr } of await interruptAll(these, 1_000, signal)) {
        expect(stderr, how).toContain(`${signal}: finishing what is under way`);
        expect([how, code, namesIn(made), createsIn(made)], stderr).toEqual([how, wanted, ["a", "b"], 2]);
        expect(stderr, how).not.toMatch(/\n +at |process\.exit|unhandled/i);
        expect([how, ...(await statesIn(made))]).toEqual([how, "settled", "settled"]);
      }
    },
  );

  test("a second Ctrl-C leaves at once, says what stands recorded, and blames nobody for process.exit()", async () => {
    for (const { how, made, code, stderr } of await interruptAll(scripts, 120_000, "SIGINT", "SIGINT")) {
      expect([how, code], stderr).toEqual([how, 130]);
      expect(stderr, how).toContain("the run was left before what was under way had settled");
      expect(stderr, how).toContain("run the script again to settle it");
      expect(stderr, how).not.toMatch(/process\.exit|ended the process|\n +at /);
      expect([how, ...(await statesIn(made))]).toEqual([how, "unfinished create", "unfinished create"]);
    }
  });
});
