import { describe, expect, test } from "vitest";
import { bundledFacts, bundledTypes } from "../../src/schema/bundled.ts";
import type { Json } from "../../src/json.ts";
import type { Facts, Members, Shape } from "../../src/schema/facts.ts";
import { behaviourOf } from "../../src/emulator/behaviours/all.ts";
import { openDesk } from "../support/emulator/desk.ts";

/** The least that a shape admits. */
function least(facts: Facts, shape: Shape, depth = 0): Json {
  if (typeof shape === "string") {
    return shape === "boolean"
      ? true
      : shape === "integer" || shape === "number"
        ? 7
        : shape === "json"
          ? {}
          : "x1y";
  }
  if ("list" in shape) return [];
  if ("map" in shape) return {};
  if ("oneOf" in shape) return least(facts, shape.oneOf[0] ?? "any", depth);
  const members = facts.definitions?.[shape.ref];
  return members && depth < 8 ? leastOf(facts, members, depth + 1) : {};
}

const leastOf = (facts: Facts, members: Members, depth = 0) =>
  Object.fromEntries(
    (members.required ?? []).map((name) => [name, least(facts, members.properties[name] ?? "any", depth)]),
  );

describe("every bundled type", () => {
  test("is created from its required properties, read, listed, updated by an empty patch and deleted", async () => {
    const desk = await openDesk();
    const isServed = (type: string): boolean => bundledFacts(type)?.handlers?.length !== 0;
    const plain = bundledTypes()
      .filter((type) => Object.keys(behaviourOf(type)).length === 0)
      .filter(isServed);
    const odd: string[] = [];
    // Every fourteenth type: a walk through all services that takes a moment, not a minute.
    for (const type of plain.filter((_, i) => i % 14 === 0)) {
      const facts = bundledFacts(type) ?? {};
      const made = await desk.create(type, facts.members ? leastOf(facts, facts.members) : {});
      const id = made.Identifier ?? "";
      await desk.read(type, id);
      // What is required and never shown an update would have to send again.
      const isHidden = facts.required?.some((path) => facts.writeOnly?.includes(path)) === true;
      const isFixed = facts.handlers?.includes("update") === false || isHidden;
      const updated = isFixed ? made : await desk.update(type, id, []);
      const removed = await desk.remove(type, id);
      const ends = [made, updated, removed].map(({ OperationStatus }) => OperationStatus);
      if (id === "" || ends.some((status) => status !== "SUCCESS")) odd.push(`${type}: ${ends.join(", ")}`);
    }
    expect(plain.length).toBeGreaterThan(1500);
    expect(odd).toEqual([]);
  });
});
