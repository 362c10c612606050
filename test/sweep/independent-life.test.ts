import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { settingsOf } from "../../src/app/options/settings.ts";
import { runAll } from "../../src/app/run.ts";
import { CloudControlResource } from "../../src/aws/cloud-control-resource.ts";
import { type Emulator, startEmulator } from "../../src/emulator/index.ts";
import type { Phase, Report } from "../../src/events.ts";
import { type Props, covers } from "../../src/json.ts";
import { memoryStore } from "../../src/state/memory.ts";
import type { Clock } from "../../src/wire/clock.ts";
import { tell } from "../support/crash/tell.ts";
import { briskClock } from "../support/sweep/brisk-clock.ts";
import { registryFile } from "../support/sweep/hiding.ts";
import { type Subject, subjectOf } from "../support/sweep/subject.ts";
import { surround } from "../support/sweep/surroundings.ts";

const isWhole = process.env["AWAIT_AWS_SWEEP_TYPES"] === "all";
const sampleSize = 60;
const sideBySide = 8;

type Steps = Record<"create" | "update" | "read" | "delete", string | undefined>;

/** Leads one type through its life by what the bundle says alone; each step's failure, or what replaced it wrongly. */
async function independentLife(
  { type, facts, desired, mutable }: Subject,
  emulator: Emulator,
  clock: Clock,
): Promise<Steps & { readonly wrong: readonly string[] }> {
  const store = memoryStore();
  const run = (phase: Phase, props: Props, refresh = false): Promise<Report> => {
    const options = { store, endpoint: emulator.url, region: "us-east-1", schemas: "bundled" } as const;
    const settings = settingsOf(`bundled ${type}`, { ...options, refresh, allowDelete: true }, {});
    const program = () =>
      CloudControlResource("it", { TypeName: type, DesiredState: props, allowReplace: true });
    return runAll({ ...settings, clock }, { phase }, program);
  };
  const step = async (moves: readonly string[], report: Promise<Report>): Promise<string | undefined> => {
    const [change] = (await report).changes;
    const isAsked = change !== undefined && !change.error && moves.includes(change.move);
    return isAsked ? undefined : (change?.error?.message ?? `it was ${change?.move ?? "nothing"}`);
  };
  const next = mutable ? { ...desired, [mutable.name]: mutable.to } : desired;
  const create = await step(["create"], run("deploy", desired));
  const changed = run("deploy", next);
  const update = await step([mutable ? "update" : "nothing"], changed);
  const read = await step(["nothing"], run("deploy", next, true));
  const gone = await step(["delete"], run("destroy", next));
  const [change] = (await changed).changes;
  const isFixed = (path: string): boolean =>
    [...(facts.createOnly ?? []), ...(facts.conditionalCreateOnly ?? [])].some((one) => covers(one, path));
  const because = change?.move === "replace" ? (change.because ?? []) : [];
  const wrong = because.map(({ path }) => path).filter((path) => !isFixed(path));
  return { create, update, read, delete: gone, wrong };
}

test.skipIf(!existsSync(registryFile))(
  "every type is created, updated, read and deleted where no schema can be asked, and replaced for nothing that the registry lets change",
  { timeout: 900_000 },
  async () => {
    const clock = briskClock();
    const emulator = await startEmulator({ schemas: registryFile, operationMs: 1, now: () => clock.now() });
    surround(emulator);
    const lines = gunzipSync(readFileSync(registryFile)).toString("utf8").trim().split("\n");
    const stride = isWhole ? 1 : Math.ceil(lines.length / sampleSize);
    const left = lines.filter((_, i) => i % stride === 0);
    const count = left.length;
    const failed = {
      create: new Set<string>(),
      update: new Set<string>(),
      read: new Set(),
      delete: new Set(),
    };
    const reasons: string[] = [];
    const wrong: string[] = [];
    const worker = async (): Promise<void> => {
      for (let line = left.shift(); line !== undefined; line = left.shift()) {
        const document = JSON.parse(line) as Props;
        const type = String(document["typeName"]);
        const subject = subjectOf(document);
        const life = subject && (await independentLife(subject, emulator, clock));
        for (const name of ["create", "update", "read", "delete"] as const) {
          const reason = life ? life[name] : "no instance can be made";
          if (reason === undefined) continue;
          failed[name].add(type);
          reasons.push(`  ${type} ${name}: ${reason.slice(0, 200)}`);
        }
        wrong.push(...(life?.wrong ?? []).map((path) => `${type} ${path}`));
      }
    };
    await Promise.all(Array.from({ length: sideBySide }, worker));
    await emulator.close();
    const told = Object.entries(failed).map(([name, types]) => `${name} ${count - types.size}`);
    tell(
      `types without a schema to ask: ${count}, of which ${told.join(", ")}, wrongly replaced ${wrong.length}`,
    );
    for (const reason of reasons) tell(reason);
    expect(wrong).toEqual([]);
    expect(failed.update.size / count).toBeLessThanOrEqual(isWhole ? 19 / 1489 : 0.05);
  },
);
