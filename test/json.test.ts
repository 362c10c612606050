import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Json,
  type Pointer,
  canonical,
  child,
  covers,
  equal,
  expand,
  isList,
  isProps,
  leavesOf,
  matches,
  pointerOf,
  segmentsOf,
  valueAt,
  withValueAt,
} from "../src/json.ts";

const name = fc.constantFrom("a", "b", "0", "1", "", "a/b", "~", "~1", "__proto__", "constructor");
const { value: json } = fc.letrec<{ value: Json; list: Json; object: Json }>((tie) => ({
  value: fc.oneof({ depthSize: "small", maxDepth: 4 }, scalar(), tie("object"), tie("list")),
  list: fc.array(tie("value"), { maxLength: 3 }),
  object: fc
    .array(fc.tuple(name, tie("value")), { maxLength: 4 })
    .map((members) => Object.fromEntries(members)),
}));
const pattern = fc.array(fc.oneof(name, fc.constant("*")), { maxLength: 4 }).map(pointerOf);

function scalar(): fc.Arbitrary<Json> {
  return fc.oneof(
    fc.constant(null),
    fc.boolean(),
    fc.integer({ min: -1, max: 2 }),
    fc.constantFrom("", "a", "{}"),
  );
}

/** Every place in a value, the value itself first. */
function placesIn(value: Json, path: readonly string[] = []): Pointer[] {
  const inner = isList(value) || isProps(value) ? Object.entries(value) : [];
  return [pointerOf(path), ...inner.flatMap(([name, member]) => placesIn(member, [...path, name]))];
}

/** A value and a pointer, mostly of one of its places. */
const spot = json.chain((value) =>
  fc.record({ value: fc.constant(value), pointer: fc.oneof(fc.constantFrom(...placesIn(value)), pattern) }),
);

const frozen = (value: Json): Json => {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
};

describe("pointers", () => {
  test("lead back to the segments that they are made of, whatever stands in these", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(name, fc.string())), (segments) => {
        expect(segmentsOf(pointerOf(segments))).toEqual(segments);
      }),
    );
  });

  test("are written as RFC 6901 writes them", () => {
    expect(pointerOf(["foo", 0, "a/b", "m~n", "~1", ""])).toBe("/foo/0/a~1b/m~0n/~01/");
    expect(segmentsOf("")).toEqual([]);
    expect(segmentsOf("/")).toEqual([""]);
  });

  test("find own members and items only", () => {
    const value = { L: ["x", "y"], text: "abc" };
    expect(valueAt(value, "")).toBe(value);
    expect(valueAt(value, "/L/1")).toBe("y");
    expect(valueAt([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, "x"], "/10")).toBe("x");
    for (const nowhere of [
      "/L/2",
      "/L/01",
      "/L/1x",
      "/L/-",
      "/L/",
      "/L/length",
      "/text/0",
      "/toString",
      "/no/way",
    ]) {
      expect(valueAt(value, nowhere)).toBeUndefined();
    }
    expect(child(undefined, "a")).toBeUndefined();
  });
});

describe("patterns", () => {
  test("expand to the places that they match, in the order of the document", () => {
    fc.assert(
      fc.property(json, pattern, (value, pattern) => {
        expect(expand(value, pattern)).toEqual(
          placesIn(value).filter((pointer) => matches(pattern, pointer)),
        );
      }),
    );
  });

  test("cover what lies at or below a place that they match", () => {
    fc.assert(
      fc.property(json, pattern, (value, pattern) => {
        for (const pointer of placesIn(value)) {
          const segments = segmentsOf(pointer);
          const above = [...segments, ""].map((_, depth) => pointerOf(segments.slice(0, depth)));
          expect(covers(pattern, pointer)).toBe(above.some((place) => matches(pattern, place)));
        }
      }),
    );
  });

  test("name every item and every member with a star", () => {
    const value = { M: { a: { x: 1 }, b: {} }, L: [{ x: 1 }, { x: 2 }] };
    expect(expand(value, "/M/*")).toEqual(["/M/a", "/M/b"]);
    expect(expand(value, "/*/*/x")).toEqual(["/M/a/x", "/L/0/x", "/L/1/x"]);
    expect(expand("text", "/*")).toEqual([]);
    expect(covers("/M/*", "/M/a/x")).toBe(true);
    expect(covers("/M/a/x", "/M/a")).toBe(false);
    expect(matches("/M/*", "/M")).toBe(false);
  });
});

describe("withValueAt", () => {
  test("puts a value where valueAt finds it, and leaves its input as it was", () => {
    fc.assert(
      fc.property(spot, json, ({ value, pointer }, change) => {
        const before = structuredClone(value);
        const after = withValueAt(frozen(value), pointer, change);
        expect(equal(value, before)).toBe(true);
        const isPlace = valueAt(value, pointer) !== undefined;
        expect(!isPlace || equal(valueAt(after, pointer), change)).toBe(true);
        for (const other of placesIn(value).filter((place) => !related(place, pointer))) {
          expect(equal(valueAt(after, other), valueAt(value, other))).toBe(true);
        }
      }),
    );
  });

  test("is undone by putting back what was there", () => {
    fc.assert(
      fc.property(spot, json, ({ value, pointer }, change) => {
        const there = valueAt(value, pointer);
        fc.pre(there !== undefined);
        const back = withValueAt(withValueAt(value, pointer, change), pointer, there);
        expect(JSON.stringify(back)).toBe(JSON.stringify(value));
      }),
    );
  });

  test("adds a member to an object that is there, but neither items nor parents", () => {
    expect(withValueAt({ a: {} }, "/a/b", 1)).toEqual({ a: { b: 1 } });
    expect(withValueAt({}, "/a/b", 1)).toEqual({});
    expect(withValueAt({ a: "text" }, "/a/b", 1)).toEqual({ a: "text" });
    for (const nowhere of ["/1", "/-", "/", "/00", "/x"])
      expect(withValueAt(["x"], nowhere, 1)).toEqual(["x"]);
  });

  test("removes a member or an item, and nothing where there is none", () => {
    expect(withValueAt({ a: 1, b: 2 }, "/a", undefined)).toStrictEqual({ b: 2 });
    expect(withValueAt({ L: [1, 2, 3] }, "/L/1", undefined)).toEqual({ L: [1, 3] });
    expect(withValueAt({ L: [{ a: 1 }, { a: 2 }] }, "/L/1/a", undefined)).toEqual({ L: [{ a: 1 }, {}] });
    expect(withValueAt({ L: [1] }, "/L/", undefined)).toEqual({ L: [1] });
    expect(withValueAt({ a: 1 }, "/x/y", undefined)).toEqual({ a: 1 });
    expect(withValueAt({ a: 1 }, "", undefined)).toBeNull();
  });

  test("never reaches a prototype", () => {
    const after = withValueAt({ a: 1 }, "/__proto__", { polluted: true });
    expect(Object.getPrototypeOf(after)).toBe(Object.prototype);
    expect(Object.hasOwn(Object(after), "__proto__")).toBe(true);
    withValueAt({}, "/__proto__/polluted", true);
    withValueAt({}, "/constructor/prototype/polluted", true);
    expect("polluted" in {}).toBe(false);
  });
});

/** Tells whether one of two pointers leads through the other. */
const related = (a: Pointer, b: Pointer): boolean => covers(a, b) || covers(b, a);

describe("equality", () => {
  test("holds exactly between values of equal canonical text, whatever the order of their keys", () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(equal(a, b)).toBe(canonical(a) === canonical(b));
        expect(equal(a, turned(a))).toBe(true);
        expect(canonical(turned(a))).toBe(canonical(a));
        expect(equal(JSON.parse(canonical(a)), a)).toBe(true);
      }),
    );
  });

  test("tells absent, null, empty and kinds apart", () => {
    const all: (Json | undefined)[] = [
      undefined,
      null,
      false,
      0,
      "",
      "0",
      [],
      {},
      [0],
      { "0": 0 },
      { a: 0 },
      [0, 0],
    ];
    for (const [i, a] of all.entries()) expect(all.map((b) => equal(a, b)).indexOf(true)).toBe(i);
    expect(equal({ a: 1 }, { a: 2 })).toBe(false);
    expect(equal({ a: 1 }, { b: 1 })).toBe(false);
    expect(equal({ toString: 1 }, { a: 1 })).toBe(false);
  });

  test("is shown in text whose keys are sorted at every depth", () => {
    expect(canonical({ b: [{ d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
  });
});

function turned(value: Json): Json {
  if (isList(value)) return value.map((item) => turned(item));
  if (!isProps(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, member]) => [name, turned(member)]),
  );
}

describe("leavesOf", () => {
  test("lists each place that has nothing below it, once and in order", () => {
    fc.assert(
      fc.property(json, (value) => {
        const places = placesIn(value);
        const last = places.filter(
          (place) => !places.some((other) => other !== place && covers(place, other)),
        );
        expect(leavesOf(value).map(({ pointer }) => pointer)).toEqual(last);
        for (const leaf of leavesOf(value)) expect(leaf.value).toBe(valueAt(value, leaf.pointer));
      }),
    );
  });

  test("starts from the path that it is given", () => {
    expect(leavesOf({ a: [], b: 1 }, ["L", "0"])).toEqual([
      { pointer: "/L/0/a", value: [] },
      { pointer: "/L/0/b", value: 1 },
    ]);
  });
});

test("objects and lists are told apart from everything else", () => {
  expect([{}, [], null, "x", undefined].map(isProps)).toEqual([true, false, false, false, false]);
  expect([{}, [], null, "x", undefined].map(isList)).toEqual([false, true, false, false, false]);
});
