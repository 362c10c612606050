import { describe, expect, test } from "vitest";
import type { Fault } from "../../src/emulator/index.ts";
import {
  TypeName,
  createOf,
  deleteOf,
  emulated,
  performing,
  updateOf,
} from "../support/cloudcontrol/control.ts";

describe("a write against an emulated service", () => {
  test.each<[string, Fault]>([
    ["a lost answer", { dropAfter: true }],
    ["a lost request", { dropBefore: true }],
    ["a throttle", { throttle: true }],
    ["a proxy's page", { html: 502 }],
    ["a throttled handler", { failWith: { code: "Throttling" } }],
    [
      "a throttled handler that names what never came to be",
      { failWith: { code: "Throttling", identifier: true } },
    ],
  ])("%s leaves exactly one resource", async (_, fault) => {
    const sight = await emulated({
      faults: ({ api, count }) => (api === "CreateResource" && count === 1 ? fault : undefined),
    });
    const { ended } = performing(sight, (token) => createOf(token, "a", "AWS::Demo::Made"));
    expect(await ended()).toMatchObject({ outcome: "succeeded" });
    expect(sight.emulator.resources()).toHaveLength(1);
  });

  test("a failure that made something all the same is not made twice", async () => {
    const made = { code: "ServiceInternalError", identifier: true, created: true };
    const sight = await emulated({
      faults: ({ api }) => (api === "CreateResource" ? { failWith: made } : undefined),
    });
    const { ended } = performing(sight, (token) => createOf(token, "a", "AWS::Demo::Made"));
    expect(await ended()).toMatchObject({ outcome: "failed", error: { code: "UNAVAILABLE" } });
    expect(sight.emulator.resources()).toHaveLength(1);
  });

  test("waits for another operation on its resource", async () => {
    const sight = await emulated();
    sight.emulator.put(TypeName, { Name: "a" });
    await sight.control.send(updateOf("other"));
    expect(await performing(sight, deleteOf).ended()).toMatchObject({ outcome: "succeeded" });
    expect(sight.emulator.resources()).toEqual([]);
  });
});
