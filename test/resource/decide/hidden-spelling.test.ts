import { describe, expect, test } from "vitest";
import { isResourceError } from "../../../src/errors.ts";
import { canonical } from "../../../src/json.ts";
import { compareDigest, digestUnder } from "../../../src/state/sealing.ts";
import { boxWorld, declareBox } from "../../support/resource/box.ts";
import { changeOf } from "../../support/run.ts";

const statement = (more: object): object => ({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { AWS: "123456789012" }, Action: ["s3:Get*", "s3:List*"], ...more },
  ],
});
const root = { Principal: { AWS: ["arn:aws:iam::123456789012:root"] }, Action: ["s3:List*", "s3:Get*"] };

const spellings: readonly (readonly [string, object, object, object])[] = [
  [
    "another order of a list",
    { SealedZones: ["a", "b", "c"] },
    { SealedZones: ["c", "a", "b"] },
    { SealedZones: ["a", "b", "b"] },
  ],
  [
    "white space and key order of JSON text",
    { SealedText: '{"a":1,"b":[1,2]}' },
    { SealedText: '{ "b": [1, 2],\n "a": 1 }' },
    { SealedText: '{"a":1,"b":[2,1]}' },
  ],
  [
    "the spelling of a policy",
    { SealedPolicy: statement({}) },
    { SealedPolicy: statement(root) },
    { SealedPolicy: statement({ Action: "s3:Get*" }) },
  ],
  [
    "a policy as text",
    { SealedText: JSON.stringify(statement({})) },
    { SealedText: JSON.stringify(statement(root), undefined, 2) },
    { SealedText: JSON.stringify(statement({ Effect: "Deny" })) },
  ],
  ["a number as text", { SealedCount: 5 }, { SealedCount: "5" }, { SealedCount: 6 }],
  ["text as a number", { SealedCount: "5" }, { SealedCount: 5 }, { SealedCount: "6" }],
  [
    "another order of a list inside an object that no read shows",
    { Source: { SealedZones: ["a", "b"], SealedName: "s", Note: "n" } },
    { Source: { SealedZones: ["b", "a"], SealedName: "s", Note: "n" } },
    { Source: { SealedZones: ["b", "b"], SealedName: "s", Note: "n" } },
  ],
];

describe.each(spellings)("where no read shows what is fixed at creation: %s", (_, first, respelt, other) => {
  test.each(["just made", "updated since"])("replaces nothing, and a real change does: %s", async (since) => {
    const { deploy, emulator } = await boxWorld();
    await deploy(() => declareBox({ ...first, Colour: "red" }));
    if (since === "updated since") await deploy(() => declareBox({ ...first, Colour: "green" }));
    const Colour = since === "updated since" ? "green" : "red";
    const again = await deploy(() => declareBox({ ...respelt, Colour }));
    expect(changeOf(again, "box")).toMatchObject({ move: "nothing" });
    const beside = await deploy(() => declareBox({ ...first, Colour: "blue" }));
    expect(changeOf(beside, "box").move).toBe("update");
    expect(emulator.resources()).toHaveLength(1);
    const changed = await deploy(() => declareBox({ ...other, Colour: "blue" }));
    expect(changeOf(changed, "box").move).toBe("replace");
  });
});

describe("where no read shows it", () => {
  test("a list that may be updated is sent in the order that the script asks", async () => {
    const { deploy, emulator } = await boxWorld();
    await deploy(() => declareBox({ Rules: ["a", "b"], Colour: "red" }));
    await deploy(() => declareBox({ Rules: ["a", "b"], Colour: "green" }));
    const report = await deploy(() => declareBox({ Rules: ["b", "a"], Colour: "green" }));
    expect(changeOf(report, "box").move).toBe("update");
    expect(changeOf(report, "box").patch).toMatchObject([{ op: "add", path: "/Rules" }]);
    expect(emulator.resources()).toHaveLength(1);
  });

  test("a change beside what is fixed at creation is told from a change of it", async () => {
    const { deploy, emulator } = await boxWorld();
    const source = (more: object) => ({ Source: { SealedName: "s", Note: "n", ...more } });
    await deploy(() => declareBox({ ...source({}), Colour: "red" }));
    await deploy(() => declareBox({ ...source({}), Colour: "green" }));
    const beside = await deploy(() => declareBox({ ...source({ Note: "m" }), Colour: "green" }));
    expect(changeOf(beside, "box")).toMatchObject({ move: "update" });
    expect(emulator.resources()).toHaveLength(1);
    const within = await deploy(() =>
      declareBox({ ...source({ Note: "m", SealedName: "t" }), Colour: "green" }),
    );
    expect(changeOf(within, "box")).toMatchObject({
      move: "replace",
      because: [{ path: "/Source/SealedName" }],
    });
  });

  test("what was recorded by its exact text alone is still known", async () => {
    const { deploy, store } = await boxWorld();
    const asked = { SealedZones: ["b", "a"], SealedText: '{ "a": 1 }', Colour: "red" };
    await deploy(() => declareBox(asked));
    await deploy(() => declareBox({ ...asked, Colour: "green" }));
    const state = await store.open("test", "dev");
    const entry = (await state.entries()).get("box");
    if (!entry || isResourceError(entry)) throw new Error("no entry");
    const digests = Object.entries(entry.digests).map(([at, one]) => [at, one.split("~")[0] ?? ""]);
    expect(Object.values(entry.digests).some((one) => one.includes("~"))).toBe(true);
    await state.put({ ...entry, digests: Object.fromEntries(digests) });
    const again = await deploy(() => declareBox({ ...asked, Colour: "green" }));
    expect(changeOf(again, "box").move).toBe("nothing");
    const updated = await deploy(() => declareBox({ ...asked, Colour: "blue" }));
    expect(changeOf(updated, "box").move).toBe("update");
  });
});

describe("a digest", () => {
  const key = new Uint8Array(32);
  test("of what has a meaning beside its text is compared by the text alone", () => {
    const recorded = digestUnder(key, canonical(["b", "a"]), canonical(["a", "b"]));
    expect(compareDigest(key, canonical(["b", "a"]), recorded)).toBe("same");
    expect(compareDigest(key, canonical(["a", "b"]), recorded)).toBe("changed");
    expect(compareDigest(new Uint8Array(32).fill(1), canonical(["b", "a"]), recorded)).toBe("unknown");
  });
});
