/**
 * What the types cost who writes a script: time and memory of `tsc --noEmit` over a script that is empty, that
 * takes one resource from the namespace, and that takes it from its service's door. Needs `npm run build` first.
 * Run by `npm run bench:types`; budget: 2.2 times the empty script for the namespace, 1.3 times for a door.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

interface Cost {
  readonly seconds: number;
  readonly megabytes: number;
}

const root = resolve(import.meta.dirname, "../..");
const dist = join(root, "dist");
const compiler = join(root, "node_modules/typescript/bin/tsc");
const rounds = 7;

const program = `
const response = await IntegrationResponse("reply", {
  ApiId: "abcdefghij",
  IntegrationId: "a1b2c3d",
  IntegrationResponseKey: "$default",
  adopt: true,
});
export const id: string = response.IntegrationResponseId;
`;

const scripts = {
  empty: "export {};\n",
  namespace: `import { AWS } from "${dist}/aws/namespace.js";
const { IntegrationResponse } = AWS.ApiGatewayV2;
${program}`,
  door: `import { IntegrationResponse } from "${dist}/generated/services/ApiGatewayV2.js";
${program}`,
};

const settings = {
  compilerOptions: {
    target: "es2023",
    module: "nodenext",
    strict: true,
    skipLibCheck: true,
    types: ["node"],
    noEmit: true,
  },
};

const folder = mkdtempSync(join(tmpdir(), "types-"));
writeFileSync(join(folder, "package.json"), `{ "type": "module" }`);
symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
for (const [name, text] of Object.entries(scripts)) {
  writeFileSync(join(folder, `${name}.ts`), text);
  writeFileSync(join(folder, `${name}.json`), JSON.stringify({ ...settings, files: [`${name}.ts`] }));
}

function compile(name: string): Cost {
  const args = [compiler, "-p", join(folder, `${name}.json`), "--extendedDiagnostics"];
  const started = performance.now();
  const printed = execFileSync(process.execPath, args, { encoding: "utf8" });
  const seconds = (performance.now() - started) / 1000;
  return { seconds, megabytes: Number(/Memory used:\s+(\d+)K/.exec(printed)?.[1]) / 1024 };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

// The scripts take turns, so that a busy moment of the machine falls on all of them.
const names = Object.keys(scripts);
const costs: Record<string, Cost[]> = Object.fromEntries(names.map((name) => [name, []]));
for (let round = 0; round < rounds; round++) {
  for (const name of names) costs[name]?.push(compile(name));
}
rmSync(folder, { recursive: true });

const medians = names.map((name) => ({
  name,
  seconds: median((costs[name] ?? []).map(({ seconds }) => seconds)),
  megabytes: median((costs[name] ?? []).map(({ megabytes }) => megabytes)),
}));
const base = medians[0];
for (const { name, seconds, megabytes } of medians) {
  const ratio = base ? seconds / base.seconds : Number.NaN;
  console.log(`${name.padEnd(10)} ${seconds.toFixed(2)} s  ${ratio.toFixed(2)}x  ${megabytes.toFixed(0)} MB`);
}
