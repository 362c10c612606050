import { expect } from "vitest";
import type { ReconcileOptions } from "../../../src/app/reconcile.ts";
import { AWS } from "../../../src/aws/namespace.ts";
import type { EmulatorOptions } from "../../../src/emulator/index.ts";
import type { Code } from "../../../src/errors.ts";
import type { Change } from "../../../src/events.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import type { StateStore } from "../../../src/state/store.ts";
import { type Cloud, cloud } from "../run.ts";

/** What a JavaScript program may write, whom no compiler stops. */
export const untyped = (value: unknown): never => value as never;

/** Everything that stands in state and in the emulated cloud. */
export async function worldOf({ emulator, store }: Cloud): Promise<unknown> {
  const entries = await (await store.open("test", "dev")).entries();
  return { entries: [...entries], resources: emulator.resources() };
}

/** A cloud in which one queue, `before`, has been deployed. */
export async function settledCloud(
  options: EmulatorOptions = {},
  store: StateStore = memoryStore(),
): Promise<Cloud> {
  const made = await cloud(options, store);
  await made.deploy(() => AWS.SQS.Queue("before", { QueueName: "before", DelaySeconds: 1 }));
  return made;
}

/** Runs a program that must be refused, with code and advice, and leave state and cloud as they were. */
export async function refused(
  program: () => Promise<unknown>,
  expected: { readonly code: Code; readonly says?: string | RegExp; readonly advises?: string | RegExp },
  around: { readonly options?: ReconcileOptions; readonly cloud?: Cloud } = {},
): Promise<Change> {
  const made = around.cloud ?? (await settledCloud());
  const before = await worldOf(made);
  const report = await made.deploy(program, around.options);
  expect(await worldOf(made)).toEqual(before);
  const failed = report.changes.filter(({ error }) => error);
  expect(failed.map(({ error }) => error?.code)).toEqual([expected.code]);
  const [change] = failed;
  if (!change?.error) throw new Error("nothing was refused");
  expect(change.error.message).toMatch(expected.says ?? "");
  expect(change.error.advice).toMatch(expected.advises ?? /\w/);
  return change;
}
