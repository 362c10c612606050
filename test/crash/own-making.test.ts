import { expect, test } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import { cloud } from "../support/run.ts";
import { expectExact } from "../support/crash/exact.ts";

test.each([
  [0, {}],
  [0, { adopt: true }],
  [400, {}],
  [400, { adopt: true }],
])(
  "a conflict that made a server-named resource leaves one, with reads %i ms behind and %j",
  async (staleReadMs, more) => {
    const { deploy, emulator, store } = await cloud({
      staleReadMs,
      faults: ({ api, count }) =>
        api === "CreateResource" && count === 1
          ? { failWith: { code: "ResourceConflict", identifier: true, created: true } }
          : undefined,
    });
    const program = () => AWS.SQS.Queue("jobs", { DelaySeconds: 1, ...more });
    await deploy(program);
    expect(await deploy(program)).toMatchObject({ ok: true });
    await expectExact({ emulator, store }, 1, "after the second run");
  },
);
