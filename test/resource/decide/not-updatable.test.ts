import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import { bundledFacts } from "../../../src/schema/bundled.ts";
import { stuckPaths } from "../../../src/diff/replacement.ts";
import { placesOf } from "../../../src/diff/place.ts";
import { hasRegistry, registrySchemas } from "../../support/services/all-notes.ts";
import { factsFromSchema } from "../../../src/schema/from-schema.ts";
import { cloud } from "../../support/run.ts";

const stuckIn = (facts: Parameters<typeof placesOf>[0]): readonly string[] =>
  stuckPaths(facts, placesOf(facts));

const profile = (description: string) => () =>
  AWS.DataZone.EnvironmentProfile("p", {
    Name: "p",
    AwsAccountId: "123456789012",
    AwsAccountRegion: "us-east-1",
    DomainIdentifier: "dzd_1",
    EnvironmentBlueprintIdentifier: "b",
    ProjectIdentifier: "p",
    Description: description,
  });
const route = (state: string) => () =>
  AWS.RefactorSpaces.Route("r", {
    ApplicationIdentifier: "app-1",
    EnvironmentIdentifier: "env-1",
    RouteType: "URI_PATH",
    ServiceIdentifier: "svc-1",
    UriPathRoute: { SourcePath: "/a", ActivationState: state },
  });
const member = (Designation: string) => () =>
  AWS.DataZone.ProjectMembership("m", {
    DomainIdentifier: "dzd_1",
    ProjectIdentifier: "p",
    Designation,
    Member: { UserIdentifier: "u" },
  });
const user = (Status: string) => () =>
  AWS.DataZone.UserProfile("u", { DomainIdentifier: "dzd_1", UserIdentifier: "u", Status });
const target = (Name: string) => () =>
  AWS.DataZone.SubscriptionTarget("s", {
    DomainIdentifier: "dzd_1",
    EnvironmentIdentifier: "e",
    Name,
    Type: "t",
    ApplicableAssetTypes: ["a"],
    AuthorizedPrincipals: ["p"],
    SubscriptionTargetConfig: [],
  });
const environment = (Name: string) => () =>
  AWS.DataZone.Environment("e", { DomainIdentifier: "dzd_1", ProjectIdentifier: "p", Name });

describe("a type that cannot be updated at all", () => {
  test.each<[string, () => Promise<unknown>, () => Promise<unknown>]>([
    ["DataZone::EnvironmentProfile", profile("one"), profile("two")],
    ["DataZone::Environment", environment("one"), environment("two")],
    ["DataZone::ProjectMembership", member("PROJECT_OWNER"), member("PROJECT_CONTRIBUTOR")],
    ["DataZone::UserProfile", user("ASSIGNED"), user("ACTIVATED")],
    ["DataZone::SubscriptionTarget", target("one"), target("two")],
    ["RefactorSpaces::Route", route("ACTIVE"), route("INACTIVE")],
  ])(
    "refuses a change in plan and deploy before it sends one, by what the bundle says: %s",
    async (_, before, after) => {
      const here = await cloud();
      const made = await here.deploy(before, { schemas: "bundled" });
      expect(made.ok, JSON.stringify(made.changes[0]?.error)).toBe(true);
      const world = here.emulator.resources();
      for (const phase of ["plan", "deploy"] as const) {
        const { changes } = await here.deploy(after, { phase, schemas: "bundled" });
        expect(changes[0]?.error).toMatchObject({
          code: "NOT_UPDATABLE",
          message: expect.stringContaining("replace: true"),
        });
      }
      expect(here.emulator.resources()).toEqual(world);
      expect(here.emulator.calls.filter(({ api }) => /^(Update|Delete)/.test(api))).toEqual([]);
    },
  );

  test.skipIf(!hasRegistry)(
    "is known to the bundle wherever the registry has an update handler and no update can be written",
    () => {
      const all = [...registrySchemas().values()].map((schema) => factsFromSchema(schema));
      const stuck = all.filter((facts) => facts.handlers?.includes("update") && stuckIn(facts).length > 0);
      expect(stuck.length).toBe(12);
      for (const { type = "" } of stuck)
        expect([type, stuckIn(bundledFacts(type) ?? {}).length > 0]).toEqual([type, true]);
    },
  );
});
