import { describe, expect, test } from "vitest";
import { apartBy, apartByNature, statedParentsOf } from "../../../src/resource/find/keys.ts";

const note = {
  naturalKeys: [
    { parents: ["ApiId"], keys: ["RouteKey"] },
    { parents: ["ApiId"], keys: ["Target"] },
  ],
};
const facts = { type: "t", additionalIdentifiers: [["/Arn"]] };

describe("what tells a resource apart", () => {
  test("is the first natural key that is stated in full, below its parents", () => {
    const desired = { ApiId: "a", RouteKey: "r", Target: "t" };
    expect(apartByNature({ facts, note, desired })).toEqual({
      wanted: { RouteKey: "r" },
      parents: ["ApiId"],
    });
    expect(apartByNature({ facts, note, desired: { ApiId: "a", Target: "t" } })).toEqual({
      wanted: { Target: "t" },
      parents: ["ApiId"],
    });
  });

  test("is no key whose parents or values are not stated, an empty value included", () => {
    expect(apartByNature({ facts, note, desired: { RouteKey: "r" } })).toBeUndefined();
    expect(apartByNature({ facts, note, desired: { ApiId: "a", RouteKey: "" } })).toBeUndefined();
  });

  test("is else another identifier that the registry names, which needs no parent", () => {
    expect(apartByNature({ facts, note: undefined, desired: { Arn: "arn" } })).toEqual({
      wanted: { Arn: "arn" },
      parents: [],
    });
  });

  test("is what its user names, by property or pointer, below the parents that are stated", () => {
    const desired = { ApiId: "a", Deep: { At: "x" }, Name: "n" };
    expect(apartBy({ facts, note, desired }, ["/Deep/At", "Name"])).toEqual({
      wanted: { Deep: { At: "x" }, Name: "n" },
      parents: ["ApiId", "ApiId"],
    });
    expect(apartBy({ facts, note, desired }, ["Missing"])).toBeUndefined();
    expect(statedParentsOf({ facts, note, desired: { Name: "n" } })).toEqual([]);
  });
});
