// A very large run on a simulated clock, through the real client and over HTTP: resources of fifty services, each of
// which takes so many writes a second. `npx tsx --max-old-space-size=8192 test/bench/simulation.ts [count]`
import { performance } from "node:perf_hooks";
import { settingsOf } from "../../src/app/options/settings.ts";
import { runAll } from "../../src/app/run.ts";
import { CloudControlResource } from "../../src/aws/cloud-control-resource.ts";
import { type IncomingCall, startEmulator } from "../../src/emulator/index.ts";
import type { Event } from "../../src/events.ts";
import { bundledFacts, bundledTypes } from "../../src/schema/bundled.ts";
import { memoryStore } from "../../src/state/memory.ts";
import { simulatedTime } from "../support/wire/simulated-time.ts";

Object.assign(process.env, { AWS_ACCESS_KEY_ID: "x", AWS_SECRET_ACCESS_KEY: "x", AWS_REGION: "us-east-1" });
const count = Number(process.argv[2] ?? 100_000);
const services = 50;
/** Calls a second that Cloud Control takes of an account and region here. */
const callsPerSecond = 100;
const operationMs = 20_000;

/** The one property that a type needs, which is its name; undefined of types that need others, or are named by AWS. */
function nameOf(type: string): string | undefined {
  const { primaryIdentifier = [], readOnly = [], members } = bundledFacts(type) ?? {};
  const [pointer = "", ...more] = primaryIdentifier;
  const name = pointer.slice(1);
  const needsOthers = more.length > 0 || (members?.required ?? []).some((one) => one !== name);
  const isText = members?.properties?.[name] === "string";
  return needsOthers || !isText || readOnly.includes(pointer) ? undefined : name;
}

/** A type of each of fifty services that needs a name and nothing else. */
function typesToMake(): readonly (readonly [type: string, name: string])[] {
  const found = new Map<string, readonly [string, string]>();
  for (const type of bundledTypes()) {
    const [name, service = ""] = [nameOf(type), type.split("::")[1]];
    if (name !== undefined && !found.has(service)) found.set(service, [type, name]);
  }
  return [...found.values()].slice(0, services);
}

const clock = simulatedTime();
const types = typesToMake();
const filled = new Map<string, { left: number; at: number }>();

/** Throttles what is more than its service takes: 1 to 10 writes a second. */
function throttleByService({ api, target = "" }: IncomingCall): { readonly throttle: true } | undefined {
  if (api !== "CreateResource") return undefined;
  const rate = 1 + (types.findIndex(([type]) => type === target) % 10);
  const bucket = filled.get(target) ?? { left: rate, at: clock.now() };
  const left = Math.min(rate, bucket.left + ((clock.now() - bucket.at) * rate) / 1_000);
  filled.set(target, { left: left >= 1 ? left - 1 : left, at: clock.now() });
  return left >= 1 ? undefined : { throttle: true };
}

const emulator = await startEmulator({
  now: () => clock.now(),
  operationMs,
  callsPerSecond,
  faults: throttleByService,
});
const ends: (() => void)[] = [];
let throttled = 0;
const listener = (event: Event): void => {
  if (event.name === "call") ends.push(clock.begin());
  if (event.name !== "request") return;
  ends.pop()?.();
  if (event.code === "THROTTLED") throttled += 1;
};
const options = {
  endpoint: emulator.url,
  region: "us-east-1",
  schemas: "bundled",
  store: memoryStore(),
} as const;
const settings = {
  ...settingsOf("simulated", options, {}),
  clock,
  traces: new Set(["request"] as const),
  listener,
};
const [startedAt, realAt, cpu] = [clock.now(), performance.now(), process.cpuUsage()];
let peak = 0;
const watching = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 500);
const report = await clock.run(
  runAll(settings, { phase: "deploy" }, async () => {
    const ids = Array.from({ length: count }, (_, i) => i);
    await Promise.all(
      ids.map((i) => {
        const [type = "", name = ""] = types[i % types.length] ?? [];
        return CloudControlResource(`r${i}`, { TypeName: type, DesiredState: { [name]: `n${i}` } });
      }),
    );
  }),
);
clearInterval(watching);
if (!report.ok) throw new Error(JSON.stringify(report.changes.find(({ error }) => error)));
const seconds = (clock.now() - startedAt) / 1_000;
const calls = Object.values(report.calls).reduce((sum, n) => sum + n, 0);
// The calls one after the other, or the slowest service, and the last operation.
const floor = Math.max((3 * count) / callsPerSecond, count / types.length) + operationMs / 1_000;
const { user, system } = process.cpuUsage(cpu);
process.stdout.write(
  "| resources | services | simulated s | floor s | over it | calls each | throttled | MB | real s | CPU ms each |\n",
);
process.stdout.write(`|${" --- |".repeat(10)}\n`);
const cells = [count, types.length, seconds.toFixed(0), floor.toFixed(0), (seconds / floor).toFixed(2)];
const more = [(calls / count).toFixed(2), throttled, Math.round(peak / 2 ** 20)];
const real = [
  ((performance.now() - realAt) / 1_000).toFixed(0),
  ((user + system) / 1_000 / count).toFixed(2),
];
process.stdout.write(`| ${[...cells, ...more, ...real].join(" | ")} |\n`);
await emulator.close();
