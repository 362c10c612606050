import { describe, expect, test } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import { bundledFacts } from "../../src/schema/bundled.ts";
import type { Facts } from "../../src/schema/facts.ts";
import { changeOf, cloud } from "../run.ts";

/** A cloud that knows more of queues than the facts in this package do; the registry is not asked. */
const knowing = (more: Facts) =>
  cloud({ facts: (type) => ({ ...bundledFacts(type), ...(type === "AWS::SQS::Queue" && more) }) });

const bundled = { schemas: "bundled" } as const;
const queue = (more: object) => () => AWS.SQS.Queue("jobs", { QueueName: "jobs", ...more });

describe("an update that is refused for a place nobody knew of", () => {
  test("leaves a read-only place out, says so, and carries the rest", async () => {
    const { readOnly = [] } = bundledFacts("AWS::SQS::Queue") ?? {};
    const { deploy, emulator, events } = await knowing({ readOnly: [...readOnly, "/MaximumMessageSize"] });
    await deploy(queue({ DelaySeconds: 1 }), bundled);
    const report = await deploy(queue({ DelaySeconds: 2, MaximumMessageSize: 1024 }), bundled);
    expect(changeOf(report, "jobs")).toMatchObject({ move: "update" });
    expect(report.calls["UpdateResource"]).toBe(2);
    expect(emulator.resources()[0]?.Properties["DelaySeconds"]).toBe(2);
    expect(events).toContainEqual(
      expect.objectContaining({ name: "warning", message: expect.stringContaining("/MaximumMessageSize") }),
    );
  });

  test("leaves out what was only sent again because reads do not show it", async () => {
    const createOnly = ["/QueueName", "/MaximumMessageSize"];
    const { deploy, emulator } = await knowing({ createOnly, writeOnly: ["/MaximumMessageSize"] });
    await deploy(queue({ DelaySeconds: 1, MaximumMessageSize: 1024 }), bundled);
    const report = await deploy(queue({ DelaySeconds: 2, MaximumMessageSize: 1024 }), bundled);
    expect(changeOf(report, "jobs").move).toBe("update");
    expect(emulator.resources()).toHaveLength(1);
    expect(emulator.resources()[0]?.Properties["DelaySeconds"]).toBe(2);
  });

  test("replaces, where a create-only place was changed on purpose", async () => {
    const { deploy, emulator } = await knowing({ createOnly: ["/QueueName", "/MaximumMessageSize"] });
    await deploy(queue({ MaximumMessageSize: 1024 }), bundled);
    const report = await deploy(queue({ MaximumMessageSize: 2048, allowReplace: true }), bundled);
    expect(changeOf(report, "jobs").move).toBe("replace");
    expect(emulator.resources().map(({ Properties }) => Properties["MaximumMessageSize"])).toEqual([2048]);
  });
});
