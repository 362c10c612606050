import { describe, expect, test } from "vitest";
import { box, boxWorld, declareBox } from "../../support/resource/box.ts";
import { changeOf } from "../../support/run.ts";

const sealed: readonly (readonly [string, object])[] = [
  ["a list", { SealedZones: ["a", "b"] }],
  ["text", { SealedText: "t" }],
  ["a number", { SealedCount: 3 }],
  ["a policy", { SealedPolicy: { Version: "2012-10-17", Statement: [] } }],
  ["a member of an object", { Source: { SealedName: "s", Note: "n" } }],
  ["a list in an object", { Source: { SealedZones: ["a"], SealedName: "s" } }],
];

/** A cloud in which the first update, an adoption's, fails half-way. */
const failingOnce = () =>
  boxWorld({
    faults: ({ api, count }) =>
      api === "UpdateResource" && count === 1
        ? { failWith: { code: "NotStabilized", identifier: true, created: true } }
        : undefined,
  });

describe.each(sealed)("an adoption that failed half-way, with %s that was fixed at creation", (_, asked) => {
  test("is carried on and replaces nothing, and the value counts from then on", async () => {
    const { deploy, emulator } = await failingOnce();
    const { Identifier } = emulator.put(box.typeName, { Name: "n", Colour: "red" });
    const adopt = { adopt: { identifier: Identifier } };
    const program = () => declareBox({ ...asked, Colour: "green", Key: "k" }, adopt);
    expect(changeOf(await deploy(program), "box").error?.code).toBe("NOT_STABILIZED");
    expect(changeOf(await deploy(program), "box")).toMatchObject({ identifier: Identifier });
    expect(emulator.resources()).toMatchObject([{ Identifier, Properties: { Colour: "green", Name: "n" } }]);
    expect(changeOf(await deploy(program), "box").move).toBe("nothing");
    const other = () => declareBox({ Colour: "green", Key: "k" }, adopt);
    expect(changeOf(await deploy(other), "box").move).toBe("replace");
  });
});
