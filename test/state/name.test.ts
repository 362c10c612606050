import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkId, fileNameOf, nameOf } from "../../src/state/name.ts";

const names = fc.string({ unit: "binary", minLength: 1, maxLength: 60 });

describe("a file name", () => {
  test.each([
    ["deploy", "deploy"],
    ["infra/api", "infra%2Fapi"],
    ["api.v1", "api.v1"],
    ["..", "%2E%2E"],
    [".", "%2E"],
    [".lock-1", "%2Elock-1"],
    ["ends.", "ends%2E"],
    ["con", "%63on"],
    ["LPT1.txt", "%4CPT1.txt"],
    ["console", "console"],
    ["a:b*c?", "a%3Ab%2Ac%3F"],
    ["a~b", "a%7Eb"],
    ["\0", "%00"],
  ])("spells %j as %j", (name, spelling) => {
    expect(fileNameOf(name)).toBe(spelling);
    expect(nameOf(spelling)).toBe(name);
  });

  test("is safe on every disk, and reads back unless it was shortened", () => {
    fc.assert(
      fc.property(names, (name) => {
        const spelling = fileNameOf(name);
        expect(spelling).toMatch(/^[\w%~-][\w.%~-]*$/);
        expect(spelling).not.toMatch(/\.$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
        expect(spelling.length).toBeLessThanOrEqual(200);
        expect(nameOf(spelling)).toBe(spelling.includes("~") ? undefined : name);
      }),
    );
  });

  test("tells long names apart that begin alike", () => {
    const [one, two] = [fileNameOf(`${"/".repeat(198)}a`), fileNameOf(`${"/".repeat(198)}b`)];
    expect(one).not.toBe(two);
    expect(nameOf(one)).toBeUndefined();
  });

  test.each(["a b", "%2f", "%", "%FF", "é", ""])("is not %j, which fileNameOf does not write", (spelling) => {
    expect(spelling === "" ? undefined : nameOf(spelling)).toBeUndefined();
  });
});

describe("checkId", () => {
  test("passes any well-formed id of up to 200 bytes", () => {
    fc.assert(
      fc.property(names, (name) => {
        expect(checkId(name) === undefined).toBe(Buffer.byteLength(name) <= 200);
      }),
    );
  });

  test("compares with the others by case alone", () => {
    expect(checkId("Api", ["Api", "apis"])).toBeUndefined();
    expect(checkId("Api", ["api"])).toMatchObject({ code: "VALIDATION", id: "Api" });
  });
});
