import { expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import { deploymentTrigger } from "../../../src/resource/outputs/deployment-trigger.ts";
import { cloud } from "../../support/run.ts";

const queue = (id: string, more: object = {}) => AWS.SQS.Queue(id, { QueueName: id, ...more });

test("a trigger changes when a resource does, and neither with their order, their tags nor from run to run", async () => {
  const { deploy } = await cloud();
  const seen: string[] = [];
  const program =
    (DelaySeconds: number, tag: string, turned = false) =>
    async (): Promise<void> => {
      const all = [await queue("a", { DelaySeconds, Tags: [{ Key: "k", Value: tag }] }), await queue("b")];
      seen.push(deploymentTrigger(...(turned ? all.toReversed() : all)));
    };
  await deploy(program(1, "x"));
  await deploy(program(1, "x", true));
  await deploy(program(1, "y"));
  await deploy(program(2, "y"));
  const [first, ...later] = seen;
  expect(first).toMatch(/^[0-9a-f]{12}$/);
  expect(later.slice(0, 2)).toEqual([first, first]);
  expect(later[2]).not.toBe(first);
});

test("a trigger is known only after apply where what it digests is", async () => {
  const { deploy } = await cloud();
  let seen = "";
  await deploy(async () => void (seen = deploymentTrigger(await queue("a"))), { phase: "plan" });
  expect(seen).toBe("⟨deploymentTrigger⟩");
});

test("a trigger takes resources alone", () => {
  expect(() => deploymentTrigger({ QueueName: "a" })).toThrow("deploymentTrigger takes resources");
});
