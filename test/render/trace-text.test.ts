import { describe, expect, test } from "vitest";
import type { Trace } from "../../src/events.ts";
import { traceText, traces } from "../../src/render/trace-text.ts";

const about = { id: "jobs", type: "AWS::SQS::Queue" } as const;

describe("a trace", () => {
  test.each<[string, Trace, string]>([
    [
      "a write",
      {
        name: "request",
        api: "CreateResource",
        type: about.type,
        clientToken: "c",
        requestToken: "r",
        attempt: 2,
        ms: 41,
      },
      "  wire  CreateResource  AWS::SQS::Queue  client token c  request r  try 2  41 ms  ok",
    ],
    [
      "a read that failed",
      { name: "request", api: "GetResource", identifier: "a|b", attempt: 1, ms: 0, code: "NOT_FOUND" },
      "  wire  GetResource  a|b  try 1  0 ms  NOT_FOUND",
    ],
    [
      "a decision",
      { ...about, name: "decision", move: "update", why: "w", paths: ["/A", "/B/0"] },
      "  decide  jobs  AWS::SQS::Queue  update: w  at /A, /B/0",
    ],
    [
      "an entry written",
      { ...about, name: "record", done: "written", status: "pending", intent: "create", bytes: 812 },
      "  state  jobs  AWS::SQS::Queue  written  pending  create begun  812 bytes",
    ],
    ["an entry removed", { name: "record", id: "jobs", done: "removed" }, "  state  jobs  removed"],
  ])("is one line: %s", (_, trace, line) => {
    expect(traceText(trace)).toBe(line);
  });

  test("steers no terminal and stays on its line, whatever a name holds", () => {
    const trace: Trace = { name: "record", id: "a\nb\u001b[2J\u202e", done: "removed" };
    expect(traceText(trace)).toBe(String.raw`  state  a\u000ab\u001b[2J\u202e  removed`);
  });
});

test("whoever wants no progress hears traces and nothing else", () => {
  const written: string[] = [];
  const hear = traces((text) => written.push(text));
  hear({ name: "notice", message: "m" });
  hear({ name: "call", api: "GetResource" });
  hear({ ...about, name: "warning", message: "m" });
  hear({ name: "record", id: "jobs", done: "removed" });
  expect(written).toEqual(["  state  jobs  removed\n"]);
});
