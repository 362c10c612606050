import { describe, expect, test } from "vitest";
import { planChange } from "../../src/diff/index.ts";
import { type Props, covers, segmentsOf } from "../../src/json.ts";
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
