import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { planFileIn, planFileOf } from "../../src/app/options/plan-file.ts";
import type { RunOptions } from "../../src/app/options/run-options.ts";
import { runAll } from "../../src/app/run.ts";
import { settingsOf } from "../../src/app/options/settings.ts";
import { CloudControlResource } from "../../src/aws/cloud-control-resource.ts";
import { startEmulator } from "../../src/emulator/index.ts";
import type { Phase, Report } from "../../src/events.ts";
import { type Props, isProps, segmentsOf } from "../../src/json.ts";
import { memoryStore } from "../../src/state/memory.ts";
import { tell } from "../support/crash/tell.ts";
import { briskClock } from "../support/sweep/brisk-clock.ts";
import { propertyFor } from "../support/sweep/instance.ts";
import type { World } from "../support/sweep/life.ts";
import { type Subject, subjectOf } from "../support/sweep/subject.ts";
import { surround } from "../support/sweep/surroundings.ts";

const file = resolve(import.meta.dirname, "../../../shared/schemas/registry.jsonl.gz");
const isWhole = process.env["AWAIT_AWS_SWEEP_TYPES"] === "all";
const sampleSize = 60;
const sideBySide = 8;

/** A type with values that no read shows: once as its schema asks, once with all of them. */
interface Hiding extends Subject {
  readonly variants: readonly (readonly [Props, Props])[];
}

function hidingIn(document: Props): Hiding | undefined {
  const subject = subjectOf(document);
  const shapes = document["properties"];
  const { writeOnly = [] } = subject?.facts ?? {};
  if (!subject || writeOnly.length === 0 || !isProps(shapes)) return undefined;
  const names = [...new Set(writeOnly.map((pointer) => segmentsOf(pointer)[0] ?? ""))];
  const hidden = (variant: number): Props =>
    Object.fromEntries(
      names.flatMap((name) => {
        const shape = shapes[name];
        const value = isProps(shape) ? propertyFor(name, shape, { document, variant, depth: 0 }) : undefined;
        return value === undefined ? [] : [[name, value]];
      }),
    );
  const { desired } = subject;
  const variants = [
    [desired, { ...desired, ...hidden(1) }],
    [
      { ...hidden(0), ...desired },
      { ...hidden(0), ...desired, ...hidden(1) },
    ],
  ] as const;
  return { ...subject, variants };
}

/** Plans and deploys from the plan's file: a create, then a change of all that is hidden. Returns what went wrong. */
async function keptTo({ type }: Hiding, [first, second]: readonly [Props, Props], world: World) {
  const store = memoryStore();
  const run = (phase: Phase, props: Props, more: RunOptions = {}): Promise<Report> => {
    const options = { store, endpoint: world.emulator.url, region: "us-east-1", allowReplace: true, ...more };
    const settings = settingsOf(`plans ${type}`, options, {});
    const program = () => CloudControlResource("it", { TypeName: type, DesiredState: props });
    return runAll({ ...settings, clock: world.clock }, { phase }, program);
  };
  const failures: string[] = [];
  for (const props of [first, second]) {
    // Between two runs somebody may lose the right to read schemas, or get it.
    const planned = await run("plan", props);
    if (!planned.ok) break;
    const plan = planFileIn(JSON.stringify(planFileOf(planned, 0)));
    const [change] = (await run("deploy", props, { plan })).changes;
    if (change?.error) failures.push(`${change.error.code}: ${change.error.message}`);
  }
  await run("destroy", first);
  return failures;
}

function documents(): Props[] {
  const lines = gunzipSync(readFileSync(file)).toString("utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Props);
}

test.skipIf(!existsSync(file))(
  "every type with values that no read shows is made and changed as its plan's file says",
  { timeout: 900_000 },
  async () => {
    const clock = briskClock();
    const emulator = await startEmulator({ schemas: file, operationMs: 1, now: () => clock.now() });
    surround(emulator);
    const every = documents().flatMap((document) => hidingIn(document) ?? []);
    const step = isWhole ? 1 : Math.ceil(every.length / sampleSize);
    const left = every.filter(({ type }, i) => i % step === 0 || type === "AWS::Lambda::Function");
    const count = left.length;
    const mismatches = new Map<string, string>();
    const worker = async (): Promise<void> => {
      for (let next = left.shift(); next; next = left.shift()) {
        for (const variant of next.variants) {
          const failures = await keptTo(next, variant, { emulator, clock });
          const [mismatch] = failures.filter((failure) => failure.startsWith("PLAN_MISMATCH"));
          if (mismatch !== undefined) mismatches.set(next.type, mismatch);
        }
      }
    };
    try {
      await Promise.all(Array.from({ length: sideBySide }, worker));
    } finally {
      await emulator.close();
    }
    tell(`types planned and deployed from the file: ${count}, of which refused: ${mismatches.size}`);
    expect([...mismatches]).toEqual([]);
  },
);
