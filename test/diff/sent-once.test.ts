import { describe, expect, test } from "vitest";
import { type Plan, planChange } from "../../src/diff/index.ts";
import type { Json, Props } from "../../src/json.ts";
import type { Facts } from "../../src/schema/facts.ts";

const patchOf = (plan: Plan): unknown => (plan.move === "update" ? plan.patch : plan.move);
const changed = (facts: Facts, prior: Props, desired: Props): Plan =>
  planChange({
    facts,
    prior: { desired: { ...prior, N: 1 } },
    live: { N: 1 },
    desired: { ...desired, N: 2 },
  });
const alone = [{ op: "replace", path: "/N", value: 2 }];

const once: readonly (readonly [string, Facts, Props])[] = [
  ["a snapshot", { conditionalCreateOnly: ["/DBSnapshotIdentifier"] }, { DBSnapshotIdentifier: "s" }],
  ["an instant", { conditionalCreateOnly: ["/RestoreTime"] }, { RestoreTime: "2026-01-01T00:00:00Z" }],
  ["a switch", { conditionalCreateOnly: ["/UseLatestRestorableTime"] }, { UseLatestRestorableTime: true }],
  ["a token", { conditionalCreateOnly: ["/AuthToken"] }, { AuthToken: "t" }],
  [
    "a list",
    { conditionalCreateOnly: ["/NodeGroupConfiguration"] },
    { NodeGroupConfiguration: [{ Slots: "0-1" }, { Slots: "2-3" }] },
  ],
  [
    "what generates something",
    { onlyAtCreation: ["/GenerateSecretString"] },
    { GenerateSecretString: { PasswordLength: 30 } },
  ],
  ["what is below such a place", { onlyAtCreation: ["/Restore"] }, { Restore: { From: { Point: "p" } } }],
  ["what is create-only", { createOnly: ["/Import"] }, { Import: { Format: "CSV" } }],
];

describe.each(once)("a write-only value that is taken once: %s", (_, marks, value) => {
  const [name = ""] = Object.keys(value);
  const facts: Facts = { writeOnly: [`/${name}`, "/Password"], ...marks };

  test("is not sent again unchanged, as others are", () => {
    expect(patchOf(changed(facts, value, value))).toEqual(alone);
    const beside = { ...value, Password: "p" };
    expect(patchOf(changed(facts, beside, beside))).toEqual([
      ...alone,
      { op: "add", path: "/Password", value: "p" },
    ]);
  });

  test("is no change when nothing else is", () => {
    expect(planChange({ facts, prior: { desired: value }, live: {}, desired: value }).move).toBe("nothing");
  });

  test("is not dropped in silence", () => {
    const plan = planChange({ facts, prior: { desired: value }, live: {}, desired: {} });
    expect(plan.move === "replace" || plan.warning?.includes(`/${name}`) === true).toBe(true);
  });
});

describe("a write-only value that is taken once", () => {
  test.each<[string, Facts]>([
    ["may be fixed at creation", { conditionalCreateOnly: ["/S"] }],
    ["makes something", { onlyAtCreation: ["/S"] }],
  ])("is sent when the script changes it, where it %s", (_, marks) => {
    const plan = changed({ writeOnly: ["/S"], ...marks }, { S: "old" }, { S: "new" });
    expect(patchOf(plan)).toContainEqual({ op: "add", path: "/S", value: "new" });
    expect(plan).toMatchObject({ onNotUpdatable: "replace" });
  });

  test("is sent all the same where no model may lack it", () => {
    const facts: Facts = { writeOnly: ["/S"], conditionalCreateOnly: ["/S"], required: ["/S"] };
    expect(patchOf(changed(facts, { S: "s" }, { S: "s" }))).toContainEqual({
      op: "add",
      path: "/S",
      value: "s",
    });
  });

  test("stays out of the items of a list that is written whole", () => {
    const facts: Facts = {
      writeOnly: ["/L/*/Seed", "/L/*/Key"],
      onlyAtCreation: ["/L/*/Seed"],
      unordered: [],
    };
    const item = (size: number): Json => ({ Size: size, Seed: 5, Key: "k" });
    const plan = planChange({
      facts,
      prior: { desired: { L: [item(1)] } },
      live: { L: [{ Size: 1 }] },
      desired: { L: [item(2)] },
    });
    expect(patchOf(plan)).toEqual([{ op: "replace", path: "/L", value: [{ Size: 2, Key: "k" }] }]);
  });
});

describe("an adoption", () => {
  const facts: Facts = {
    writeOnly: ["/Password", "/Snapshot", "/Import", "/Cfg/Secret", "/Token"],
    createOnly: ["/Import"],
    onlyAtCreation: ["/Snapshot"],
    conditionalCreateOnly: ["/Token"],
  };
  const taken = (live: Props, desired: Props): unknown =>
    patchOf(planChange({ facts, live, desired, adopt: true }));

  test.each<[string, Props, Props, unknown]>([
    ["a password", {}, { Password: "p" }, [{ op: "add", path: "/Password", value: "p" }]],
    [
      "one deep inside",
      { Cfg: { A: 1 } },
      { Cfg: { A: 1, Secret: "s" } },
      [{ op: "add", path: "/Cfg/Secret", value: "s" }],
    ],
    ["one that may be fixed", {}, { Token: "t" }, [{ op: "add", path: "/Token", value: "t" }]],
    ["nothing that is fixed at creation", {}, { Import: "i" }, "nothing"],
    ["nothing that makes something", {}, { Snapshot: "s" }, "nothing"],
    ["nothing that a read shows to be as asked", { Password: "p" }, { Password: "p" }, "nothing"],
    [
      "what a read shows to be otherwise",
      { Password: "x" },
      { Password: "p" },
      [{ op: "add", path: "/Password", value: "p" }],
    ],
  ])("sends what no read can show once: %s", (_, live, desired, expected) => {
    expect(taken(live, desired)).toEqual(expected);
  });

  test("sends it no second time", () => {
    const desired = { Password: "p", Token: "t" };
    expect(planChange({ facts, prior: { desired }, live: {}, desired }).move).toBe("nothing");
  });
});

describe("an object that no read shows, with a member that it must have and that may not be sent again", () => {
  const facts: Facts = {
    writeOnly: ["/W"],
    createOnly: ["/W/Id"],
    members: { properties: { W: { ref: "W" }, N: "integer" } },
    definitions: { W: { properties: { Id: "string", Note: "string" }, required: ["Id"] } },
  };
  const before = { W: { Id: "i", Note: "n" } };

  test("stays out of an update of something else", () => {
    expect(patchOf(changed(facts, before, before))).toEqual(alone);
  });

  test("cannot be changed beside that member, and says so", () => {
    const plan = changed(facts, before, { W: { Id: "i", Note: "m" } });
    expect(plan).toMatchObject({ move: "fail", error: { code: "NOT_UPDATABLE", paths: ["/W/Note"] } });
  });

  test("is replaced where that member is another one", () => {
    const plan = changed(facts, before, { W: { Id: "j", Note: "n" } });
    expect(plan).toMatchObject({ move: "replace", because: [{ path: "/W/Id" }] });
  });

  test("is sent without it where nobody says that it must be there", () => {
    const { definitions: _, ...loose } = facts;
    expect(patchOf(changed(loose, before, { W: { Id: "i", Note: "m" } }))).toContainEqual({
      op: "add",
      path: "/W",
      value: { Note: "m" },
    });
  });
});
