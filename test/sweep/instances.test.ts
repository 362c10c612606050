import { describe, expect, test } from "vitest";
import type { Props } from "../../src/json.ts";
import { bundledFacts } from "../../src/schema/bundled.ts";
import type { Facts } from "../../src/schema/facts.ts";
import { errorsIn } from "../../src/schema/validate.ts";
import { tell } from "../support/crash/tell.ts";
import { hasRegistry, registrySchemas } from "../support/services/all-notes.ts";
import { type Subject, subjectOf } from "../support/sweep/subject.ts";

/** What is found wrong with an instance, also where its changeable and its fixed property have their second value. */
function refusalsOf({ type, desired, mutable, fixed }: Subject, facts: Facts): string[] {
  const models: Props[] = [mutable, fixed].flatMap((turn) =>
    turn ? [{ ...desired, [turn.name]: turn.to }] : [],
  );
  return [desired, ...models].flatMap((model) =>
    errorsIn(facts, model).map(({ path, message }) => `${type} ${path}: ${message}`),
  );
}

// `npm run sweep:types` asks for all.
const isWhole = process.env["AWAIT_AWS_SWEEP_TYPES"] === "all";
const stride = isWhole ? 1 : 25;

/** Of this type the specification knows only what is nested; by the registry's own schema, which is asked, all passes. */
const isOfLesserBundle = (refusal: string): boolean =>
  /^AWS::CloudFormation::Stack .*unknown property/.test(refusal);

describe.skipIf(!hasRegistry)("right input (absent: ../shared/schemas)", () => {
  test("is never refused: the instances of every type pass by its own schema and by what is bundled", () => {
    const all = [...registrySchemas().values()].filter((_, i) => i % stride === 0);
    const subjects = all.flatMap((document) => subjectOf(document) ?? []);
    const byOwn = subjects.flatMap((subject) => refusalsOf(subject, subject.facts));
    const carried = subjects.filter(({ type }) => bundledFacts(type) !== undefined);
    const byBundle = carried.flatMap((subject) => refusalsOf(subject, bundledFacts(subject.type) ?? {}));
    const none = byOwn.length === 0 ? "none" : byOwn.length;
    tell(
      `instances of ${subjects.length} of ${all.length} types, ${carried.length} of them bundled: ${none} refused`,
    );
    expect(all.length - subjects.length).toBeLessThanOrEqual(4);
    expect(byOwn).toEqual([]);
    expect(byBundle.filter((refusal) => !isOfLesserBundle(refusal))).toEqual([]);
  }, 240_000);
});
