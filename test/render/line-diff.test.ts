import { describe, expect, test } from "vitest";
import type { Json } from "../../src/json.ts";
import { lineDiff } from "../../src/render/line-diff.ts";
import { lineOf } from "../../src/render/lines.ts";
import { planText } from "../../src/render/plan-text.ts";
import { plainStyle } from "../../src/render/style.ts";
import { changed, reported } from "../support/render/report.ts";

const diff = (was: Json, will: Json, lines = 60): string | undefined =>
  lineDiff(was, will, { style: plainStyle, lines })?.join("\n");

const policy = (Action: Json, more: object = {}): { [name: string]: Json } => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, Resource: "*", ...more }],
});
const template = (line: string): string => `first\nsecond\nthird\n${line}\nfifth\nsixth\nseventh\n`;

describe("a difference line by line", () => {
  test("of a text of several lines shows what differs and two lines around", () => {
    expect(diff(template("old"), template("new"))).toBe(
      ["  second", "  third", "- old", "+ new", "  fifth", "  sixth"].join("\n"),
    );
  });

  test.each([
    ["two documents", policy("s3:GetObject"), policy("s3:PutObject")],
    ["two documents as text", JSON.stringify(policy("s3:GetObject")), JSON.stringify(policy("s3:PutObject"))],
    ["a document and one as text", policy("s3:GetObject"), JSON.stringify(policy("s3:PutObject"))],
    [
      "text of several lines and text of one",
      JSON.stringify(policy("s3:GetObject"), null, 4),
      JSON.stringify(policy("s3:PutObject")),
    ],
    [
      "documents whose members stand in another order",
      policy("s3:GetObject"),
      Object.fromEntries(Object.entries(policy("s3:PutObject")).toReversed()),
    ],
  ])("of %s shows the members that differ", (_, was, will) => {
    const text = diff(was, will) ?? "";
    expect(text.split("\n").filter((line) => /^[+-]/.test(line))).toEqual([
      '-       "Action": "s3:GetObject",',
      '+       "Action": "s3:PutObject",',
    ]);
  });

  test("of long lists shows what came and what went", () => {
    const list = Array.from({ length: 30 }, (_, i) => `subnet-${i}`);
    const text = diff(list, [...list.slice(0, 10), ...list.slice(11), "subnet-30"]) ?? "";
    expect(text).toContain('-   "subnet-10",');
    expect(text).toContain('+   "subnet-30"');
    expect(text).not.toContain("subnet-20");
  });

  test.each<readonly [string, Json, Json]>([
    ["numbers", 7, 30],
    ["booleans", true, false],
    ["short texts", "a", "b"],
    ["long texts of one line", "a".repeat(200), "b".repeat(200)],
    ["short lists", ["a"], ["b"]],
    ["short maps", { a: "1" }, { a: "2" }],
    ["text that only looks like JSON", `{${"a".repeat(100)}`, `{${"b".repeat(100)}`],
  ])("is none of %s", (_, was, will) => {
    expect(diff(was, will)).toBeUndefined();
  });

  test("is of bounded length, in lines and along them", () => {
    const long = (mark: string): string => Array.from({ length: 300 }, (_, i) => `${mark} ${i}`).join("\n");
    expect(diff(long("a"), long("b"), 20)?.split("\n")).toHaveLength(20);
    expect(diff(long("a"), long("b"), 20)).toContain("… and 581 lines more");
    const longest = diff(`a\n${"x".repeat(9_999)}`, `a\n${"y".repeat(9_999)}`)?.split("\n") ?? [];
    expect(longest.every((line) => line.length <= 200)).toBe(true);
  });

  test("of texts that have nothing in common is told by their size, soon", () => {
    const long = (mark: string): string => Array.from({ length: 9_000 }, (_, i) => `${mark}${i}`).join("\n");
    expect(diff(long("a"), long("b"))).toBe("9000 lines → 9000 others");
  });

  test("of one document that is written in two ways says so", () => {
    const one = policy("s3:GetObject", { Sid: "x".repeat(40) });
    expect(diff(JSON.stringify(one), JSON.stringify(one, null, 2))).toBe(
      "the same document, written otherwise",
    );
    expect(diff(one, JSON.stringify(one))).toBe("the same document as text");
  });

  test("shows a mask for what is secret, and says where nothing else differs", () => {
    const hidden = policy("s3:GetObject", { Sid: "‹secret›", Note: "n".repeat(40) });
    expect(diff(hidden, hidden)).toBe("differs in what is hidden");
  });

  test("spells out what could steer a terminal", () => {
    const evil = String.fromCharCode(27, 0x9b, 0x202e);
    expect(diff("a\nb", `a\n${evil}`)).toContain(String.raw`+ \u001b`);
  });
});

const patch = [
  { op: "replace", path: "/Doc", from: policy("s3:GetObject"), value: policy("s3:PutObject") },
  { op: "replace", path: "/Body", from: template("old"), value: template("new") },
] as const;

test("a plan and the lines of a deploy show long values by their difference", () => {
  const change = changed("role", "update", { patch });
  const plan = planText(reported([change], { phase: "plan" }));
  const line = lineOf({ name: "done", id: "role", type: change.type, change }, plainStyle);
  for (const text of [plan, line]) {
    expect(text).toMatch(/^ {4}Doc:$/m);
    expect(text).toMatch(/^ {6}- {7}"Action": "s3:GetObject",$/m);
    expect(text).toMatch(/^ {6}\+ new$/m);
    expect(text).not.toContain("first");
  }
});

test("a plan says of a document that is in part open that it is, and shows the rest", () => {
  const [operation] = patch;
  const change = changed("role", "update", { patch: [operation], unknown: ["/Doc/Statement/0/Action"] });
  const text = planText(reported([change], { phase: "plan" }));
  expect(text).toContain("Doc: (in part known after apply)");
  expect(text).toContain("s3:PutObject");
});
