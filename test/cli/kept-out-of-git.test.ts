import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { project } from "../support/cli/project.ts";

const script = `import AWS, { secret } from "await-aws";
await AWS.SSM.Parameter("token", { Name: "token", Type: "String", Value: secret("token-number-1") });
`;

const url = "https://sqs.us-east-1.amazonaws.com/123456789012/jobs";

/** Commands with which somebody may begin in a folder that has no state yet. */
const firsts: readonly (readonly [words: readonly string[], writes: boolean])[] = [
  [["plan", "deploy.ts"], true],
  [["plan", "deploy.ts", "--refresh"], true],
  [["plan", "deploy.ts", "--stage", "prod", "--json"], true],
  [["deploy", "deploy.ts"], true],
  [["list", "SQS.Queue"], true],
  [["import", "SQS.Queue", url, "--write", "--yes"], true],
  [["permissions", "--for", "deploy.ts"], true],
  [["state", "list"], false],
];

async function begunWith(
  words: readonly string[],
): Promise<readonly [staged: readonly string[], begun: boolean]> {
  const here = await project();
  here.emulator.put("AWS::SQS::Queue", { QueueName: "jobs" });
  here.write("deploy.ts", script);
  const git = (...args: string[]): string =>
    spawnSync("git", args, { cwd: here.folder, encoding: "utf8" }).stdout;
  git("init", "-q");
  const { code, stderr } = await here.run(...words);
  expect(code, stderr).toBe(0);
  git("add", "-A");
  const staged = git("diff", "--cached", "--name-only").trim().split("\n").toSorted();
  return [staged, existsSync(join(here.folder, "state"))];
}

test(
  "`git add -A` after whatever command comes first stages nothing of the state, its key least of all",
  { timeout: 120_000 },
  async () => {
    const begun = await Promise.all(
      firsts.map(async ([words, writes]) => [words, writes, await begunWith(words)] as const),
    );
    const files = ["deploy.ts", "node_modules/await-aws", "package.json"];
    for (const [words, writes, outcome] of begun) expect([words, outcome]).toEqual([words, [files, writes]]);
  },
);
