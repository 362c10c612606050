import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { indexOfWhole, namesOf, noteResolved, usedBy } from "../../../src/resource/outputs/uses.ts";
import { beginJournal } from "../../../src/scope/journal.ts";

describe("the names of a resource", () => {
  test("are its identifier and what AWS sets, once each and not too short to be telling", () => {
    const facts = { type: "t", readOnly: ["/Arn", "/Ids/*", "/Nr"], primaryIdentifier: ["/Id"] };
    const live = { Arn: "arn:aws:x", Ids: ["abcdef", "abc"], Nr: 1234567, Id: "identifier", Name: "stated" };
    expect(namesOf(facts, "identifier", live)).toEqual(["identifier", "arn:aws:x", "abcdef"]);
  });
});

describe("a use", () => {
  const journal = beginJournal();
  noteResolved(journal, "api", () => ["abcdefghij"]);
  noteResolved(journal, "own", () => ["klmnopqrst"]);

  test("is a name that stands whole somewhere in the properties, however deep", () => {
    const uri = { Uri: ["x", { At: "https://abcdefghij.execute-api.aws/klmnopqrst" }] };
    expect(usedBy(journal, "own", uri)).toEqual(["api"]);
    expect(usedBy(journal, "new", uri)).toEqual(["api", "own"]);
  });

  test("is not one that is only part of a longer word, unless it also stands alone later", () => {
    expect(usedBy(journal, "new", { Id: "abcdefghijk" })).toEqual([]);
    expect(usedBy(journal, "new", { Id: "xabcdefghij/abcdefghij" })).toEqual(["api"]);
  });

  test("is where no letter and no digit touches it, for any text around", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const at = indexOfWhole(`${before}-abcdefghij-${after}`, "abcdefghij");
        expect(at).toBeGreaterThanOrEqual(0);
        expect(at).toBeLessThanOrEqual(before.length + 1);
      }),
    );
  });
});
