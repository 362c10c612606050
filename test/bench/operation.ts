// How much a resource costs beyond the time that AWS takes: for each operation time T, the time of a create through
// the library over T + four round trips, and the calls it took. `npx tsx test/bench/operation.ts`
import { performance } from "node:perf_hooks";
import { reconcile } from "../../src/app/reconcile.ts";
import { AWS } from "../../src/aws/namespace.ts";
import { startEmulator } from "../../src/emulator/index.ts";
import { memoryStore } from "../../src/state/memory.ts";

Object.assign(process.env, { AWS_ACCESS_KEY_ID: "x", AWS_SECRET_ACCESS_KEY: "x", AWS_REGION: "us-east-1" });

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

let operationMs = 0;
const emulator = await startEmulator({ operationMs: () => operationMs });
const run = (name: string): ReturnType<typeof reconcile> =>
  reconcile("bench", () => AWS.SQS.Queue(name, { QueueName: name }), {
    store: memoryStore(),
    endpoint: emulator.url,
  });

await run("warm-up");
const trip = await timed(() => fetch(emulator.url, { method: "POST", body: "{}" }));
say(`one round trip: ${trip.toFixed(1)} ms`);
say("T (ms)  took (ms)  over (ms)  allowed (ms)  share of allowed  calls");
for (operationMs of [0, 100, 300, 1000, 3000, 10_000]) {
  const before = emulator.calls.length;
  const took = await timed(() => run(`queue-${operationMs}`));
  const over = took - operationMs;
  const allowed = Math.max(operationMs * 0.2, 250) + 4 * trip;
  const calls = emulator.calls.slice(before).map(({ api }) => api);
  const polls = calls.filter((api) => api === "GetResourceRequestStatus").length;
  const others = calls.filter((api) => api !== "GetResourceRequestStatus").join(" ");
  const cells = [
    operationMs,
    took.toFixed(0),
    over.toFixed(0),
    allowed.toFixed(0),
    (over / allowed).toFixed(2),
  ];
  say(`${cells.map((cell) => String(cell).padStart(7)).join("  ")}  ${others}, ${polls} polls`);
}

operationMs = 0;
const store = memoryStore();
const thousand = (): ReturnType<typeof reconcile> =>
  reconcile(
    "bench",
    () => Promise.all(Array.from({ length: 1000 }, (_, i) => AWS.SQS.Queue(`q${i}`, { QueueName: `q${i}` }))),
    { store, endpoint: emulator.url },
  );
const created = await timed(thousand);
const unchanged = await timed(thousand);
say(
  `1,000 queues: created in ${(created / 1000).toFixed(1)} s, unchanged in ${unchanged.toFixed(0)} ms, ratio ${(created / unchanged).toFixed(0)}`,
);
await emulator.close();
