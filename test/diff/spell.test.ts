import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placesOf } from "../../src/diff/place.ts";
import { isSameByMeaning } from "../../src/diff/same.ts";
import { makeSpeller } from "../../src/diff/spell.ts";
import type { Json } from "../../src/json.ts";
import type { Facts } from "../../src/schema/facts.ts";
import { facts, model } from "../support/diff/arbitrary.ts";

/** Tells whether two items are spelled alike in a list that desires the first, and perhaps others. */
const alike = (a: Json, b: Json, facts: Facts = {}, others: readonly Json[] = []): boolean => {
  const spell = makeSpeller(
    placesOf({ ...facts })
      .member("L")
      .item(),
    [a, ...others],
  );
  return spell(a) === spell(b);
};

describe("the spelling of an item", () => {
  test("is equal only for items that are the same", () => {
    fc.assert(
      fc.property(facts, model, model, (facts, desired, live) => {
        const place = placesOf(facts).member("A").item();
        const spell = makeSpeller(place, [desired]);
        fc.pre(spell(desired) === spell(live));
        expect(isSameByMeaning(place, desired, live, { model: {}, owner: undefined })).toBe(true);
      }),
    );
  });

  test.each<[Json, Json]>([
    ["a", "b"],
    ["1", 1],
    ["true", true],
    [{ a: "x" }, { a: "y" }],
    [{ a: 1, b: 2 }, { b: 2 }],
    [{ a: 1, b: 2 }, { a: 1 }],
    [{ a: { b: 1 } }, { a: 1 }],
    [{ a: {} }, {}],
    [{ a: [] }, { a: {} }],
    [["ab"], ["a", "b"]],
    [["a", "b"], ["a,1:b"]],
    [
      [{ x: 1 }, { y: 2 }],
      [{ x: 1 }, { y: 3 }],
    ],
    [[[1], 2], [[1, 2]]],
    [
      [1, 11],
      [11, 1],
    ],
  ])("differs between %j and %j", (a, b) => {
    expect(alike(a, b)).toBe(false);
    expect(alike(a, structuredClone(a))).toBe(true);
  });

  test("is the same whatever the order of keys, and whatever a service adds", () => {
    expect(alike({ a: 1, b: [{ c: 1 }] }, { z: 0, b: [{ c: 1, z: 0 }], a: 1 })).toBe(true);
    expect(alike({ a: 1 }, { a: 1, b: 2 }, {}, [{ b: 3 }])).toBe(false);
  });

  test("tells which member a value belongs to", () => {
    expect(alike({ a: 1 }, { b: 1 }, {}, [{ b: 1 }])).toBe(false);
    expect(alike({ a: 1, c: 1 }, { b: 1, c: 1 }, {}, [{ b: 1 }])).toBe(false);
  });

  test("leaves out what a read does not show or the service sets", () => {
    const facts: Facts = { writeOnly: ["/L/*/Secret"], readOnly: ["/L/*/Id"] };
    expect(alike({ a: 1, Secret: "s", Id: "i" }, { a: 1, Id: "j" }, facts)).toBe(true);
    expect(alike({ a: 1, Secret: "s" }, { a: 2 }, facts)).toBe(false);
  });

  test("tells every member of a JSON document", () => {
    const facts: Facts = { jsonDocuments: ["/L/*/Policy"] };
    expect(alike({ Policy: { a: 1, b: 2 } }, { Policy: { b: 2, a: 1 } }, facts)).toBe(true);
    expect(alike({ Policy: { a: 1 } }, { Policy: { a: 1, b: 2 } }, facts)).toBe(false);
  });
});
