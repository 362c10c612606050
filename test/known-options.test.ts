import { UsageError } from "../src/errors.ts";
import { describe, expect, test } from "vitest";
import { requireKnownOptions } from "../src/known-options.ts";

const known = { stage: true, region: true, allowReplace: true } as const;

describe("the names of options", () => {
  test("that exist pass, whatever their values, and so does none", () => {
    expect(() => requireKnownOptions("f()", { stage: undefined, region: 5 }, known)).not.toThrow();
    expect(() => requireKnownOptions("f()", {}, known)).not.toThrow();
  });

  test.each([
    [{ stgae: "prod" }, 'f() has no option "stgae", did you mean stage?'],
    [{ Stage: "prod" }, 'f() has no option "Stage", did you mean stage?'],
    [{ stage: "prod", allow_replace: true }, 'f() has no option "allow_replace", did you mean allowReplace?'],
    [{ regoin: undefined }, 'f() has no option "regoin", did you mean region?'],
    [{ constructor: 1 }, 'f() has no option "constructor"; it takes allowReplace, region, stage'],
    [{ toString: 1 }, 'f() has no option "toString"; it takes allowReplace, region, stage'],
    [{ bananas: 1 }, 'f() has no option "bananas"; it takes allowReplace, region, stage'],
  ])("that do not are a UsageError with the nearest: %j", (given, message) => {
    expect(() => requireKnownOptions("f()", given, known)).toThrow(new UsageError(message));
  });

  test.each([
    ["prod", "a string"],
    [null, "null"],
    [["stage"], "a list"],
    [5, "a number"],
  ])("are asked of an object alone: %j", (given, kind) => {
    expect(() => requireKnownOptions("f()", given, known)).toThrow(
      new UsageError(`f() takes its options as an object; given was ${kind}`),
    );
  });
});
