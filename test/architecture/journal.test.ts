import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { beginJournal } from "../../src/scope/journal.ts";
import { filesOfTheHouse, roomOf } from "./house.ts";

const root = join(import.meta.dirname, "../../src");
const handWritten = filesOfTheHouse().filter((file) => !file.startsWith("generated/"));
const textOf = (file: string): string => readFileSync(join(root, file), "utf8");

/** The rooms that write a part of the journal, by the names of its parts and what they are reached through. */
function writersOf(part: string): readonly string[] {
  const reached = String.raw`(?:journal|noting)\.${part}|\{[^{}]*\b${part}\b[^{}]*\}(?:: | = )[^\n]*(?:[jJ]ournal|GivenNames|noting)`;
  const changed = String.raw`\b${part}(?:\.(?:add|set|push|splice|delete|clear)\(|\[[^\]]+\] = )`;
  const writing = handWritten.filter(
    (file) => new RegExp(reached).test(textOf(file)) && new RegExp(changed).test(textOf(file)),
  );
  return [...new Set(writing.map(roomOf))];
}

describe("the journal of a run", () => {
  test.each(Object.keys(beginJournal()))("is written in one room alone: %s", (part) => {
    expect(writersOf(part)).toEqual([part === "calls" ? "app" : "resource"]);
  });

  test("stands apart from what the run was told, which nobody writes", () => {
    const scope = textOf("scope/scope.ts");
    const told = scope.slice(scope.indexOf("export interface Scope {"));
    const members = [...told.matchAll(/^ {2}(\w[^(\n]*);$/gm)].map(([, member = ""]) => member);
    expect(members.filter((member) => !member.startsWith("readonly "))).toEqual([]);
    expect(members.filter((member) => /\b(?:Map|Set|WeakSet|Record)<|\[\]/.test(member))).toEqual([]);
  });
});

describe("the rooms of judgement and of the path", () => {
  /** What a pure function has said of facts, which nobody changes: it would say the same again. */
  const memories = ["diff/place.ts"];
  const rooms = ["schema", "services", "diff", "parts", "resource", "scope", "app"];

  test("keep nothing between runs beside the run itself: no map and no variable of a module", () => {
    const state =
      /^(?:let |(?:export )?const \w+(?:: [^=\n]+)? = new (?:Weak)?(?:Map|Set)(?:<[^\n]*>)?\(\))/m;
    const keeping = handWritten.filter((file) => rooms.includes(roomOf(file)) && state.test(textOf(file)));
    expect(keeping).toEqual(memories);
  });
});
