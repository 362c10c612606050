import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { indexOfWhole, noteResolved, usedBy } from "../../../src/resource/outputs/uses.ts";
import { beginJournal } from "../../../src/scope/journal.ts";

const journalOf = (names: Readonly<Record<string, readonly string[]>>): ReturnType<typeof beginJournal> => {
  const journal = beginJournal();
  for (const [id, own] of Object.entries(names)) noteResolved(journal, id, () => own);
  return journal;
};

describe("what a call uses", () => {
  const journal = journalOf({
    api: ["abcdefghij"],
    queue: [
      "https://sqs.us-east-1.amazonaws.com/123456789012/jobs",
      "arn:aws:sqs:us-east-1:123456789012:jobs",
    ],
    other: ["arn:aws:sqs:us-east-1:123456789012:jobs-dead"],
    odd: ["日本語の名前です"],
  });

  test.each([
    ["https://abcdefghij.execute-api.us-east-1.amazonaws.com/x", ["api"]],
    ["abcdefghijk", []],
    ["arn:aws:sqs:us-east-1:123456789012:jobs", ["queue"]],
    ["to arn:aws:sqs:us-east-1:123456789012:jobs-dead.", ["queue", "other"]],
    ["arn:aws:sqs:us-east-1:123456789012:jobs2", []],
    ["日本語の名前です", ["odd"]],
    ["abcdefghij and 日本語の名前です", ["api", "odd"]],
    ["", []],
  ])("is seen by the names that stand whole in its texts: %s", (text, used) => {
    expect(usedBy(journal, "me", { Deep: [{ Text: text }] })).toEqual(used);
  });

  test("is never itself", () => {
    expect(usedBy(journal, "api", { Text: "abcdefghij" })).toEqual([]);
  });

  test("is the same as when every name is looked for in every text", () => {
    const piece = fc.constantFrom("arn", "aws", "sqs", "q1", "q2", "jobs", "é", "日本", "1", "zz9");
    const glue = fc.constantFrom(":", "/", "-", ".", "_", " ", "");
    const text = fc
      .array(fc.tuple(piece, glue), { minLength: 1, maxLength: 8 })
      .map((all) => all.flat().join(""));
    const law = fc.property(
      fc.array(fc.array(text, { maxLength: 3 }), { maxLength: 8 }),
      fc.array(text, { maxLength: 4 }),
      (names, texts) => {
        const all = Object.fromEntries(names.map((own, i) => [`id${i}`, own]));
        const whole = texts.join("\n");
        const expected = Object.keys(all).filter((id) =>
          all[id]?.some((name) => indexOfWhole(whole, name) !== -1),
        );
        expect(usedBy(journalOf(all), "me", { texts })).toEqual(expected);
      },
    );
    fc.assert(law, { numRuns: 2_000 });
  });
});
