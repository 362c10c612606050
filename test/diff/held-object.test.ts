import { describe, expect, test } from "vitest";
import { planChange } from "../../src/diff/index.ts";
import { type Props, covers, isProps, plantAt, pointerOf, segmentsOf } from "../../src/json.ts";
import { bundledFacts, bundledTypes } from "../../src/schema/bundled.ts";
import type { Facts } from "../../src/schema/facts.ts";
import { factsFromSchema } from "../../src/schema/from-schema.ts";
import { requiredAt } from "../../src/schema/required.ts";
import { hasRegistry, pairs } from "../support/generated/registry.ts";

const facts: Facts = factsFromSchema({
  typeName: "AWS::Test::Pipe",
  properties: {
    Name: { type: "string" },
    Description: { type: "string" },
    Parameters: { $ref: "#/definitions/Parameters" },
  },
  definitions: {
    Parameters: {
      type: "object",
      properties: { Kafka: { $ref: "#/definitions/Kafka" }, Filter: { type: "string" } },
    },
    Kafka: {
      type: "object",
      required: ["Topic"],
      properties: { Topic: { type: "string" }, Size: { type: "integer" } },
    },
  },
  primaryIdentifier: ["/properties/Name"],
  createOnlyProperties: ["/properties/Name", "/properties/Parameters/Kafka/Topic"],
  writeOnlyProperties: ["/properties/Parameters"],
  handlers: { create: {}, read: {}, update: {}, delete: {} },
});

const asked = (Size: number, more: Props = {}): Props => ({
  Name: "a",
  Description: "new",
  Parameters: { Kafka: { Topic: "orders", Size }, ...more },
});
const live = { Name: "a", Description: "old" };

describe("a hidden object that must hold what is fixed at creation", () => {
  test("is not sent with another change, which it would have refused", () => {
    const prior = { desired: { ...asked(1), Description: "old" }, live };
    expect(planChange({ facts, prior, live, desired: asked(1) })).toMatchObject({
      move: "update",
      patch: [{ op: "replace", path: "/Description", value: "new" }],
    });
  });

  test("leaves what stands beside it to be sent", () => {
    const desired = asked(1, { Filter: "f" });
    const prior = { desired: { ...desired, Description: "old" }, live };
    const plan = planChange({ facts, prior, live, desired });
    const patch = [expect.objectContaining({ path: "/Parameters", value: { Filter: "f" } })];
    expect(plan).toMatchObject({ patch: expect.arrayContaining(patch) });
  });

  test("cannot be updated, and says so, where the script changes something in it", () => {
    const prior = { desired: asked(1), live };
    expect(planChange({ facts, prior, live, desired: asked(2) })).toMatchObject({
      move: "fail",
      error: { code: "NOT_UPDATABLE", paths: ["/Parameters/Kafka/Size"] },
    });
  });

  test("is replaced where what is fixed itself changes", () => {
    const desired = { ...asked(1), Parameters: { Kafka: { Topic: "others", Size: 1 } } };
    expect(planChange({ facts, prior: { desired: asked(1), live }, live, desired })).toMatchObject({
      move: "replace",
      because: [{ path: "/Parameters/Kafka/Topic" }],
    });
  });

  test("is left as it is by an adoption", () => {
    const plan = planChange({ facts, live, desired: asked(1), adopt: true });
    expect(plan).toMatchObject({ move: "update", patch: [{ path: "/Description" }] });
    expect(plan.warning).toMatch(/^\/Parameters\/Kafka\/Size is shown by no read and cannot be sent/);
  });
});

/** Every object of the registry that no read shows and that must hold what is both hidden and fixed. */
function heldObjects(): { facts: Facts; name: string; inner: string; fixed: string }[] {
  return pairs().flatMap(({ told }) =>
    (told.createOnly ?? []).flatMap((pointer) => {
      const [name = "", inner = "", fixed = "", ...rest] = segmentsOf(pointer);
      const isHidden = (told.writeOnly ?? []).some((pattern) => covers(pattern, `/${name}`));
      const isHeld = fixed !== "" && rest.length === 0 && requiredAt(told, [name, inner]).includes(fixed);
      return isHidden && isHeld ? [{ facts: told, name, inner, fixed }] : [];
    }),
  );
}

/** Every object that documentation alone knows of, and that must hold what it calls fixed at creation. */
function heldByDocumentation(): { told: Facts; around: string; fixed: string }[] {
  return bundledTypes().flatMap((type) => {
    const told = bundledFacts(type);
    return (told?.createOnly ?? []).flatMap((pointer) => {
      const path = segmentsOf(pointer);
      const around = path.slice(0, -1);
      const isHeld = requiredAt(told ?? {}, around).includes(path.at(-1) ?? "");
      const isPlain = around.length > 0 && !pointer.includes("/*") && told?.writeOnly === undefined;
      return told && isPlain && isHeld ? [{ told, around: pointerOf(around), fixed: path.at(-1) ?? "" }] : [];
    });
  });
}

test("a takeover by documentation alone sends no object without what it must hold", () => {
  const held = heldByDocumentation();
  expect(held.length).toBeGreaterThanOrEqual(59);
  for (const { told, around, fixed } of held) {
    const top = `/${segmentsOf(around)[0]}`;
    const inner = plantAt(plantAt({}, `${around}/${fixed}`, "a"), `${around}/Other`, 1);
    const desired = isProps(inner) ? { ...inner, Comment: "new" } : {};
    const plan = planChange({ facts: told, live: { Comment: "old" }, desired, adopt: true });
    expect(plan.move, `${told.type} ${around}`).toBe("update");
    expect(JSON.stringify(plan), `${told.type} ${around}`).not.toContain(`"path":"${top}`);
    expect(plan.warning, `${told.type} ${around}`).toContain(`${around}/Other is shown by no read`);
  }
});

describe.skipIf(!hasRegistry)("in the registry (absent: ../shared/schemas)", () => {
  test("no such object is sent without what it must hold", { timeout: 60_000 }, () => {
    const held = heldObjects();
    expect(held.length).toBeGreaterThanOrEqual(5);
    for (const { facts: told, name, inner, fixed } of held) {
      const desired = { [name]: { [inner]: { [fixed]: "a", Other: "b" } }, Description: "new" };
      const plan = planChange({
        facts: told,
        prior: { desired: { ...desired, Description: "old" }, live: { Description: "old" } },
        live: { Description: "old" },
        desired,
      });
      expect(JSON.stringify(plan), `${told.type} /${name}/${inner}`).not.toContain(`"path":"/${name}`);
    }
  });
});
