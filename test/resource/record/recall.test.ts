import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import type { Event } from "../../../src/events.ts";
import { cloud, movesOf } from "../../support/run.ts";

const warningsIn = (events: readonly Event[]): string[] =>
  events.flatMap((event) => (event.name === "warning" ? [event.message] : []));

describe("renamedFrom", () => {
  const queue = (id: string, renamedFrom?: string) => () =>
    AWS.SQS.Queue(id, { QueueName: "jobs", ...(renamedFrom !== undefined && { renamedFrom, adopt: true }) });

  test.each([
    ["nothing like it", "orders", /^renamedFrom "orders" is recorded nowhere in this stage$/],
    [
      "a name like it",
      "jbos",
      /^renamedFrom "jbos" is recorded nowhere in this stage, did you mean "jobs"\?$/,
    ],
  ])("of what is recorded nowhere says so, where there is %s", async (_, from, says) => {
    const here = await cloud();
    await here.deploy(queue("jobs"));
    for (const phase of ["plan", "deploy"] as const) {
      const events: Event[] = [];
      await here.deploy(queue("work", from), { phase, onEvent: (event) => void events.push(event) });
      expect(warningsIn(events).filter((text) => text.startsWith("renamedFrom"))).toEqual([
        expect.stringMatching(says),
      ]);
    }
  });

  test("of what is recorded moves it, and says nothing then or ever after", async () => {
    const here = await cloud();
    await here.deploy(queue("jobs"));
    const events: Event[] = [];
    for (let i = 0; i < 2; i += 1) {
      const report = await here.deploy(queue("work", "jobs"), {
        onEvent: (event) => void events.push(event),
      });
      expect(movesOf(report)).toEqual(["work: nothing"]);
    }
    expect(warningsIn(events)).toEqual([]);
  });
});

test("what a part needs is what its owner needs", async () => {
  const here = await cloud();
  const told: unknown[] = [];
  await here.deploy(async () => {
    told.push(await AWS.ApiGateway.Method.permissions());
    for (const part of [AWS.ApiGateway.IntegrationResponse, AWS.ApiGateway.MethodResponse])
      told.push(await part.permissions());
  });
  expect(told[1]).toEqual(told[0]);
  expect(told[2]).toEqual(told[0]);
});
