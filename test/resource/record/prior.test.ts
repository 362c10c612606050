import { describe, expect, test } from "vitest";
import type { Entry } from "../../../src/entry.ts";
import { canonical, type Props } from "../../../src/json.ts";
import { digestOf } from "../../../src/resource/record/digests.ts";
import { priorDesiredOf } from "../../../src/resource/record/prior.ts";
import { digest, digestUnder } from "../../../src/state/sealing.ts";

const key = new Uint8Array(32).fill(7);
const entryOf = (desired: Props, digests: Entry["digests"]): Entry => ({
  version: 1,
  id: "x",
  type: "Acme::Vault::Box",
  home: { partition: "aws", region: "eu-west-1" },
  status: "settled",
  desired,
  digests,
  live: {},
  dependencies: [],
  updatedAt: "2026-01-01T00:00:00.000Z",
});

describe("what was asked last time", () => {
  test("is read from the items of a list wherever they stand today", () => {
    const digests = { "/L/0": digestOf(key, "a"), "/L/1": digestOf(key, "b") };
    const today = { desired: { L: ["b", "a", "c"] }, facts: {} };
    expect(priorDesiredOf(entryOf({ L: [null, null] }, digests), today, { key })).toEqual({ L: ["a", "b"] });
  });

  test("is read from what lies inside the items too", () => {
    const digests = { "/L/0/K": digestOf(key, "a"), "/L/1/K": digestOf(key, "b") };
    const then = { L: [{ N: 1 }, { N: 2 }] };
    const today = {
      desired: {
        L: [
          { N: 2, K: "b" },
          { N: 1, K: "a" },
        ],
      },
      facts: {},
    };
    const prior = priorDesiredOf(entryOf(then, digests), today, { key });
    expect(prior).toEqual({
      L: [
        { N: 1, K: "a" },
        { N: 2, K: "b" },
      ],
    });
  });

  test.each<[string, string]>([
    ["by its text alone", digestUnder(key, canonical(["b", "a"]))],
    ["before keys were told apart", digest(key, canonical(["b", "a"]))],
  ])("is known where it was digested %s", (_, recorded) => {
    const today = { desired: { L: ["b", "a"] }, facts: {} };
    expect(priorDesiredOf(entryOf({}, { "/L": recorded }), today, { key })).toEqual({ L: ["b", "a"] });
  });

  test("counts as today's in another spelling where it is fixed at creation, and only there", () => {
    const entry = entryOf({}, { "/L": digestOf(key, ["b", "a"]) });
    const desired = { L: ["a", "b"] };
    const prior = (facts: object) => priorDesiredOf(entry, { desired, facts }, { key });
    expect(prior({ createOnly: ["/L"] })).toEqual(desired);
    expect(prior({})).not.toEqual(desired);
  });
});
