/**
 * What the types cost who writes a script: time and memory of `tsc` over a script that is empty, that takes one
 * resource from the namespace, and that takes it from its service's door, as a user's project compiles them. Needs
 * `npm run build` first. Run by `npm run bench:types`; fails where a ratio is over its budget.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

interface Cost {
  readonly seconds: number;
  readonly megabytes: number;
}

interface Script {
  readonly name: string;
  /** How many times the empty script's time it may take. */
  readonly budget: number;
  readonly text: string;
}

const root = resolve(import.meta.dirname, "../..");
const rounds = 9;

const call = `("reply", {
  ApiId: "abcdefghij",
  IntegrationId: "a1b2c3d",
  IntegrationResponseKey: "$default",
  adopt: true,
});
export const id: string = reply.IntegrationResponseId;
`;

const scripts: readonly Script[] = [
  { name: "empty", budget: 1, text: "export {};\n" },
  {
    name: "namespace",
    budget: 2.2,
    text: `import AWS from "await-aws";\nconst reply = await AWS.ApiGatewayV2.IntegrationResponse${call}`,
  },
  {
    name: "door",
    budget: 1.3,
    text: `import { IntegrationResponse } from "await-aws/ApiGatewayV2";\nconst reply = await IntegrationResponse${call}`,
  },
];

const compilerOptions = {
  target: "es2023",
  module: "nodenext",
  strict: true,
  skipLibCheck: true,
  noEmit: true,
};

/** A project of a user's, with this one among its packages. */
function makeProject(): string {
  const folder = mkdtempSync(join(tmpdir(), "types-"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/await-aws"));
  writeFileSync(join(folder, "package.json"), `{ "type": "module" }`);
  for (const { name, text } of scripts) {
    writeFileSync(join(folder, `${name}.ts`), text);
    writeFileSync(join(folder, `${name}.json`), JSON.stringify({ compilerOptions, files: [`${name}.ts`] }));
  }
  return folder;
}

function compile(folder: string, { name }: Script): Cost {
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const args = [compiler, "-p", join(folder, `${name}.json`), "--extendedDiagnostics"];
  const started = performance.now();
  const printed = execFileSync(process.execPath, args, { encoding: "utf8" });
  const seconds = (performance.now() - started) / 1000;
  return { seconds, megabytes: Number(/Memory used:\s+(\d+)K/.exec(printed)?.[1]) / 1024 };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

const folder = makeProject();
// The scripts take turns, so that a busy moment of the machine falls on all of them.
const turns = Array.from({ length: rounds }, () => scripts.map((script) => compile(folder, script)));
rmSync(folder, { recursive: true });

const costs = scripts.map((script, i) => {
  const own = turns.flatMap((turn) => turn[i] ?? []);
  const seconds = median(own.map((cost) => cost.seconds));
  return { ...script, seconds, megabytes: median(own.map((cost) => cost.megabytes)) };
});
const base = costs[0]?.seconds ?? Number.NaN;
for (const { name, budget, seconds, megabytes } of costs) {
  const ratio = seconds / base;
  const verdict = ratio > budget ? ` over the budget of ${budget}` : "";
  console.log(
    `${name.padEnd(10)} ${seconds.toFixed(2)} s  ${ratio.toFixed(2)}x  ${megabytes.toFixed(0)} MB${verdict}`,
  );
  if (verdict) process.exitCode = 1;
}
