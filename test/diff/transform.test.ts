import { describe, expect, test } from "vitest";
import { isTransformOf } from "../../src/diff/transform.ts";

const reads = (expression: string, value: string, live: string): boolean =>
  isTransformOf(
    expression,
    { model: { P: value, In: { Q: value }, Null: null, Number: 12 }, owner: { Q: value } },
    live,
  );

const arn = "arn:aws:kms:us-east-1:123456789012:key/1111-22";

describe("a property transform", () => {
  test.each<[expression: string, value: string, live: string]>([
    ["$lowercase(P)", "MyDB", "mydb"],
    ["$uppercase(P)", "Mon", "MON"],
    ["$uppercase(In.Q)", "x", "X"],
    ["$lowercase(Q)", "X", "x"],
    ['$join(["arn:.+?:kms:.+?:.+?:key\\/", P])', "1111-22", arn],
    ['$join([$string(P), ".*"])', "8.0", "8.0.35"],
    ['$join([P, "."]) $OR P', "example.com", "example.com."],
    ['P $OR $lowercase($join([P, "."]))', "A.com", "a.com."],
    ['$split(P, "/")[-1]', arn, "1111-22"],
    ['$split(P, "/")[1] & "/" & $split(P, "/")[2]', "group/a/b", "a/b"],
    ['$substringAfter(P, "/")', "dx/con-1", "con-1"],
    ["'custom:' & '' & P", "role", "custom:role"],
    ['"vpc"', "standard", "vpc"],
    ['"^[a-zA-Z0-9-]+$"', "Equinix DC2", "EqDC2"],
    ['$join(["^arn:aws[a-zA-Z-]*:iam::",P,":[a-zA-Z-]*"]) $OR P', "123", "arn:aws:iam::123:root"],
    ['$split(P, "/")[10]', "0/1/2/3/4/5/6/7/8/9/ten", "ten"],
    ['P & "\\n\\t\\""', "x", 'x\n\t"'],
    ["$uppercase($substringAfter(P, 'a'))", "bcabc", "BC"],
    ["$substringAfter(P, '/')", "x", "x"],
    ["Number", "x", "12"],
  ])("%s of %j reads back as %j", (expression, value, live) => {
    expect(reads(expression, value, live)).toBe(true);
  });

  test.each<[expression: string, value: string, live: string]>([
    ["$lowercase(P)", "MyDB", "yourdb"],
    ["$lowercase(P)", "a.c", "abc"],
    ['$join([P, "."])', "example.com", "example.comX"],
    ['$join(["arn:.+?:kms:.+?:.+?:key\\/", P])', "1111-2", arn],
    ['$join(["arn:.+?:key\\/", P])', ".*", arn],
    ['$join([$string(P), ".*"])', "8.0", "5.7.8"],
    ["$lowercase(Missing)", "x", "x"],
    ["P ? 'a' : 'b'", "x", "a"],
    ["$replace(P, /\\s+$/, '')", "x ", "x"],
    ["$lowercase(P", "X", "x"],
    ["$evil(P)", "x", "x"],
    ['$join(["(", P])', "x", "y"],
    ["P P", "x", "x"],
    ["", "x", "x"],
    ["P &", "x", "x"],
    ["P[0]", "x", "x"],
    ["$lowercase(P)[0]", "x", "x"],
    ["$split(P, '/')", "x", "x"],
    ["$split(P, '/')['0']", "x", "x"],
    ["$split(P, '/')[", "x", "x"],
    ["$split(P)[0]", "x", "x"],
    ["$split(P, '/')[1]", ".*/x.", "xy"],
    ["$lowercase()", "x", "x"],
    ["$join(P)", "x", "x"],
    ["$join(['a', P], '-')", "x", "a-x"],
    ["$join(['a', P], '-')", "x", "ax"],
    ["$lowercase(['X'])", "x", "x"],
    ["$lowercase('X+')", "x", "x+"],
    ["$lowercase('X+' & P)", "x", "x+x"],
    ["In", "x", "[object Object]"],
    ["Null", "x", "null"],
    ["Missing", "x", "undefined"],
    ['".*"', "x", "y".repeat(2049)],
  ])("%s of %j does not read back as %j", (expression, value, live) => {
    expect(reads(expression, value, live)).toBe(false);
  });

  test("matches text only", () => {
    expect(isTransformOf("P", { model: { P: "1" }, owner: undefined }, 1)).toBe(false);
  });
});
