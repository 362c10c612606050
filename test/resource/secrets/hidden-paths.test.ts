import { describe, expect, test } from "vitest";
import { hiddenPaths } from "../../../src/resource/secrets/hidden-paths.ts";

const facts = { type: "Own::Made::Thing", writeOnly: ["/Password", "/Users/*/Token"] };

describe("what state holds by its digest alone", () => {
  test("is what is write-only, also where a read shows it, and in every item of a list", () => {
    const desired = { Name: "a", Password: "p", Users: [{ Token: "1" }, { Token: "2" }, {}] };
    expect(hiddenPaths(facts, desired, [], desired)).toEqual([
      "/Password",
      "/Users/0/Token",
      "/Users/1/Token",
    ]);
  });

  test("is what the script calls secret", () => {
    const desired = { Name: "a", Value: "v" };
    expect(hiddenPaths(facts, desired, ["/Value"], desired)).toEqual(["/Value"]);
  });

  test("is every value that no read shows", () => {
    expect(hiddenPaths(facts, { A: { B: 1, C: 2 }, D: null }, [], { A: { B: 1 } })).toEqual(["/A/C", "/D"]);
  });

  test("is not what a read shows in another form, such as a policy as text", () => {
    expect(hiddenPaths(facts, { Policy: { Version: "1" } }, [], { Policy: '{"Version":"1"}' })).toEqual([]);
  });

  test("is named by the outermost place alone, so that none is taken out twice", () => {
    expect(hiddenPaths(facts, { A: { B: 1, C: 2 } }, ["/A"], {})).toEqual(["/A"]);
  });
});
