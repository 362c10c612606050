import { expect, test } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import { isResourceError } from "../../src/errors.ts";
import type { StateStore } from "../../src/state/store.ts";
import { memoryStore } from "../../src/state/memory.ts";
import { cloud } from "../support/run.ts";

const queues = (count: number) => (): Promise<unknown> =>
  Promise.all(
    Array.from({ length: count }, (_, i) =>
      AWS.SQS.Queue(`jobs-${i}`, { QueueName: `jobs-${i}`, DelaySeconds: i % 900 }),
    ),
  );

/** A store that counts what is asked of it, by name. */
function counted(store: StateStore): { readonly store: StateStore; readonly asked: Map<string, number> } {
  const asked = new Map<string, number>();
  const counting = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(inner, name) {
        const member: unknown = Reflect.get(inner, name, inner);
        if (typeof member !== "function") return member;
        return (...given: unknown[]): unknown => {
          asked.set(String(name), (asked.get(String(name)) ?? 0) + 1);
          return Reflect.apply(member, inner, given);
        };
      },
    });
  const opening: StateStore = {
    open: async (app, stage) => counting(await store.open(app, stage)),
    unlock: (app, stage) => store.unlock(app, stage),
    stages: () => store.stages(),
  };
  return { store: opening, asked };
}

test("an unchanged run of 1,000 resources makes no call, and asks no more of its store than one of a single one", async () => {
  const { store, asked } = counted(memoryStore());
  const { deploy } = await cloud({}, store);
  await deploy(queues(1));
  asked.clear();
  await deploy(queues(1));
  const ofOne = [...asked];
  const state = await store.open("test", "dev");
  const first = (await state.entries()).get("jobs-0");
  if (!first || isResourceError(first)) throw new Error("nothing was recorded");
  // As a deploy of all would have left them, without its thousands of requests.
  const entry = JSON.stringify(first);
  for (let i = 1; i < 1_000; i += 1) {
    const copy = JSON.parse(entry.replaceAll("jobs-0", `jobs-${i}`)) as typeof first;
    await state.put({ ...copy, desired: { ...copy.desired, DelaySeconds: i % 900 } });
  }
  asked.clear();
  const report = await deploy(queues(1_000));
  expect(report).toMatchObject({ ok: true, calls: {} });
  expect(report.changes).toHaveLength(1_000);
  expect([...asked]).toEqual(ofOne);
});
