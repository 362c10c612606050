import { onTestFinished } from "vitest";
import { importScript } from "../../../src/app/import/import-script.ts";
import type { RunOptions } from "../../../src/app/options/run-options.ts";
import { settingsOf } from "../../../src/app/options/settings.ts";
import { runAll } from "../../../src/app/run.ts";
import { type Emulator, type Fault, type IncomingCall, startEmulator } from "../../../src/emulator/index.ts";
import type { Entry } from "../../../src/entry.ts";
import { isResourceError } from "../../../src/errors.ts";
import type { Report } from "../../../src/events.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import { fakeClock } from "../wire/fake-clock.ts";

type Program = () => Promise<unknown>;

/** A cloud in which calls can be made to fail, and a store with the runs of one app. */
export interface ClaimWorld {
  readonly emulator: Emulator;
  /** Decides what befalls every call from now on. */
  readonly befall: (faults: (call: IncomingCall) => Fault | undefined) => void;
  readonly run: (phase: Report["phase"], program: Program) => Promise<Report>;
  /** Deploys another app of the same store. */
  readonly runOf: (app: string, program: Program) => Promise<Report>;
  /** Records one resource as an import with `--write` does; returns its id. */
  readonly importOne: (type: string, identifier: string) => Promise<string>;
  /** Lets so many ms pass. */
  readonly wait: (ms: number) => void;
  /** Every identifier that is recorded as ours, old ones of replacements included. */
  readonly recorded: () => Promise<string[]>;
}

/** Starts a world for one test and ends it with the test; sleeping takes no time. */
export async function claimWorld(): Promise<ClaimWorld> {
  const clock = fakeClock();
  let faults: (call: IncomingCall) => Fault | undefined = () => undefined;
  const emulator = await startEmulator({
    operationMs: 1,
    now: () => clock.now(),
    faults: (call) => faults(call),
  });
  onTestFinished(() => emulator.close());
  const store = memoryStore();
  const options: RunOptions = {
    store,
    endpoint: emulator.url,
    region: "us-east-1",
    schemas: "bundled",
    allowReplace: true,
    allowDelete: true,
  };
  const entries = async (): Promise<Entry[]> => {
    const all = await (await store.open("mine", "dev")).entries();
    return [...all.values()].flatMap((one) => (isResourceError(one) ? [] : [one]));
  };
  return {
    emulator,
    befall: (next) => {
      faults = next;
    },
    run: (phase, program) => runAll({ ...settingsOf("mine", options, {}), clock }, { phase }, program),
    runOf: (app, program) => runAll({ ...settingsOf(app, options, {}), clock }, { phase: "deploy" }, program),
    importOne: async (type, identifier) => {
      await importScript({ app: "mine", resources: [{ type, identifier }], write: true }, options);
      const [entry] = await entries();
      return entry?.id ?? "";
    },
    wait: (ms) => clock.advance(ms),
    recorded: async () =>
      (await entries()).flatMap(({ identifier, superseded = [] }) =>
        [identifier, ...superseded.map((old) => old.identifier)].filter((one) => one !== undefined),
      ),
  };
}
