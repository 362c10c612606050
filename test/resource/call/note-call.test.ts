import { describe, expect, test } from "vitest";
import { noteSeen, trackCall } from "../../../src/resource/call/note-call.ts";
import { beginJournal } from "../../../src/scope/journal.ts";

describe("a declared id", () => {
  test("counts as seen with its type, also one that is refused for coming twice", () => {
    const journal = beginJournal();
    noteSeen(journal, "AWS::SQS::Queue", "jobs");
    expect(() => noteSeen(journal, "AWS::SNS::Topic", "jobs")).toThrow(
      'the id "jobs" is declared twice in one run',
    );
    expect([...journal.seen]).toEqual([["jobs", "AWS::SNS::Topic"]]);
  });

  test("is text, and one that can name a file", () => {
    const journal = beginJournal();
    expect(() => noteSeen(journal, "t", 5 as unknown as string)).toThrow(
      "the id of a resource is text; given was number",
    );
    expect(journal.seen.size).toBe(0);
    expect(() => noteSeen(journal, "t", "")).toThrow("an empty name");
  });
});

describe("a call under way", () => {
  const scope = (reports: boolean) => ({ journal: beginJournal(), reports });

  test("is pending until it has ended, well or badly", async () => {
    const around = scope(true);
    let end = (): void => undefined;
    const good = trackCall(around, new Promise((resolve) => (end = () => resolve({ A: 1 }))));
    const bad = trackCall(around, Promise.reject(new Error("no")));
    expect(around.journal.pending.size).toBe(2);
    await expect(bad).rejects.toThrow("no");
    expect(around.journal.pending.size).toBe(1);
    end();
    expect(await good).toEqual({ A: 1 });
    expect(around.journal.pending.size).toBe(0);
  });

  test("that nobody awaits fails quietly where failures end up in a report, and settles what waits for it", async () => {
    const around = scope(true);
    void trackCall(around, Promise.reject(new Error("nobody hears of it")));
    await expect(Promise.all(around.journal.pending)).resolves.toEqual([undefined]);
  });
});
