import { describe, expect, test } from "vitest";
import { type Plan, planChange } from "../../src/diff/index.ts";
import type { Json, Props } from "../../src/json.ts";
import type { Facts } from "../../src/schema/facts.ts";

interface Change {
  readonly facts: Facts;
  readonly before: Props;
  readonly live: Props;
  readonly desired: Props;
}

const planOf = ({ facts, before, live, desired }: Change): Plan =>
  planChange({ facts, prior: { desired: before }, live, desired });
const patchOf = (change: Change): unknown => {
  const plan = planOf(change);
  return plan.move === "update" ? plan.patch : plan.move;
};

/** The shapes of the 27 places where the registry calls something create-only inside what it calls write-only. */
const nested: readonly (readonly [string, string, string, (fixed: Json, free: Json) => Props])[] = [
  [
    "AWS::Pipes::Pipe",
    "/SourceParameters",
    "/SourceParameters/ManagedStreamingKafkaParameters/TopicName",
    (TopicName, BatchSize) => ({
      SourceParameters: { ManagedStreamingKafkaParameters: { TopicName, BatchSize } },
    }),
  ],
  [
    "AWS::KinesisFirehose::DeliveryStream",
    "/SnowflakeDestinationConfiguration",
    "/SnowflakeDestinationConfiguration/SnowflakeVpcConfiguration",
    (fixed, free) => ({
      SnowflakeDestinationConfiguration: {
        SnowflakeVpcConfiguration: { PrivateLinkVpceId: fixed },
        Database: free,
      },
    }),
  ],
  [
    "AWS::RefactorSpaces::Route",
    "/UriPathRoute",
    "/UriPathRoute/SourcePath",
    (SourcePath, ActivationState) => ({ UriPathRoute: { SourcePath, ActivationState } }),
  ],
  [
    "AWS::DevOpsAgent::Service",
    "/ServiceDetails",
    "/ServiceDetails/Dynatrace",
    (AccountUrn, Region) => ({ ServiceDetails: { Dynatrace: { AccountUrn }, Other: { Region } } }),
  ],
  ["a list", "/L", "/L/*/Fixed", (Fixed, Free) => ({ L: [{ Fixed, Free }] })],
  ["two levels", "/A/B", "/A/B/C/D", (D, E) => ({ A: { B: { C: { D, E } } } })],
];

describe.each(nested)("create-only inside write-only, as in %s", (_, writeOnly, createOnly, of) => {
  const facts: Facts = { writeOnly: [writeOnly], createOnly: [createOnly], unordered: [] };
  const settled: Change = {
    facts,
    before: { ...of("f", 1), N: 1 },
    live: { ...of("f", 1), N: 1 },
    desired: { ...of("f", 1), N: 1 },
  };

  test("is left alone by an unrelated change, whether a read shows it or not", () => {
    const change = { op: "replace", path: "/N", value: 2 };
    expect(patchOf({ ...settled, desired: { ...of("f", 1), N: 2 } })).toEqual([change]);
    const blind = planOf({ ...settled, live: { N: 1 }, desired: { ...of("f", 1), N: 2 } });
    expect(blind.move === "update" && blind.patch[0]).toEqual(change);
    expect(JSON.stringify(blind)).not.toContain('"f"');
  });

  test("is left alone by a change beside it", () => {
    const plan = planOf({ ...settled, desired: { ...of("f", 2), N: 1 } });
    expect(plan.move).toBe("update");
    expect(JSON.stringify(plan)).not.toContain("remove");
    const blind = planOf({ ...settled, live: { N: 1 }, desired: { ...of("f", 2), N: 1 } });
    expect(blind.move).toBe("update");
    expect(JSON.stringify(blind)).not.toContain('"f"');
  });

  test("is a cause to replace only when the script changes it", () => {
    expect(planOf(settled).move).toBe("nothing");
    expect(planOf({ ...settled, desired: { ...of("g", 1), N: 1 } }).move).toBe("replace");
  });

  test("is compared with what a read shows, and not told in a plan", () => {
    const drifted = planOf({ ...settled, live: { ...of("f", 7), N: 1 } });
    expect(drifted.move).toBe("update");
    const replaced = planOf({ ...settled, live: { ...of("secret", 1), N: 1 } });
    expect(replaced.move).toBe("replace");
    expect(JSON.stringify("because" in replaced && replaced.because)).not.toContain("secret");
  });
});

describe("what the schema calls write-only and a read shows", () => {
  const facts: Facts = { writeOnly: ["/W", "/L/*/T"], unordered: [] };

  test("is not sent again while it is as asked", () => {
    const model = { W: { a: 1, b: "s" }, N: 1 };
    const change = { facts, before: model, live: model, desired: { ...model, N: 2 } };
    expect(patchOf(change)).toEqual([{ op: "replace", path: "/N", value: 2 }]);
  });

  test("is sent where the read leaves it out, beside what it shows", () => {
    const model = { W: { a: 1, b: "s" }, N: 1 };
    expect(
      patchOf({ facts, before: model, live: { W: { a: 1 }, N: 1 }, desired: { ...model, N: 2 } }),
    ).toEqual([
      { op: "replace", path: "/N", value: 2 },
      { op: "add", path: "/W/b", value: "s" },
    ]);
  });

  test.each<[string, Json]>([
    ["null", null],
    ["an empty object", {}],
    ["an empty list", []],
    ["a mask", "****"],
  ])("does not show in %s", (_, shown) => {
    const model = { W: "s", N: 1 };
    const change = { facts, before: model, live: { W: shown, N: 1 }, desired: model };
    expect(patchOf(change)).toBe("nothing");
    expect(patchOf({ ...change, desired: { ...model, N: 2 } })).toContainEqual({
      op: "add",
      path: "/W",
      value: "s",
    });
  });

  test("is taken out when the script drops it", () => {
    const model = { W: { a: 1, b: 2 } };
    expect(patchOf({ facts, before: model, live: model, desired: { W: { a: 1 } } })).toEqual([
      { op: "remove", path: "/W/b" },
    ]);
  });

  test("is compared in the items of a list", () => {
    const item = { U: "u", T: "t" };
    const change = {
      facts,
      before: { L: [item] },
      live: { L: [item] },
      desired: { L: [{ ...item, T: "x" }] },
    };
    expect(patchOf(change)).toEqual([{ op: "replace", path: "/L", value: [{ U: "u", T: "x" }] }]);
    expect(patchOf({ ...change, live: { L: [{ ...item, T: "x" }] } })).toBe("nothing");
  });

  test("makes a type that could not be updated updatable", () => {
    const once: Facts = { writeOnly: ["/D"], createOnly: ["/D"], required: ["/D"] };
    const change = {
      facts: once,
      before: { D: "d", N: 1 },
      live: { D: "d", N: 1 },
      desired: { D: "d", N: 2 },
    };
    expect(patchOf(change)).toEqual([{ op: "replace", path: "/N", value: 2 }]);
    expect(planOf({ ...change, live: { N: 1 } })).toMatchObject({ error: { code: "NOT_UPDATABLE" } });
  });
});
