import * as fc from "fast-check";
import { expect, test } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import type { RunOptions } from "../../src/app/options/run-options.ts";
import { runAll } from "../../src/app/run.ts";
import { settingsOf } from "../../src/app/options/settings.ts";
import { startEmulator } from "../../src/emulator/index.ts";
import type { Change, Phase, Report } from "../../src/events.ts";
import { memoryStore } from "../../src/state/memory.ts";
import { tell } from "../support/crash/tell.ts";
import { fakeClock } from "../support/wire/fake-clock.ts";

/** One declared resource: its kind, a value that may be edited, and which of those before it it uses, if any. */
interface Declared {
  readonly kind: "queue" | "group" | "network" | "subnet" | "parameter";
  readonly value: number;
  readonly uses: number;
}

const declared: fc.Arbitrary<Declared> = fc.record({
  kind: fc.constantFrom("queue", "group", "network", "subnet", "parameter"),
  value: fc.constantFrom(1, 3, 5),
  uses: fc.nat(),
});

/** Two versions of a program: the second keeps, edits, drops and adds resources of the first. */
const versions: fc.Arbitrary<readonly [readonly Declared[], readonly (Declared | undefined)[]]> = fc
  .array(fc.tuple(declared, fc.option(declared, { nil: undefined }), fc.boolean()), { maxLength: 30 })
  .map((all) => [
    all.map(([first]) => first),
    all.map(([first, edited, isKept]) => (isKept ? first : edited && { ...first, value: edited.value })),
  ]);

interface Made {
  readonly kind: Declared["kind"];
  readonly outputs: unknown;
}

/** Declares them in order; what a resource uses is looked up among those before it. */
const programOf = (all: readonly (Declared | undefined)[]) => async (): Promise<void> => {
  const made: Made[] = [];
  for (const [i, one] of all.entries()) {
    if (one) made.push({ kind: one.kind, outputs: await declare(`r${i}`, one, made) });
  }
};

function declare(id: string, { kind, value, uses }: Declared, made: readonly Made[]): Promise<unknown> {
  switch (kind) {
    case "queue":
      return AWS.SQS.Queue(id, { QueueName: id, DelaySeconds: value });
    case "group":
      return AWS.Logs.LogGroup(id, { LogGroupName: `/${id}`, RetentionInDays: value });
    case "network":
      return AWS.EC2.VPC(id, { CidrBlock: `10.${value}.0.0/16` });
    case "subnet": {
      const networks = made.filter((one) => one.kind === "network");
      const network = networks[uses % networks.length];
      if (!network) return AWS.SNS.Topic(id, { TopicName: id, DisplayName: `n${value}` });
      const { VpcId } = network.outputs as { VpcId: string };
      return AWS.EC2.Subnet(id, { VpcId, CidrBlock: "10.0.1.0/24" });
    }
    case "parameter": {
      const queues = made.filter((one) => one.kind === "queue");
      const queue = queues[uses % queues.length];
      const Arn = queue ? (queue.outputs as { Arn: string }).Arn : `v${value}`;
      return AWS.SSM.Parameter(id, { Name: `/${id}`, Type: "String", Value: `${Arn} and more` });
    }
  }
}

/** What was planned may come to less only where the plan left values open, and to more only where it says so. */
const keeps = (done: Change | undefined, planned: Change): boolean =>
  done?.move === planned.move ||
  (planned.ifRefused !== undefined && done?.move === planned.ifRefused) ||
  (planned.unknown !== undefined && done?.move === "nothing");

interface World {
  readonly run: (phase: Phase, program: () => Promise<unknown>, more?: RunOptions) => Promise<Report>;
  readonly close: () => Promise<void>;
}

/** A cloud of its own, by a clock that jumps. */
async function world(): Promise<World> {
  const clock = fakeClock();
  const emulator = await startEmulator({ operationMs: 0, now: () => clock.now() });
  const store = memoryStore();
  const options = {
    store,
    endpoint: emulator.url,
    schemas: "bundled",
    allowReplace: true,
    allowDelete: true,
  } as const;
  return {
    close: () => emulator.close(),
    run: (phase, program, more = {}) =>
      runAll({ ...settingsOf("laws", { ...options, ...more }, {}), clock }, { phase }, program),
  };
}

test("a deploy does what its plan said, and a second plan is empty", { timeout: 300_000 }, async () => {
  let resources = 0;
  await fc.assert(
    fc.asyncProperty(versions, async ([first, second]) => {
      const { run, close } = await world();
      try {
        expect((await run("deploy", programOf(first))).ok).toBe(true);
        const plan = await run("plan", programOf(second));
        expect(plan.stopped).toBeUndefined();
        const { changes } = plan;
        const file = { version: 1, app: "laws", stage: "dev", plannedAt: "", changes } as const;
        const done = await run("deploy", programOf(second), { plan: file });
        expect(done.changes.filter(({ error }) => error)).toEqual([]);
        for (const planned of changes) {
          const one = done.changes.find(({ id }) => id === planned.id);
          expect({ planned, one, keeps: keeps(one, planned) }).toMatchObject({ keeps: true });
        }
        expect(done.changes.length).toBe(changes.length);
        const again = await run("plan", programOf(second));
        expect(again.changes.filter(({ move }) => move !== "nothing")).toEqual([]);
        resources += second.length;
      } finally {
        await close();
      }
    }),
    { numRuns: Number(process.env["AWAIT_AWS_PLANS"] ?? 200) },
  );
  tell(`resources planned and deployed: ${resources}`);
});
