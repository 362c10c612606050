import { describe, expect, test } from "vitest";
import { makeMatcher, wantedBy } from "../../../src/resource/find/match.ts";
import type { Facts } from "../../../src/schema/facts.ts";

const list: Facts = { tags: { path: "/Tags", shape: "array", key: "Key" } };
const map: Facts = { tags: { path: "/Labels", shape: "map" } };
const model = {
  Name: "n",
  Empty: "",
  None: [],
  Nothing: null,
  Config: { Comment: "c", Deep: { Port: 1 } },
  Tags: [
    { Key: "Name", Value: "t" },
    { Key: "team", Value: "x" },
  ],
  Labels: { Name: "t", team: "x" },
};

describe("what is wanted", () => {
  test.each([
    [list, { keys: ["Name"] }, { Name: "n" }],
    [
      list,
      { keys: ["/Config/Comment", "/Config/Deep/Port"] },
      { Config: { Comment: "c", Deep: { Port: 1 } } },
    ],
    [list, { keys: ["Name"], tags: ["Name"] }, { Name: "n", Tags: [{ Key: "Name", Value: "t" }] }],
    [{}, { keys: [], tags: ["team"] }, { Tags: [{ Key: "team", Value: "x" }] }],
    [map, { keys: [], tags: ["Name"] }, { Labels: { Name: "t" } }],
    [list, { keys: ["Name", "Other"] }, undefined],
    [list, { keys: ["Empty"] }, undefined],
    [list, { keys: ["None"] }, undefined],
    [list, { keys: ["Nothing"] }, undefined],
    [list, { keys: [], tags: ["Name", "other"] }, undefined],
    [map, { keys: [], tags: ["other"] }, undefined],
    [list, { keys: [] }, undefined],
  ])("%j by %j is %j", (facts, keys, expected) => {
    expect(wantedBy(facts, model, keys)).toEqual(expected);
  });
});

describe("a match", () => {
  test.each([
    [{}, { Name: "n" }, { Name: "n", Other: 1 }, true],
    [{}, { Name: "n" }, { Name: "N" }, false],
    [{}, { Name: "n" }, {}, false],
    [{}, { Config: { Comment: "c" } }, { Config: { Comment: "c", Enabled: true } }, true],
    [
      list,
      { Tags: [{ Key: "a", Value: "1" }] },
      {
        Tags: [
          { Key: "b", Value: "2" },
          { Key: "a", Value: "1" },
        ],
      },
      true,
    ],
    [list, { Tags: [{ Key: "a", Value: "1" }] }, { Tags: [{ Key: "a", Value: "2" }] }, false],
    [{ unordered: ["/Aliases"] }, { Aliases: ["a", "b"] }, { Aliases: ["b", "a"] }, true],
    [{}, { Aliases: ["a", "b"] }, { Aliases: ["b", "a"] }, false],
    [{ types: { "/On": ["boolean", "string"] } }, { On: "true" }, { On: true }, true],
    [{ readOnly: ["/Arn"] }, { Arn: "x" }, { Arn: "y" }, false],
    [{ writeOnly: ["/Body"] }, { Body: "x" }, {}, false],
  ])("with %j of %j by %j is %j", (facts: Facts, wanted, live, expected) => {
    expect(makeMatcher(facts, wanted).has(live)).toBe(expected);
  });

  test.each([
    [{}, true],
    [{ Name: "n" }, true],
    [{ Name: "other" }, false],
    [{ Name: "n", Config: {} }, true],
  ])("that a sparse model leaves open is worth a read: %j, %j", (sparse, expected) => {
    expect(makeMatcher({}, { Name: "n", Config: { Comment: "c" } }).mayHave(sparse)).toBe(expected);
  });
});
