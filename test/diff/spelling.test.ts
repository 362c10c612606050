import { describe, expect, test } from "vitest";
import { type Plan, planChange } from "../../src/diff/index.ts";
import type { Json } from "../../src/json.ts";
import type { Facts } from "../../src/schema/facts.ts";

const planOf = (facts: Facts, live: Json, desired: Json, before: Json = desired): Plan =>
  planChange({ facts, prior: { desired: { P: before } }, live: { P: live }, desired: { P: desired } });

const silent: Facts = { createOnly: ["/P"] };
const strict: Facts = { ...silent, unordered: [] };
const policy = (actions: readonly string[]): Json => ({
  Statement: [{ Effect: "Allow", Action: [...actions], Resource: "*" }],
});

describe("a list that is fixed at creation", () => {
  test.each<[string, Json, Json]>([
    ["subnets", ["a", "b", "c"], ["c", "a", "b"]],
    ["numbers", [1, 2, 2], [2, 1, 2]],
    ["objects", [{ K: "a" }, { K: "b" }], [{ K: "b" }, { K: "a" }]],
    ["a list deep inside", { V: { S: ["a", "b"] } }, { V: { S: ["b", "a"] } }],
    ["lists of lists", [["a", "b"], ["c"]], [["c"], ["b", "a"]]],
    ["a list of JSON texts", ['{"a":1}', '{"b":2}'], ['{ "b": 2 }', '{ "a": 1 }']],
    ["a list beside a text", { S: ["a", "b"], T: '{"x":[1]}' }, { S: ["b", "a"], T: '{ "x": [1] }' }],
    ["policies", [policy(["a:b", "c:d"]), policy(["e:f"])], [policy(["e:f"]), policy(["c:d", "a:b"])]],
  ])("is the same in any order: %s", (_, desired, live) => {
    for (const facts of [silent, strict, { ...silent, unordered: ["/P"] }]) {
      expect(planOf(facts, live, desired).move).toBe("nothing");
      expect(planOf(facts, desired, live, desired).move).toBe("nothing");
    }
  });

  test("may hold what the service added to its items", () => {
    const live = [
      { K: "b", D: 1 },
      { K: "a", D: 2 },
    ];
    expect(planOf(strict, live, [{ K: "a" }, { K: "b" }]).move).toBe("nothing");
  });

  test("says that its order is left as it is where order is known to matter", () => {
    const plan = planOf(strict, ["b", "a"], ["a", "b"]);
    expect(plan).toMatchObject({ move: "nothing", warning: "/P: order differs, left" });
  });

  test("says so where nothing is known of order and the script has changed it", () => {
    expect(planOf(silent, ["a", "b"], ["b", "a"], ["a", "b"]).warning).toBe("/P: order differs, left");
    expect(planOf(silent, ["b", "a"], ["a", "b"]).warning).toBeUndefined();
    expect(planOf({ ...strict, unordered: ["/P"] }, ["b", "a"], ["a", "b"]).warning).toBeUndefined();
  });

  test.each<[string, Json, Json]>([
    ["another item", ["a", "b"], ["a", "c"]],
    ["one more", ["a", "b"], ["a", "b", "b"]],
    ["one less", ["a", "a", "b"], ["a", "b"]],
    ["another multiplicity", ["a", "a", "b"], ["a", "b", "b"]],
  ])("is another one with %s", (_, desired, live) => {
    expect(planOf(silent, live, desired).move).toBe("replace");
  });

  test("that no read shows is the same in any order too", () => {
    const facts: Facts = { ...strict, writeOnly: ["/P"] };
    const plan = (desired: Json): Plan =>
      planChange({ facts, prior: { desired: { P: ["a", "b"] } }, live: {}, desired: { P: desired } });
    expect(plan(["b", "a"]).move).toBe("nothing");
    expect(plan(["b", "c"]).move).toBe("replace");
  });

  test.each<[string, Json, Json]>([
    ["names", ["a", "b"], ["b", "a"]],
    ["one of three", ["a", "b", "c"], ["c", "a", "b"]],
    ["the same twice", ["a", "a", "b"], ["b", "a", "a"]],
    ["objects", [{ K: "a" }, { K: "b" }], [{ K: "b" }, { K: "a" }]],
    ["a list deep inside", { V: { S: ["a", "b"] } }, { V: { S: ["b", "a"] } }],
  ])("is not sent in another order alone where it is fixed only sometimes: %s", (_, before, after) => {
    const sometimes: Facts = { createOnly: [], conditionalCreateOnly: ["/P"], unordered: [] };
    const plan = planOf(sometimes, before, after, before);
    expect(plan.move).toBe("nothing");
    expect(plan.warning).toMatch(/order differs, left$/);
    const hidden = { ...sometimes, writeOnly: ["/P"] };
    const unseen = planChange({
      facts: hidden,
      prior: { desired: { P: before } },
      live: {},
      desired: { P: after },
    });
    expect(unseen.move).toBe("nothing");
    expect(planOf(sometimes, ["a", "b"], ["b", "c"], ["a", "b"])).toMatchObject({
      move: "update",
      patch: [{ value: ["b", "c"] }],
    });
  });

  test("counts with its order elsewhere", () => {
    expect(planOf({ unordered: [] }, ["b", "a"], ["a", "b"]).move).toBe("update");
  });

  test("is adopted in any order", () => {
    const plan = planChange({
      facts: strict,
      live: { P: ["b", "a"] },
      desired: { P: ["a", "b"] },
      adopt: true,
    });
    expect(plan.move).toBe("nothing");
  });
});

describe("items of a list that state what is fixed at creation", () => {
  const facts: Facts = { createOnly: ["/P/*/Name"], writeOnly: [], unordered: [] };

  test("stay at their places when the script lists them in another order", () => {
    const live = [
      { Name: "a", N: 1 },
      { Name: "b", N: 2 },
    ];
    const plan = planOf(
      facts,
      live,
      [
        { Name: "b", N: 2 },
        { Name: "a", N: 1 },
      ],
      live,
    );
    expect(plan).toMatchObject({ move: "nothing", warning: "/P: order differs, left" });
  });

  test("are changed at their places", () => {
    const live = [
      { Name: "a", N: 1 },
      { Name: "b", N: 2 },
    ];
    const plan = planOf(
      facts,
      live,
      [
        { Name: "b", N: 3 },
        { Name: "a", N: 1 },
      ],
      live,
    );
    expect(plan).toMatchObject({
      move: "update",
      patch: [
        {
          op: "replace",
          path: "/P",
          value: [
            { Name: "a", N: 1 },
            { Name: "b", N: 3 },
          ],
        },
      ],
    });
  });

  test("may go from the front of the list", () => {
    const live = [
      { Name: "a", N: 1 },
      { Name: "b", N: 2 },
    ];
    expect(planOf(facts, live, [{ Name: "b", N: 2 }], live)).toMatchObject({
      move: "update",
      patch: [{ op: "replace", path: "/P", value: [{ Name: "b", N: 2 }] }],
    });
  });

  test("are a cause to replace when they are changed", () => {
    expect(planOf(facts, [{ Name: "a" }], [{ Name: "c" }], [{ Name: "a" }])).toMatchObject({
      move: "replace",
      because: [{ path: "/P/0/Name", from: "a", to: "c" }],
    });
  });
});

describe("JSON text that is fixed at creation", () => {
  test.each<[string, Json, Json]>([
    ["white space", '{"a":[1,2]}', '{ "a" : [ 1, 2 ] }\n'],
    ["the order of keys", '{"a":1,"b":{"c":1,"d":2}}', '{"b":{"d":2,"c":1},"a":1}'],
    ["a list at its root", '[{"a":1}]', '[ {"a": 1.0} ]'],
    ["escapes", '{"a":"\\u0041/"}', '{"a":"A\\/"}'],
    ["an object read for the text", '{"a":1}', { a: 1 }],
    ["text read for the object", { a: 1 }, '{"a": 1}'],
    ["text deep inside", { Definition: { Schema: '{"a":1}' } }, { Definition: { Schema: '{ "a":1 }' } }],
    ["a number read for its text", "5", 5],
    ["a truth value read for its text", true, "true"],
  ])("is the same with other %s", (_, desired, live) => {
    expect(planOf(silent, live, desired).move).toBe("nothing");
    expect(planOf(silent, desired, live, desired).move).toBe("nothing");
  });

  test.each<[string, Json, Json]>([
    ["another value", '{"a":1}', '{"a":2}'],
    ["another order of its items", '{"fields":["a","b"]}', '{"fields":["b","a"]}'],
    ["a member more", '{"a":1}', '{"a":1,"b":2}'],
    ["digits that JavaScript rounds away", '{"a":12345678901234567890}', '{"a":12345678901234567891}'],
    ["a version that is no number", "1.10", "1.1"],
    ["a version read as a number", "1.10", 1.1],
    ["white space in text that is no JSON", "a b", "a  b"],
    ["quotes around text", "a", '"a"'],
    ["white space in one that is broken", "{a b}", "{a  b}"],
  ])("is another one with %s", (_, desired, live) => {
    expect(planOf(silent, live, desired).move).toBe("replace");
  });

  test("is compared byte by byte where it can be changed, unless it is known to hold JSON", () => {
    expect(planOf({}, '{ "a": 1 }', '{"a":1}').move).toBe("update");
    expect(planOf({ jsonTexts: ["/P"] }, '{ "a": 1 }', '{"a":1}').move).toBe("nothing");
    expect(planOf({ jsonTexts: ["/P"] }, '{ "a": 1 }', '{"a":2}').move).toBe("update");
  });
});
