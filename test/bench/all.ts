// `npm run bench`: every bench whose result is a table, one after the other, into README.md beside this; `npm run bench --
// 100 1000` says for which sizes. Ratios are to a floor of the same run; an idle machine tells more than a busy one.
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const sizes = process.argv.length > 2 ? process.argv.slice(2) : ["100", "1000", "10000"];

interface Bench {
  readonly title: string;
  readonly what: string;
  readonly script: string;
  readonly given?: readonly string[];
}

const benches: readonly Bench[] = [
  {
    title: "Runs by their size",
    what: "Operations of 300 ms at an emulator in a process of its own, over a loop of the bare SDK with three calls a resource, perfectly timed.",
    script: "size.ts",
    given: sizes,
  },
  {
    title: "Cold start",
    what: "A script of ten resources that changes nothing, as a process, over Node with an empty script.",
    script: "cold.ts",
  },
  {
    title: "Makespan of six stacks",
    what: "Over their critical path, on a simulated clock, with how long each type takes as data.",
    script: "makespan.ts",
  },
  {
    title: "Overshoot",
    what: "How much too late an operation's end is noticed, on a simulated clock.",
    script: "overshoot.ts",
  },
  {
    title: "A limited rate",
    what: "1,000 creates on a simulated clock where AWS takes so many calls a second, over the calls alone.",
    script: "rate.ts",
  },
  {
    title: "The state log",
    what: "Alone, over one append of the same bytes with one flush.",
    script: "log.ts",
  },
];

async function outputOf({ script, given = [] }: Bench): Promise<string> {
  const path = join(import.meta.dirname, script);
  const child = spawn(process.execPath, ["--no-warnings", "--import", "tsx", path, ...given], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const out = await text(child.stdout);
  if (out.trim() === "") throw new Error(`${script} has told nothing`);
  return out.trim();
}

const model = cpus()[0]?.model ?? "an unknown processor";
const machine = `${cpus().length} x ${model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
const parts: string[] = [];
for (const bench of benches) {
  process.stderr.write(`${bench.title}\n`);
  const out = await outputOf(bench);
  // Text that is a table already is left to be one.
  const shown = out.startsWith("|") ? out : `\`\`\`\n${out}\n\`\`\``;
  parts.push(`## ${bench.title}\n\n${bench.what}\n\n${shown}\n`);
}
const head = `# The bench, last run\n\nMade by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${machine}. Ratios are to a floor that was measured in the same run.\n`;
writeFileSync(join(import.meta.dirname, "README.md"), [head, ...parts].join("\n"));
