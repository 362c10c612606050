import { describe, expect, test } from "vitest";
import { checkedPatch } from "../../src/diff/check-patch.ts";

const facts = { readOnly: ["/Arn"], createOnly: ["/Name"] };
const live = { Name: "a", Arn: "x", Delay: 1, Tags: [{ Key: "k" }] };

describe("a patch that a user has written", () => {
  test("is handed on as it is", () => {
    const patch = [
      { op: "test", path: "/Name", value: "a" },
      { op: "replace", path: "/Delay", value: 2 },
      { op: "add", path: "/Tags/-", value: { Key: "l" } },
      { op: "move", from: "/Tags/0", path: "/Tags/1" },
      { op: "remove", path: "/Tags/0" },
    ];
    expect(checkedPatch(facts, live, patch)).toEqual(patch);
  });

  test.each([
    [{}, "a patch is a list"],
    [[], "a patch is a list"],
    ["[]", "a patch is a list"],
    [[1], "operation 0 has no path"],
    [[{ op: "replace", path: "Delay", value: 1 }], "operation 0 has no path"],
    [[{ op: "set", path: "/Delay" }], "has no op of add"],
    [[{ op: "replace", path: "/Delay" }], "has no value"],
    [[{ op: "move", path: "/Delay" }], "has no from"],
    [[{ op: "replace", path: "/Arn", value: "y" }], "writes /Arn, which cannot be changed"],
    [[{ op: "remove", path: "/Name" }], "writes /Name, which cannot be changed"],
    [[{ op: "replace", path: "/Nowhere/1", value: 1 }], "does not fit what is there"],
    [[{ op: "test", path: "/Delay", value: 9 }], "does not fit what is there"],
  ])("is refused where it is none or cannot be: %j", (patch, said) => {
    expect(() => checkedPatch(facts, live, patch)).toThrow(said);
  });

  test("may change what documentation alone calls fixed", () => {
    const patch = [{ op: "replace", path: "/Name", value: "b" }];
    expect(checkedPatch({ ...facts, documented: true }, live, patch)).toEqual(patch);
  });
});
