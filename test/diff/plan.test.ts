import { describe, expect, test } from "vitest";
import { planChange } from "../../src/diff/index.ts";

describe("planChange", () => {
  test("creates what is not there, with or without a prior, as asked and without read-only members", () => {
    const facts = { readOnly: ["/Arn", "/Net/*/Id"] };
    const desired = { Name: "n", Arn: "a", Net: [{ Id: "x", Cidr: "10/8" }] };
    const created = {
      move: "create",
      desired: { Name: "n", Net: [{ Cidr: "10/8" }] },
      warning: "/Arn is read-only and was ignored; /Net/0/Id is read-only and was ignored",
    };
    expect(planChange({ facts, live: undefined, desired })).toEqual(created);
    expect(planChange({ facts, prior: { desired }, live: undefined, desired, adopt: true })).toEqual(created);
  });

  test("does nothing for a read-only value, even one that differs from live, through stars and below objects", () => {
    const facts = { readOnly: ["/A/Arn", "/L/*/Id"], writeOnly: [] };
    const live = { A: { Arn: "real", x: 1 }, L: [{ Id: "1", y: 1 }] };
    const desired = { A: { Arn: "mine", x: 1 }, L: [{ Id: "2", y: 1 }] };
    expect(planChange({ facts, prior: { desired }, live, desired })).toMatchObject({ move: "nothing" });
  });

  test("keeps read-only values out of what it writes", () => {
    const facts = { readOnly: ["/L/*/Id"], writeOnly: [] };
    const live = { L: [{ Id: "1", y: 1 }] };
    const plan = planChange({ facts, prior: { desired: live }, live, desired: { L: [{ Id: "1", y: 2 }] } });
    expect(plan).toMatchObject({ patch: [{ op: "replace", path: "/L", value: [{ y: 2 }] }] });
    expect("patch" in plan && JSON.stringify(plan.patch)).not.toContain("Id");
  });

  test("writes add over a null that a read shows", () => {
    const plan = planChange({
      facts: { writeOnly: [] },
      prior: { desired: {} },
      live: { A: null },
      desired: { A: 1 },
    });
    expect(plan).toMatchObject({ patch: [{ op: "add", path: "/A", value: 1 }] });
  });

  test("compares what a transform makes of a value, in objects and lists", () => {
    const facts = {
      writeOnly: [],
      createOnly: ["/Id"],
      propertyTransform: {
        "/Id": "$lowercase(Id)",
        "/L/*/Type": "$uppercase(Type)",
        "/A/B/Key": "$split(A.B.Key, '/')[-1]",
      },
    };
    const desired = { Id: "MyId", L: [{ Type: "text" }], A: { B: { Key: "key/1" } } };
    const live = { Id: "myid", L: [{ Type: "TEXT" }], A: { B: { Key: "1" } } };
    expect(planChange({ facts, live, desired, adopt: true }).move).toBe("nothing");
  });

  test("tells what live holds and nobody declares, read-only, empty and inner parts of documents apart", () => {
    const facts = { readOnly: ["/Arn", "/Box/Id"], jsonDocuments: ["/Policy"] };
    const live = {
      Arn: "a",
      Box: { Id: "i", x: 1, Own: 1 },
      Policy: { a: 1 },
      L: [],
      Null: null,
      Default: { y: 1 },
    };
    const desired = { Box: { Own: 1 }, Policy: '{"a":1}' };
    expect(planChange({ facts, live, desired, adopt: true })).toEqual({
      move: "nothing",
      unmanaged: ["/Box/x", "/Default"],
    });
  });

  test("leaves out an object that held only read-only members, but not one declared empty", () => {
    const facts = { readOnly: ["/Box/Arn", "/L/*"] };
    const desired = { Box: { Arn: "a" }, Switch: { On: {} }, L: [] };
    expect(planChange({ facts, live: undefined, desired })).toMatchObject({
      desired: { Switch: { On: {} }, L: [] },
      warning: "/Box/Arn is read-only and was ignored",
    });
    expect(planChange({ facts, live: undefined, desired })).not.toHaveProperty("desired.Box");
  });

  test("treats a resource that nobody recorded like one to adopt", () => {
    const plan = planChange({ facts: { createOnly: ["/A"] }, live: { A: 1 }, desired: { A: 2 } });
    expect(plan).toMatchObject({ move: "fail", error: { code: "ADOPT_MISMATCH" } });
  });

  test("needs no facts at all", () => {
    const live = { A: { b: [1] }, C: 1 };
    expect(
      planChange({ facts: {}, prior: { desired: live }, live, desired: { A: { b: [2] } } }),
    ).toMatchObject({
      move: "update",
      patch: [
        { op: "remove", path: "/C" },
        { op: "replace", path: "/A/b", value: [2] },
      ],
      unmanaged: [],
    });
  });
});
