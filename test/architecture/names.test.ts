import { describe, expect, test } from "vitest";
import { type Named, filesOfTheHouse, functionsOf } from "./house.ts";

const functions = filesOfTheHouse()
  .filter((file) => !file.startsWith("generated/"))
  .flatMap(functionsOf);

/** Participles that do not end in -ed. */
const irregular = new Set(
  (
    "begun bought bound broken brought built caught chosen cut done drawn driven fallen fed felt found forgotten " +
    "frozen given gone grown heard held hidden kept known led left lent lost made meant met paid put read said seen " +
    "sent set shown sold sought spelt spent spoken stood struck stuck taken taught thought thrown told torn " +
    "understood unspoken won worn written"
  ).split(" "),
);
/** Verbs that look like one. */
const verbs = new Set(["cut", "exceed", "feed", "need", "proceed", "put", "read", "seed", "set", "succeed"]);

const wordsOf = (name: string): string[] =>
  (name.match(/[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])/g) ?? []).map((word) => word.toLowerCase());

const isParticiple = (word = ""): boolean =>
  !verbs.has(word) && (irregular.has(word) || (word.endsWith("ed") && word.length > 3));

const isBare = ({ name }: Named): boolean => {
  const [word, ...more] = wordsOf(name);
  return more.length === 0 && isParticiple(word);
};

/** A noun and what was done to it, as in `scriptEnded`: it reads like a value. */
const endsInOne = ({ name }: Named): boolean => {
  const words = wordsOf(name);
  return words.length > 1 && isParticiple(words.at(-1)) && !startsAsVerb(name);
};

/** A question, a condition, or a verb with its object: `isForced`, `withoutDropped`, `redactRecorded`. */
const startsAsVerb = (name: string): boolean =>
  /^(is|has|are|may|holds|with|without|require|find|read|note|mark|mask|redact|carry|keep|claim|foresee|digest|compare|list|tell|settle|wait|add|merge|patch|names|requests?|drop|record|remember|look|follow|write|fail|complete|ignore|remove|replaces|accept|refuse|nameOf)([A-Z]|$)/.test(
    name,
  );

describe("the names of functions", () => {
  test("are no bare participles, which read like values", () => {
    const bare = functions.filter(isBare);
    expect(bare.filter(({ isExported }) => isExported)).toEqual([]);
    expect(bare.length, JSON.stringify(bare)).toBeLessThanOrEqual(20);
  });

  test("end in none where others import them", () => {
    expect(functions.filter((one) => one.isExported && endsInOne(one))).toEqual([]);
  });

  test("are told apart from those that only look like it", () => {
    const named = (name: string): Named => ({ file: "", name, isExported: true });
    expect(["taken", "recorded", "sent", "told"].map(named).filter(isBare)).toHaveLength(4);
    expect(["need", "read", "isTaken", "takeStage"].map(named).filter(isBare)).toEqual([]);
    expect(["scriptEnded", "methodRefused"].map(named).filter(endsInOne)).toHaveLength(2);
    expect(["isForced", "redactRecorded", "settleCalls"].map(named).filter(endsInOne)).toEqual([]);
  });
});
