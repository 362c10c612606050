import { describe, expect, test } from "vitest";
import type { Facts } from "../../src/schema/facts.ts";
import { errorsIn, problemsOf, refusal } from "../../src/schema/validate.ts";

const facts: Facts = {
  readOnly: ["/Arn", "/Rules/*/Id"],
  jsonDocuments: ["/Text"],
  types: { "/Mixed": ["string", "object"] },
  members: {
    properties: {
      Name: "string",
      Size: "integer",
      Ratio: "number",
      On: "boolean",
      Policy: "json",
      Free: "any",
      Text: "string",
      Mixed: "string",
      Rules: { list: { ref: "Rule" } },
      Labels: { map: "string" },
      Grid: { list: { list: "integer" } },
      Target: { oneOf: ["string", { ref: "Rule" }, { ref: "Place" }] },
      Open: { ref: "Open" },
      Lost: { ref: "Nowhere" },
    },
    required: ["Name", "Arn"],
  },
  definitions: {
    Rule: {
      properties: { Id: "string", Action: "string", Next: { ref: "Rule" } },
      required: ["Action"],
    },
    Place: { properties: { Host: "string", Port: "integer" }, required: ["Host"] },
    Open: { properties: {} },
  },
};

const found = (desired: object, severity: "error" | "warning"): string[] =>
  problemsOf(facts, JSON.parse(JSON.stringify({ Name: "n", ...desired })))
    .filter((problem) => problem.severity === severity)
    .map(({ path, message }) => `${path}: ${message}`);

describe("a desired value", () => {
  test("that fits the facts has no problems", () => {
    const desired = {
      Name: "n",
      Size: 1,
      Ratio: 0.5,
      On: true,
      Policy: '{"Version":"2012-10-17"}',
      Free: [{}],
      Text: { json: true },
      Mixed: { any: 1 },
      Rules: [{ Action: "allow", Next: { Action: "deny" } }],
      Labels: { Anything: "x" },
      Grid: [[1], []],
      Target: { Host: "h", Port: 1 },
      Open: { whatever: 1 },
      Lost: { whatever: 1 },
    };
    expect(problemsOf(facts, desired)).toEqual([]);
  });

  test.each([
    [{ Nmae: "x" }, "/Nmae: unknown property Nmae, did you mean Name?"],
    [
      { Rules: [{ Action: "a" }, { Action: "b", Nxet: 1 }] },
      "/Rules/1/Nxet: unknown property Nxet, did you mean Next?",
    ],
    [{ Zzzzzzz: 1 }, "/Zzzzzzz: unknown property Zzzzzzz"],
    [{ toString: 1 }, "/toString: unknown property toString"],
    [{ Rules: [{ Next: { Action: "a" } }] }, "/Rules/0/Action: required, but missing"],
    [{ Arn: "arn" }, "/Arn: set by AWS, leave it out"],
    [{ Rules: [{ Action: "a", Id: "i" }] }, "/Rules/0/Id: set by AWS, leave it out"],
    [{ Size: {} }, "/Size: an object where a whole number is expected"],
    [{ On: {} }, "/On: an object where a boolean is expected"],
    [{ Name: ["n"] }, "/Name: a list where text is expected"],
    [{ Mixed: ["n"] }, "/Mixed: a list where text is expected"],
    [{ Rules: { Action: "a" } }, "/Rules: an object where a list is expected"],
    [{ Rules: ["a"] }, "/Rules/0: text where an object is expected"],
    [{ Labels: { a: {} } }, "/Labels/a: an object where text is expected"],
    [{ Grid: [1] }, "/Grid/0: a number where a list is expected"],
    [{ Target: [] }, "/Target: a list where text or an object is expected"],
    [{ Target: { Host: "h", Prot: 1 } }, "/Target/Prot: unknown property Prot, did you mean Port?"],
  ])("such as %j has one error: %s", (desired, problem) => {
    expect(found(desired, "error")).toEqual([problem]);
  });

  test("needs what is required, less what AWS sets", () => {
    expect(problemsOf(facts, {})).toEqual([
      { path: "/Name", message: "required, but missing", severity: "error" },
    ]);
  });

  test.each([
    [{ Size: "5" }, "/Size: text where a whole number is expected"],
    [{ Size: 1.5 }, "/Size: a number where a whole number is expected"],
    [{ On: "true" }, "/On: text where a boolean is expected"],
    [{ Name: 5 }, "/Name: a number where text is expected"],
    [{ Labels: { a: true } }, "/Labels/a: a boolean where text is expected"],
  ])("such as %j, which the service may take, has only a warning: %s", (desired, problem) => {
    expect(found(desired, "warning")).toEqual([problem]);
    expect(found(desired, "error")).toEqual([]);
  });

  test("is not checked where the facts are silent", () => {
    expect(problemsOf({}, { Anything: [1] })).toEqual([]);
    expect(found({ Name: null, Rules: null }, "error")).toEqual([]);
  });
});

describe("a refusal", () => {
  test("names every error and its path at once", () => {
    expect(refusal(errorsIn(facts, { Nmae: "x", Size: [] }))).toMatchObject({
      code: "VALIDATION",
      paths: ["/Name", "/Nmae", "/Size"],
      message: expect.stringMatching(/\/Name: .*; \/Nmae: .*Name\?; \/Size: /),
    });
  });

  test("never repeats a value, which may be a secret", () => {
    const errors = errorsIn(facts, { Name: "n", Rules: "hunter2" });
    expect(errors).toHaveLength(1);
    expect(refusal(errors).message).not.toContain("hunter2");
  });

  test("is not made of warnings", () => {
    expect(problemsOf(facts, { Name: "n", Size: "5" })).toHaveLength(1);
    expect(errorsIn(facts, { Name: "n", Size: "5" })).toEqual([]);
  });
});
