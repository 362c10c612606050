import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rankEntries } from "../../../src/app/session/rank-entries.ts";
import { makeTurns } from "../../../src/app/session/turns.ts";
import { AWS } from "../../../src/aws/namespace.ts";
import type { Entry } from "../../../src/entry.ts";
import { isProps } from "../../../src/json.ts";
import type { Turn } from "../../../src/scope/turns.ts";
import { cloud } from "../../support/run.ts";
import { entryOf } from "../../support/state/entry.ts";

describe("turns", () => {
  test("let so many through and no more, those on which most hangs first, and of these the first to come", async () => {
    const ranks = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(ranks, fc.integer({ min: 1, max: 5 }), async (all, most) => {
        const turns = makeTurns(most);
        const begun: number[] = [];
        const open: Turn[] = [];
        const begin = async (i: number, rank: number): Promise<void> => {
          const turn = await turns.take(() => rank);
          begun.push(i);
          open.push(turn);
        };
        for (const [i, rank] of all.entries()) void begin(i, rank);
        for (let left = all.length; left > 0; left -= 1) {
          await new Promise(setImmediate);
          expect(open.length).toBe(Math.min(most, left));
          open.shift()?.end();
        }
        const waited = [...all.keys()].slice(most).toSorted((a, b) => (all[b] ?? 0) - (all[a] ?? 0) || a - b);
        expect(begun).toEqual([...[...all.keys()].slice(0, most), ...waited]);
      }),
    );
  });

  test("a turn that is ended twice lets one through", async () => {
    const turns = makeTurns(1);
    const first = await turns.take(() => 0);
    let through = 0;
    const pass = async (): Promise<void> => {
      await turns.take(() => 0);
      through += 1;
    };
    for (let i = 0; i < 3; i += 1) void pass();
    first.end();
    first.end();
    await new Promise(setImmediate);
    expect(through).toBe(1);
  });
});

describe("the rank of an entry", () => {
  const graphs = fc
    .array(fc.array(fc.nat(11), { maxLength: 4 }), { minLength: 1, maxLength: 12 })
    .map((uses) => uses.map((used) => used.map((one) => one % uses.length)));

  test("is the longest chain above and below it, whatever stands upon what", () => {
    const acyclic = graphs.map((uses) => uses.map((used, i) => used.filter((one) => one < i)));
    fc.assert(
      fc.property(acyclic, (uses) => {
        const rankOf = rankEntries(entriesOf(uses));
        const below = (i: number): number => Math.max(0, ...(uses[i] ?? []).map((one) => 1 + below(one)));
        const usersOf = (i: number): number[] => uses.flatMap((used, j) => (used.includes(i) ? [j] : []));
        const above = (i: number): number => Math.max(0, ...usersOf(i).map((one) => 1 + above(one)));
        for (const i of uses.keys()) expect(rankOf(`id-${i}`)).toEqual({ above: above(i), below: below(i) });
      }),
    );
  });

  test("is told of circles too, of what is recorded nowhere, and of a chain longer than the stack", () => {
    fc.assert(
      fc.property(graphs, (uses) => {
        const rankOf = rankEntries(entriesOf(uses));
        for (const i of uses.keys()) expect(rankOf(`id-${i}`).below).toBeLessThan(uses.length);
        expect(rankOf("nobody")).toEqual({ above: 0, below: 0 });
      }),
    );
    const chain = Array.from({ length: 30_000 }, (_, i) => (i === 0 ? [] : [i - 1]));
    const rankOf = rankEntries(entriesOf(chain));
    expect(rankOf("id-0")).toEqual({ above: 29_999, below: 0 });
    expect(rankOf("id-29999")).toEqual({ above: 0, below: 29_999 });
  });
});

const entriesOf = (uses: readonly (readonly number[])[]): ReadonlyMap<string, Entry> =>
  new Map(
    uses.map((used, i) => {
      const id = `id-${i}`;
      return [id, { ...entryOf(id), dependencies: used.map((one) => `id-${one}`) }];
    }),
  );

describe("a run of which more is ready than may be in flight", () => {
  const idle = ["a", "b", "c", "d", "e", "f"];
  const queues = (delay: number): Promise<unknown>[] =>
    idle.map((id) => AWS.SQS.Queue(id, { QueueName: id, DelaySeconds: delay }));
  const chain = async (words: string): Promise<void> => {
    const { Arn } = await AWS.IAM.Role("base", {
      RoleName: "base",
      Description: words,
      AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [] },
    });
    const group = { LogGroupName: "the-group", Tags: [{ Key: "of", Value: Arn }] };
    const { LogGroupName } = await AWS.Logs.LogGroup("group", group);
    await AWS.Logs.LogStream("stream", { LogGroupName, LogStreamName: "the-stream" });
  };

  test("makes first what most is recorded to stand upon, and deletes first what stands upon most", async () => {
    const { emulator, deploy, destroy } = await cloud();
    const sent = (api: string): (string | undefined)[] =>
      emulator.calls.flatMap((call) =>
        call.api === api && isProps(call.body) ? [String(call.body["Identifier"]).split("/").at(-1)] : [],
      );
    await deploy(() => Promise.all([...queues(0), chain("one")]));
    await deploy(() => Promise.all([...queues(1), chain("two")]), { concurrency: 1 });
    const updated = sent("UpdateResource");
    // Some were through before there was anything to wait for; nobody else goes before those that came first.
    expect(updated.indexOf("base")).toBeLessThanOrEqual(3);
    expect(updated.filter((id) => id !== "base")).toEqual(idle);
    await destroy({ concurrency: 1 });
    const deleted = sent("DeleteResource");
    expect(deleted.findIndex((id) => id?.endsWith("stream"))).toBeLessThanOrEqual(2);
  });
});
