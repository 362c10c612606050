import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Project, project } from "../support/cli/project.ts";

const head = `import AWS, { app, reconcile } from "await-aws";
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const q = (name) => AWS.SQS.Queue(name, { QueueName: name });
`;

/** Scripts that end badly after they have taken the stage. */
const bad: readonly (readonly [how: string, lines: string])[] = [
  ["throws", 'await app("x"); await q("a"); throw new Error("on purpose");'],
  [
    "throws while a call is under way",
    'await app("x"); const b = q("b"); await q("a"); throw new Error("on purpose");',
  ],
  ["rejects", 'await app("x"); await q("a"); await Promise.reject(new Error("on purpose"));'],
  [
    "lets a promise reject",
    'await app("x"); await q("a"); Promise.reject(new Error("on purpose")); await sleep(200);',
  ],
  ["has a resource that fails", 'await app("x"); await q("a"); await q("no/slash");'],
  ["never finalizes", 'await app("x"); await q("a");'],
  ["ends its process", 'await app("x"); await q("a"); process.exit(3);'],
  ["ends its process within a call", 'await app("x"); q("a"); await sleep(20); process.exit(3);'],
  [
    "throws from a timer",
    'await app("x"); await q("a"); setTimeout(() => { throw new Error("on purpose"); }, 10); await sleep(500);',
  ],
  [
    "throws in reconcile()",
    'await reconcile("x", async () => { await q("a"); throw new Error("on purpose"); });',
  ],
];

const locksIn = ({ folder }: Project): string[] =>
  readdirSync(join(folder, "state"), { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.lock-\d+$/.test(name),
  );

describe("a script that ends badly", () => {
  test.each(bad)(
    "gives its stage back, so that the next run need not wait: one that %s",
    async (_, lines) => {
      const made = await project();
      made.write("bad.mjs", head + lines);
      await made.run("deploy", "bad.mjs");
      const left = locksIn(made);
      made.write("good.mjs", `${head}const a = await app("x"); await q("a"); await a.finalize();`);
      const good = await made.run("deploy", "good.mjs");
      expect([good.code, good.stderr.includes("LOCKED")]).toEqual([0, false]);
      // Whoever died in the middle is known to be dead: nobody waits for its term.
      if (!lines.includes("process.exit")) expect(left).toEqual([]);
    },
  );
});
