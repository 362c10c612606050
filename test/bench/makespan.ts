// How long six stacks take over their critical paths, on a simulated clock: the same on every machine.
// `npx tsx test/bench/makespan.ts`
import { measureMakespan } from "../support/bench/makespan.ts";
import { criticalSecondsOf, stacks } from "../support/bench/stacks.ts";

Object.assign(process.env, { AWS_ACCESS_KEY_ID: "x", AWS_SECRET_ACCESS_KEY: "x", AWS_REGION: "us-east-1" });
const row = (cells: readonly (string | number)[]): void =>
  void process.stdout.write(`| ${cells.join(" | ")} |\n`);

row([
  "stack",
  "resources",
  "critical path, s",
  "first deploy, over it",
  "with history, over it",
  "calls a resource",
]);
row(Array.from({ length: 6 }, () => "---"));
for (const [name, stack] of Object.entries(stacks)) {
  const critical = criticalSecondsOf(stack);
  const { first, second, calls } = await measureMakespan(stack);
  const over = [first, second].map((seconds) => (seconds / critical).toFixed(3));
  row([name, stack.length, critical, ...over, calls.toFixed(1)]);
}
