import { expect, test } from "vitest";
import { paceHandlers } from "../../src/cloudcontrol/handlers.ts";
import { learnFrom } from "../../src/cloudcontrol/learned.ts";
import { ResourceError } from "../../src/errors.ts";
import { simulatedTime } from "../support/wire/simulated-time.ts";

const queue = "AWS::SQS::Queue";

test("a service whose operations fail with Throttling is written to as fast as it bears, others as before", async () => {
  const clock = simulatedTime();
  const { rateOf } = learnFrom(undefined, clock.now());
  const handlers = paceHandlers({ clock, signal: undefined }, rateOf);
  const throttled = new ResourceError("THROTTLED", "Rate exceeded");
  // The handler bears five a second.
  let [tokens, filledAt, failures, done] = [5, clock.now(), 0, 0];
  const create = async (isAgain = false): Promise<void> => {
    await handlers.enter(queue, { isAgain });
    const begunAt = clock.now();
    tokens = Math.min(5, tokens + ((begunAt - filledAt) * 5) / 1_000);
    filledAt = begunAt;
    const isDone = tokens >= 1;
    if (isDone) tokens -= 1;
    else failures += 1;
    await clock.sleep(isDone ? 2_000 : 100);
    const ended = isDone
      ? ({ outcome: "succeeded", identifier: "q" } as const)
      : ({ outcome: "failed", identifier: undefined, error: throttled } as const);
    handlers.noteEnd(`CREATE ${queue}`, ended, begunAt);
    done += Number(isDone);
    if (!isDone) await clock.sleep(200).then(() => create(true));
  };
  const startedAt = clock.now();
  await clock.run(Promise.all(Array.from({ length: 200 }, () => create())));
  expect(done).toBe(200);
  expect((clock.now() - startedAt) / 1_000).toBeLessThanOrEqual(1.3 * ((200 - 5) / 5) + 4);
  expect(rateOf("AWS::SQS").perSecond).toBeLessThan(10);
  expect(failures).toBeLessThan(600);
  const before = clock.now();
  await clock.run(Promise.all(Array.from({ length: 50 }, () => handlers.enter("AWS::SNS::Topic"))));
  expect(clock.now()).toBe(before);
});
