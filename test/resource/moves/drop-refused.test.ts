import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import { bundledFacts } from "../../../src/schema/bundled.ts";
import type { Facts } from "../../../src/schema/facts.ts";
import { changeOf, cloud } from "../../support/run.ts";

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

describe("an update that is refused for what the script has not changed", () => {
  const refuses = (path: string, count?: number) =>
    cloud({
      faults: ({ api, count: nth }) =>
        api === "UpdateResource" && (count === undefined || nth === count)
          ? {
              error: {
                type: "com.amazon.cloudapiservice#NotUpdatableException",
                message: `Invalid patch update: createOnlyProperties [/properties${path}] cannot be updated`,
              },
            }
          : undefined,
    });
  const twice = { VisibilityTimeout: 5, allowReplace: true };

  test.each(["/VisibilityTimeout", "/Nothing", "/QueueName"])(
    "is never answered by a replacement, though one is allowed: %s",
    async (path) => {
      const { deploy, emulator } = await refuses(path);
      await deploy(queue({ DelaySeconds: 1, ...twice }), bundled);
      const report = await deploy(queue({ DelaySeconds: 2, ...twice }), bundled);
      expect(changeOf(report, "jobs").error?.code).toBe("NOT_UPDATABLE");
      expect(report.calls["UpdateResource"]).toBeLessThanOrEqual(2);
      expect(report.calls).not.toHaveProperty("DeleteResource");
      expect(emulator.resources()).toHaveLength(1);
    },
  );

  test("is tried once without it, where the patch carries it", async () => {
    const { deploy, emulator } = await cloud({
      facts: (type) => ({
        ...bundledFacts(type),
        ...(type === "AWS::SQS::Queue" && {
          writeOnly: ["/VisibilityTimeout"],
          createOnly: ["/VisibilityTimeout"],
        }),
      }),
    });
    await deploy(queue({ DelaySeconds: 1, ...twice }), bundled);
    const report = await deploy(queue({ DelaySeconds: 2, ...twice }), bundled);
    expect(changeOf(report, "jobs").move).toBe("update");
    expect(emulator.resources()).toHaveLength(1);
  });

  test("leaves a value in another order for the same", async () => {
    const { deploy, emulator } = await cloud({
      facts: (type) => ({ ...bundledFacts(type), createOnly: ["/Subnets"] }),
    });
    const profile =
      (...Subnets: string[]) =>
      () =>
        AWS.EKS.FargateProfile("p", {
          ClusterName: "c",
          FargateProfileName: "p",
          PodExecutionRoleArn: "arn:aws:iam::123456789012:role/pods",
          Selectors: [{ Namespace: "n" }],
          Subnets,
          allowReplace: true,
        });
    await deploy(profile("subnet-1", "subnet-2"), bundled);
    const report = await deploy(profile("subnet-2", "subnet-1"), bundled);
    expect(changeOf(report, "p").move).toBe("nothing");
    expect(emulator.resources()).toHaveLength(1);
    const again = await deploy(profile("subnet-2", "subnet-1"), bundled);
    expect(again.calls).toEqual({});
  });
});

describe("what documentation alone calls fixed at creation", () => {
  test("is tried in place, and replaced only when AWS refuses", async () => {
    const of = (DelaySeconds: number) => queue({ DelaySeconds, FifoQueue: true, QueueName: "jobs.fifo" });
    const { deploy } = await cloud();
    const world = await cloud({ facts: (type) => ({ ...bundledFacts(type), createOnly: [] }) });
    const named = (QueueName: string) => queue({ QueueName, allowReplace: true });
    for (const [run, move] of [
      [deploy, "replace"],
      [world.deploy, "update"],
    ] as const) {
      await run(of(1), bundled);
      await run(named("other"), { ...bundled, phase: "plan" });
      const planned = await run(named("other"), { ...bundled, phase: "plan" });
      expect(changeOf(planned, "jobs")).toMatchObject({ move: "update", ifRefused: "replace" });
      expect(changeOf(await run(named("other"), bundled), "jobs").move).toBe(move);
    }
  });
});
