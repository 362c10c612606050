// What a run costs by its size, over the bare SDK in the same minutes on the same machine, as the package is published:
// `npm run build && npx tsx test/bench/size.ts 100 1000 10000`. Prints a table as Markdown.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { promisify } from "node:util";

const sizes = process.argv.slice(2).map(Number);
const run = promisify(execFile);
const tsx = ["--no-warnings", "--import", "tsx"];
const fileOf = (name: string): string => join(import.meta.dirname, name);
const env = {
  ...process.env,
  AWS_ACCESS_KEY_ID: "x",
  AWS_SECRET_ACCESS_KEY: "x",
  AWS_REGION: "us-east-1",
  AWAIT_AWS_LOG: "silent",
};

interface Taken {
  readonly phase: string;
  readonly ms: number;
  readonly cpuMs: number;
  readonly calls: number;
  readonly rssMb: number;
}

/** Each run meets a cloud of its own, that holds nothing yet. */
async function take(kind: "bare" | "memory" | "file", count: number): Promise<readonly Taken[]> {
  const emulator = spawn(process.execPath, [...tsx, fileOf("emulator-process.ts"), "300"], {
    stdio: ["pipe", "pipe", "inherit"],
    env,
  });
  try {
    const [url] = (await once(emulator.stdout, "data")) as [Buffer];
    const given = [fileOf("size-of-run.ts"), url.toString().trim(), kind, String(count)];
    const { stdout } = await run(process.execPath, [...tsx, ...given], { env, maxBuffer: 2 ** 26 });
    return JSON.parse(stdout.trim().split("\n").at(-1) ?? "[]") as Taken[];
  } finally {
    emulator.kill();
  }
}

const row = (cells: readonly (string | number)[]): void =>
  void process.stdout.write(`| ${cells.join(" | ")} |\n`);

row([
  "resources",
  "store",
  "phase",
  "ms",
  "over the bare create",
  "CPU ms a resource",
  "calls a resource",
  "MB",
]);
row(Array.from({ length: 8 }, () => "---"));
for (const count of sizes.length > 0 ? sizes : [100, 1000]) {
  const [floor] = await take("bare", count);
  if (!floor) throw new Error("the bare loop has told nothing");
  tellRow(count, "bare", { line: floor, floor });
  for (const kind of ["memory", "file"] as const)
    for (const line of await take(kind, count)) tellRow(count, kind, { line, floor });
}

function tellRow(count: number, kind: string, { line, floor }: { line: Taken; floor: Taken }): void {
  const ratio = (line.ms / floor.ms).toFixed(2);
  const perResource = [(line.cpuMs / count).toFixed(2), (line.calls / count).toFixed(2)];
  row([count, kind, line.phase, line.ms.toFixed(0), ratio, ...perResource, line.rssMb]);
}
