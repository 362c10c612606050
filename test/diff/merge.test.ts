import { describe, expect, test } from "vitest";
import { type Plan, type PlanInput, planChange } from "../../src/diff/index.ts";
import type { Json, Props } from "../../src/json.ts";
import { strictly } from "../support/diff/strictly.ts";

const patchOf = (plan: Plan): unknown => (plan.move === "update" ? plan.patch : plan.move);
const decide = (input: Partial<PlanInput> & { live: Props; desired: Props }): unknown =>
  patchOf(planChange({ facts: { writeOnly: [] }, ...input }));

describe("what is declared", () => {
  test("is owned per key of a map, with / and ~ escaped", () => {
    const patch = decide({
      prior: { desired: { Map: { "a/b": "1", "c~d": "1", same: "1" } } },
      live: { Map: { "a/b": "1", "c~d": "1", same: "1", foreign: "x" } },
      desired: { Map: { "a/b": "2", same: "1" } },
    });
    expect(patch).toEqual([
      { op: "remove", path: "/Map/c~0d" },
      { op: "replace", path: "/Map/a~1b", value: "2" },
    ]);
  });

  test("leaves a foreign key in a map that is dropped whole", () => {
    const prior = { desired: { Tags: { env: "dev" } } };
    const live = { Tags: { env: "dev", billing: "x" } };
    expect(decide({ prior, live, desired: {} })).toEqual([{ op: "remove", path: "/Tags/env" }]);
  });

  test("takes a map away with its last key when nobody else uses it", () => {
    const prior = { desired: { Tags: { env: "dev" } } };
    expect(decide({ prior, live: { Tags: { env: "dev" } }, desired: {} })).toEqual([
      { op: "remove", path: "/Tags" },
    ]);
  });

  test("is written whole in lists, whatever changed inside", () => {
    const live = { A: { List: [{ B: [1, 2] }, { B: [3] }] } };
    const desired = { A: { List: [{ B: [1, 4] }, { B: [3] }] } };
    expect(decide({ prior: { desired: live }, live, desired })).toEqual([
      { op: "replace", path: "/A/List", value: [{ B: [1, 4] }, { B: [3] }] },
    ]);
  });

  test("is owned in a map that holds no tags even where a key looks like one of AWS", () => {
    const live = { Map: { "aws:x": "1" } };
    expect(decide({ prior: { desired: live }, live, desired: { Map: { "aws:x": "2" } } })).toEqual([
      { op: "replace", path: "/Map/aws:x", value: "2" },
    ]);
  });

  test("goes whole when live has an object in place of the text that was declared", () => {
    expect(decide({ prior: { desired: { A: "x" } }, live: { A: { y: { z: 1 } } }, desired: {} })).toEqual([
      { op: "remove", path: "/A" },
    ]);
  });

  test("may be an object where live has text, and the other way round", () => {
    const live = { A: "x", B: { c: 1 } };
    const plan = planChange({ facts: {}, prior: { desired: live }, live, desired: { A: { c: 1 }, B: "x" } });
    expect(plan.move === "update" && strictly(live, plan.patch)).toEqual({ A: { c: 1 }, B: "x" });
  });
});

describe("absent and empty", () => {
  test.each<[string, Json]>([
    ["an empty list", []],
    ["an empty map", {}],
    ["null", null],
  ])("%s and nothing are the same at the top", (_, empty) => {
    expect(decide({ live: {}, desired: { A: empty }, adopt: true })).toBe("nothing");
    expect(decide({ prior: { desired: { A: empty } }, live: {}, desired: {} })).toBe("nothing");
    expect(decide({ prior: { desired: {} }, live: { A: empty }, desired: {} })).toBe("nothing");
  });

  test("what was declared and is empty already needs no removal, at the top and in an object that stays", () => {
    expect(decide({ prior: { desired: { A: [1] } }, live: { A: [] }, desired: {} })).toBe("nothing");
    const prior = { desired: { A: { L: [1], x: 1 } } };
    expect(decide({ prior, live: { A: { L: [], x: 1 } }, desired: { A: { x: 1 } } })).toBe("nothing");
  });

  test("an object that is declared empty loses its members, not itself", () => {
    const live = { A: { x: 1 } };
    expect(decide({ prior: { desired: live }, live, desired: { A: {} } })).toEqual([
      { op: "remove", path: "/A/x" },
    ]);
  });

  test("a switch without members is turned, not taken for empty", () => {
    const prior = { desired: { DefaultAction: { Allow: {} } } };
    const live = { DefaultAction: { Allow: {} } };
    expect(decide({ prior, live, desired: { DefaultAction: { Block: {} } } })).toEqual([
      { op: "remove", path: "/DefaultAction/Allow" },
      { op: "add", path: "/DefaultAction/Block", value: {} },
    ]);
  });

  test("a switch that the service drops is not sent again and again", () => {
    const desired = { A: { On: {}, n: 1 } };
    const live = { A: { n: 1 } };
    expect(decide({ prior: { desired, live }, live, desired })).toBe("nothing");
    expect(decide({ prior: { desired }, live, desired })).toBe("nothing");
  });

  test("a switch that the service has shown, or that is new, is sent", () => {
    const desired = { A: { On: {}, n: 1 } };
    const live = { A: { n: 1 } };
    const on = [{ op: "add", path: "/A/On", value: {} }];
    expect(decide({ prior: { desired, live: desired }, live, desired })).toEqual(on);
    expect(decide({ prior: { desired: live }, live, desired })).toEqual(on);
    expect(decide({ live, desired, adopt: true })).toEqual(on);
  });

  test("an object that is dropped takes its empty members along", () => {
    const live = { A: { List: [], Switch: {} } };
    expect(decide({ prior: { desired: live }, live, desired: {} })).toEqual([{ op: "remove", path: "/A" }]);
  });

  test("an emptied list is cleared", () => {
    expect(decide({ prior: { desired: { A: [1] } }, live: { A: [1] }, desired: { A: [] } })).toEqual([
      { op: "replace", path: "/A", value: [] },
    ]);
  });
});

describe("what the service made of it", () => {
  const facts = { writeOnly: [], createOnly: ["/Key"] };
  const prior = { desired: { Name: "a.com", Key: "k" }, live: { Name: "a.com.", Key: "arn:k" } };

  test("is no drift as long as nobody moves it, create-only paths included", () => {
    expect(decide({ facts, prior, live: { Name: "a.com.", Key: "arn:k" }, desired: prior.desired })).toBe(
      "nothing",
    );
  });

  test("is written over as soon as the script asks for another value", () => {
    const desired = { Name: "b.com", Key: "k" };
    expect(decide({ facts, prior, live: { Name: "a.com.", Key: "arn:k" }, desired })).toEqual([
      { op: "replace", path: "/Name", value: "b.com" },
    ]);
  });

  test("is drift when it moves, and a replacement where it is create-only", () => {
    expect(decide({ facts, prior, live: { Name: "a.com.", Key: "arn:other" }, desired: prior.desired })).toBe(
      "replace",
    );
  });
});

describe("parents with fixed children", () => {
  const facts = { createOnly: ["/Net/Family"], readOnly: ["/Net/Cidr"], writeOnly: [] };
  const live = { Net: { Family: "ipv4", Cidr: "10/8", Lb: { On: true }, Mode: "a" } };

  test("are emptied leaf by leaf", () => {
    const patch = decide({
      facts,
      prior: { desired: { Net: { Lb: { On: true }, Mode: "a" } } },
      live,
      desired: {},
    });
    expect(patch).toEqual([
      { op: "remove", path: "/Net/Mode" },
      { op: "remove", path: "/Net/Lb" },
    ]);
  });

  test("keep them when another kind of value was declared there before", () => {
    const patch = decide({ facts, prior: { desired: { Net: "auto" } }, live, desired: {} });
    expect(patch).toEqual([
      { op: "remove", path: "/Net/Mode" },
      { op: "remove", path: "/Net/Lb" },
    ]);
  });

  test("carry create-only members forward in lists that are written whole", () => {
    const listed = { createOnly: ["/Groups/*/Zone"], writeOnly: [] };
    const there = { Groups: [{ Name: "g", Size: 1, Zone: "z" }] };
    expect(
      decide({
        facts: listed,
        prior: { desired: { Groups: [{ Name: "g", Size: 1 }] } },
        live: there,
        desired: { Groups: [{ Name: "g", Size: 2 }] },
      }),
    ).toEqual([{ op: "replace", path: "/Groups", value: [{ Name: "g", Size: 2, Zone: "z" }] }]);
  });

  test("are replaced when a list item asks for another create-only value", () => {
    const listed = { createOnly: ["/Groups/*/Zone"], writeOnly: [] };
    const there = { Groups: [{ Name: "g", Zone: "z" }] };
    const plan = planChange({
      facts: listed,
      prior: { desired: there },
      live: there,
      desired: { Groups: [{ Name: "g", Zone: "y" }] },
    });
    expect(plan).toMatchObject({
      move: "replace",
      because: [{ path: "/Groups/0/Zone", from: "z", to: "y" }],
    });
  });
});

describe("adoption", () => {
  const live = { Name: "n", Size: 1, Extra: { a: 1 }, Tags: { env: "dev", "aws:stack": "s" } };
  const facts = { createOnly: ["/Name"], writeOnly: [], tags: { path: "/Tags", shape: "map" } } as const;

  test("removes nothing", () => {
    expect(decide({ facts, live, desired: { Name: "n", Size: 2 }, adopt: true })).toEqual([
      { op: "replace", path: "/Size", value: 2 },
    ]);
  });

  test("removes what is not declared when it is exact, apart from what nobody can remove", () => {
    const desired = { Size: 1 };
    expect(decide({ facts, live, desired, adopt: { exact: true } })).toEqual([
      { op: "remove", path: "/Tags/env" },
      { op: "remove", path: "/Extra" },
    ]);
  });

  test("that is exact leaves what the identity, the type or a refusal may need", () => {
    const careful = {
      primaryIdentifier: ["/Id"],
      required: ["/Role"],
      conditionalCreateOnly: ["/Engine"],
      createOnly: ["/Net/Family"],
      readOnly: ["/Arn"],
    };
    const all = { Id: "i", Role: "r", Engine: "e", Net: { Family: "f", x: 1 }, Arn: "a", Free: 1 };
    expect(decide({ facts: careful, live: all, desired: {}, adopt: { exact: true } })).toEqual([
      { op: "remove", path: "/Free" },
      { op: "remove", path: "/Net/x" },
    ]);
  });

  test("that is not exact removes nothing, however it is said", () => {
    expect(decide({ facts, live, desired: { Size: 1 }, adopt: { exact: false } })).toBe("nothing");
  });

  test("is exact only as long as there is no prior", () => {
    const desired = { Size: 1 };
    expect(decide({ facts, prior: { desired }, live, desired, adopt: { exact: true } })).toBe("nothing");
  });

  test("tells what nobody declares", () => {
    expect(
      planChange({ facts, live, desired: { Name: "n", Size: 1, Tags: { x: "y" } }, adopt: true }),
    ).toMatchObject({
      unmanaged: ["/Extra", "/Tags/env"],
    });
  });

  test("accepts a required create-only value that live does not show, and refuses an optional one", () => {
    const fixed = { createOnly: ["/ApiId", "/KeyArn"], required: ["/ApiId"], writeOnly: [] };
    expect(decide({ facts: fixed, live: {}, desired: { ApiId: "a" }, adopt: true })).toBe("nothing");
    expect(decide({ facts: fixed, live: {}, desired: { ApiId: "a", KeyArn: "k" }, adopt: true })).toBe(
      "fail",
    );
  });
});
