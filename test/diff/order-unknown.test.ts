import { describe, expect, test } from "vitest";
import { planChange } from "../../src/diff/index.ts";
import type { Json, Props } from "../../src/json.ts";
import type { Facts } from "../../src/schema/facts.ts";

const documented: Facts = { documented: true, primaryIdentifier: ["/Name"], createOnly: ["/Name"] };

const model = (List: Json): Props => ({ Name: "a", List });

const moveOf = (facts: Facts, [then, now, live]: readonly [Json, Json, Json]): string =>
  planChange({ facts, prior: { desired: model(then) }, live: model(live), desired: model(now) }).move;

describe("a list of whose order only documentation could tell", () => {
  test.each<[string, Json, Json]>([
    ["names", ["a", "b", "c"], ["c", "a", "b"]],
    ["objects", [{ Id: 1 }, { Id: 2 }], [{ Id: 2 }, { Id: 1 }]],
    ["objects to which the service has added", [{ Id: 1 }, { Id: 2 }], [{ Id: 2, State: "on" }, { Id: 1 }]],
    ["twins", ["a", "a", "b"], ["a", "b", "a"]],
    ["lists", [["a"], ["b"]], [["b"], ["a"]]],
  ])("is not patched for a read that shows its %s the other way round", (_, asked, live) => {
    expect(moveOf(documented, [asked, asked, live])).toBe("nothing");
    // Where a schema was at hand and says nothing, order counts.
    expect(moveOf({ ...documented, documented: false }, [asked, asked, live])).toBe("update");
  });

  test.each<[string, readonly [Json, Json, Json]]>([
    [
      "the script has another order",
      [
        ["a", "b"],
        ["b", "a"],
        ["a", "b"],
      ],
    ],
    [
      "an item is another one",
      [
        ["a", "b"],
        ["a", "b"],
        ["b", "x"],
      ],
    ],
    ["an item is missing", [["a", "b"], ["a", "b"], ["b"]]],
    [
      "an item is there twice",
      [
        ["a", "b"],
        ["a", "b"],
        ["b", "a", "a"],
      ],
    ],
  ])("is patched where %s", (_, models) => {
    expect(moveOf(documented, models)).toBe("update");
  });
});
