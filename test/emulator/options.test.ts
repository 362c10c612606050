import { describe, expect, test } from "vitest";
import { type EmulatorOptions, startEmulator } from "../../src/emulator/index.ts";
import { AWS } from "../../src/aws/namespace.ts";
import { cloud } from "../support/run.ts";

const untyped = (options: unknown): EmulatorOptions => options as EmulatorOptions;

describe("the emulator", () => {
  test.each([
    [{ opreationMs: 1 }, /no option "opreationMs", did you mean operationMs\?/],
    [{ operationms: 1 }, /did you mean operationMs\?/],
    [{ staleReadsMs: 1 }, /did you mean staleReadMs\?/],
    [{ fault: () => undefined }, /did you mean faults\?/],
    [{ schema: "x" }, /did you mean schemas\?/],
    [{ concurrentEdit: "refuse" }, /did you mean concurrentEdits\?/],
    [{ bananas: 1 }, /no option "bananas"; it takes account, /],
    ["4566", /takes its options as an object; given was a string/],
    [null, /given was null/],
    [4566, /given was a number/],
  ])("is not started with the options %j", async (options, says) => {
    await expect(startEmulator(untyped(options))).rejects.toThrow(says);
    await expect(startEmulator(untyped(options))).rejects.toBeInstanceOf(TypeError);
  });
});

describe("what is asked outside any declaration", () => {
  const { Queue } = AWS.SQS;
  const bad: never = { regoin: "us-east-1" } as never;
  const first = async (rows: AsyncIterable<unknown>): Promise<unknown> => {
    for await (const row of rows) return row;
    return undefined;
  };

  test.each<[string, () => Promise<unknown>]>([
    ["get", () => Queue.get("https://sqs.us-east-1.amazonaws.com/1/q", bad)],
    ["find", () => Queue.find({ QueueName: "q" }, bad)],
    ["list", () => first(Queue.list({}, bad))],
    ["update", () => Queue.update("https://sqs.us-east-1.amazonaws.com/1/q", { DelaySeconds: 1 }, bad)],
    ["delete", () => Queue.delete("https://sqs.us-east-1.amazonaws.com/1/q", bad)],
    ["permissions", () => Queue.permissions(bad)],
  ])(
    "refuses an option of %s that does not exist, with the nearest name, before it asks",
    async (name, ask) => {
      const here = await cloud();
      await here.deploy(async () => {
        await expect(ask()).rejects.toThrow(
          `${name}() of AWS::SQS::Queue has no option "regoin", did you mean region?`,
        );
        await expect(ask()).rejects.toBeInstanceOf(TypeError);
      });
      expect(here.emulator.calls).toEqual([]);
    },
  );

  test.each([
    ["get", () => Queue.get("https://sqs.us-east-1.amazonaws.com/1/q", "us-east-1" as never)],
    ["list", () => first(Queue.list({}, null as never))],
    ["delete", () => Queue.delete("https://sqs.us-east-1.amazonaws.com/1/q", [] as never)],
  ])("takes the options of %s as an object alone", async (_, ask) => {
    const here = await cloud();
    await here.deploy(async () => {
      await expect(ask()).rejects.toThrow(/takes its options as an object; given was/);
    });
  });
});
