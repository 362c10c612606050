import { describe, expect, test } from "vitest";
import { CloudControlResource } from "../../../src/index.ts";
import type { Facts } from "../../../src/schema/facts.ts";
import { cloud, movesOf } from "../../support/run.ts";

describe("a delete-first replacement whose create fails", () => {
  // Its path is its identity, and its description cannot change once it is there.
  const parameter =
    (Value: string, more: object = {}) =>
    () =>
      CloudControlResource("it", {
        TypeName: "Case::Swap::Thing",
        DesiredState: { Name: "one", Fixed: Value, ...more },
        allowReplace: true,
      });
  const facts: Facts = {
    type: "Case::Swap::Thing",
    primaryIdentifier: ["/Name"],
    createOnly: ["/Name", "/Fixed"],
    writeOnly: ["/Password"],
    members: { properties: { Name: "string", Fixed: "string", Password: "string" } },
  };
  const around = () =>
    cloud({
      facts: (type) => (type === facts.type ? facts : undefined),
      faults: ({ api, body }) =>
        api === "CreateResource" && JSON.stringify(body).includes("refused")
          ? { failWith: { code: "InvalidRequest" } }
          : undefined,
    });

  test("says what is gone, and makes the old one again", async () => {
    const { deploy, emulator } = await around();
    await deploy(parameter("old"));
    const report = await deploy(parameter("refused"));
    expect(report.ok).toBe(false);
    expect(report.changes.map(({ move, error }) => error?.code ?? move)).toEqual([
      "delete",
      "create",
      "INVALID_REQUEST",
    ]);
    expect(report.changes.at(-1)?.error?.message).toContain("has been made again");
    expect(emulator.resources().map(({ Properties }) => Properties["Fixed"])).toEqual(["old"]);
    expect(movesOf(await deploy(parameter("old")))).toEqual(["it: nothing"]);
  });

  test("names the secret without which the old one cannot be made again", async () => {
    const { deploy, emulator } = await around();
    await deploy(parameter("old", { Password: "one" }));
    const report = await deploy(parameter("refused", { Password: "two" }));
    expect(report.changes.map(({ move, error }) => error?.code ?? move)).toEqual([
      "delete",
      "INVALID_REQUEST",
    ]);
    expect(report.changes.at(-1)?.error?.message).toContain("/Password");
    expect(emulator.resources()).toEqual([]);
    expect(movesOf(await deploy(parameter("new", { Password: "two" })))).toEqual(["it: create"]);
  });
});
