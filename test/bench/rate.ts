// 1,000 creates at 10, 25 and 100 calls a second over HTTP on a simulated clock, and what they took against the floor:
// three calls a resource, of which one second's worth goes at once; twice, with what the first run
// has learned. `npx tsx test/bench/rate.ts [count]`
import { memoryStore } from "../../src/state/memory.ts";
import { createSimulated } from "../support/app/simulated-run.ts";

Object.assign(process.env, { AWS_ACCESS_KEY_ID: "x", AWS_SECRET_ACCESS_KEY: "x" });

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const count = Number(process.argv[2] ?? 1_000);

say("calls/s  operation  run    took s   floor s  ratio  calls each  throttled");
for (const [callsPerSecond, operationMs] of [
  [10, 300],
  [25, 300],
  [25, 20_000],
  [100, 300],
] as const) {
  const emulator = { operationMs, callsPerSecond };
  const runs = await createSimulated({ count, runs: 2, emulator, run: { store: memoryStore() } });
  for (const [nth, { report, seconds, calls, throttled }] of runs.entries()) {
    if (!report.ok) throw new Error(JSON.stringify(report.changes.find(({ error }) => error)));
    const floor = (3 * count - callsPerSecond) / callsPerSecond;
    const passed = Object.values(calls).reduce((sum, n) => sum + n, 0) - throttled;
    const cells = [callsPerSecond, `${operationMs} ms`, nth + 1, seconds.toFixed(1), floor.toFixed(1)];
    const more = [(seconds / floor).toFixed(3), (passed / count).toFixed(2), throttled];
    say([...cells, ...more].map((cell) => String(cell).padStart(8)).join(" "));
  }
}
