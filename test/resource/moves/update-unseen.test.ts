import * as fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { settingsOf } from "../../../src/app/options/settings.ts";
import { runAll } from "../../../src/app/run.ts";
import { startEmulator } from "../../../src/emulator/index.ts";
import type { Report } from "../../../src/events.ts";
import AWS from "../../../src/index.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import { movesOf } from "../../support/run.ts";
import { fakeClock } from "../../support/wire/fake-clock.ts";

/** A cloud on a clock that sleeping moves, in which nothing can be read or listed for a while after every update. */
async function world(blindMs: number) {
  const clock = fakeClock();
  let until = 0;
  const emulator = await startEmulator({
    operationMs: 1,
    now: () => clock.now(),
    faults: ({ api }) => {
      if (api === "UpdateResource") until = clock.now() + blindMs;
      const isBlind = (api === "GetResource" || api === "ListResources") && clock.now() < until;
      return isBlind ? { error: { type: "ResourceNotFoundException", message: "was not found" } } : undefined;
    },
  });
  onTestFinished(() => emulator.close());
  const store = memoryStore();
  const run = (phase: Report["phase"], program: () => Promise<unknown>): Promise<Report> => {
    const settings = settingsOf("mine", { store, endpoint: emulator.url, schemas: "bundled" }, {});
    return runAll({ ...settings, region: "us-east-1", clock }, { phase }, program);
  };
  return { emulator, run, wait: (ms: number) => clock.advance(ms) };
}

const document = { Version: "2012-10-17", Statement: [] };

/** Each in two wordings, of types that AWS names and of types that the user names. */
const declares: readonly ((nth: number, more?: { adopt: true }) => Promise<unknown>)[] = [
  (nth, more) => AWS.KMS.Key("it", { KeyPolicy: document, Description: `${nth}`, ...more }),
  (nth) => AWS.EC2.VPC("it", { CidrBlock: "10.0.0.0/16", EnableDnsSupport: nth === 0 }),
  (nth) => AWS.EC2.SecurityGroup("it", { GroupDescription: "g", Tags: [{ Key: "n", Value: `${nth}` }] }),
  (nth) => AWS.ApiGatewayV2.Api("it", { Name: "chat", ProtocolType: "HTTP", Description: `${nth}` }),
  (nth) => AWS.SQS.Queue("it", { DelaySeconds: nth }),
  (nth) => AWS.Logs.LogGroup("it", { LogGroupName: "/mine", RetentionInDays: nth === 0 ? 7 : 14 }),
];

test("what an update has named is never made again while it cannot be read (0 s to 1 h)", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(declares.length - 1),
      fc.integer({ min: 0, max: 3_600 }),
      fc.array(fc.integer({ min: 0, max: 1_800 }), { minLength: 1, maxLength: 4 }),
      async (which, blindSeconds, pauses) => {
        const { emulator, run, wait } = await world(blindSeconds * 1000);
        const declare = declares[which] ?? (() => Promise.resolve());
        await run("deploy", () => declare(0));
        const [made] = emulator.resources();
        for (const seconds of pauses) {
          await run("deploy", () => declare(1));
          expect(emulator.resources()).toMatchObject([{ Identifier: made?.Identifier }]);
          wait(seconds * 1000);
        }
        wait(blindSeconds * 1000);
        expect(await run("deploy", () => declare(1))).toMatchObject({ ok: true });
        expect(emulator.resources()).toMatchObject([{ Identifier: made?.Identifier }]);
      },
    ),
    { numRuns: 20 },
  );
}, 60_000);

test("36 hours after the update it may be gone, and is made again with a word", async () => {
  const { emulator, run, wait } = await world(1_000 * 3_600_000);
  const declare = declares[0] ?? (() => Promise.resolve());
  await run("deploy", () => declare(0));
  wait(100 * 3_600_000);
  expect(movesOf(await run("deploy", () => declare(1)))).toEqual(["it: NOT_STABILIZED"]);
  wait(35 * 3_600_000);
  expect(movesOf(await run("deploy", () => declare(1)))).toEqual(["it: NOT_STABILIZED"]);
  expect(emulator.resources()).toHaveLength(1);
  wait(2 * 3_600_000);
  await run("deploy", () => declare(1));
  expect(emulator.resources()).toHaveLength(2);
});
