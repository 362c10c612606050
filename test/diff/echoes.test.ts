import { describe, expect, test } from "vitest";
import { planChange } from "../../src/diff/plan.ts";
import type { Props } from "../../src/json.ts";
import { shippedFactsOf } from "../../src/registry/complete.ts";
import type { Facts } from "../../src/schema/facts.ts";
import { factsFromSchema } from "../../src/schema/from-schema.ts";

/** What leaves beside a change of one member that the script states. */
function leaving(facts: Facts, live: Props, desired: Props): string[] {
  const [name = ""] = Object.keys(desired);
  const plan = planChange({
    facts: { ...facts, primaryIdentifier: [], createOnly: [], required: [], handlers: ["update"] },
    prior: { desired: { ...desired, [name]: "before" }, live },
    live,
    desired,
  });
  if (plan.move !== "update") throw new Error(plan.move);
  return plan.patch.filter(({ op }) => op === "remove").map(({ path }) => path);
}

describe("what a service shows and refuses to be told, with the facts that every version carries", () => {
  test.each<[string, Props, string[]]>([
    ["AWS::WAFv2::WebACL", { Description: "" }, ["/Description"]],
    ["AWS::WAFv2::IPSet", { Description: "" }, ["/Description"]],
    ["AWS::WAFv2::RegexPatternSet", { Description: "" }, ["/Description"]],
    ["AWS::WAFv2::RuleGroup", { Description: "" }, ["/Description"]],
    ["AWS::Glue::Job", { WorkerType: "G.1X", NumberOfWorkers: 2, MaxCapacity: 2 }, ["/MaxCapacity"]],
    ["AWS::Glue::Job", { MaxCapacity: 2, AllocatedCapacity: 2 }, ["/AllocatedCapacity"]],
    ["AWS::Glue::MLTransform", { WorkerType: "G.1X", MaxCapacity: 2 }, ["/MaxCapacity"]],
    ["AWS::ApiGatewayV2::Stage", { AutoDeploy: true, DeploymentId: "abc123" }, ["/DeploymentId"]],
    [
      "AWS::VpcLattice::Rule",
      { Match: { HttpMatch: { HeaderMatches: [], Method: "GET" } } },
      ["/Match/HttpMatch/HeaderMatches"],
    ],
    [
      "AWS::Lambda::EventInvokeConfig",
      { DestinationConfig: { OnSuccess: {}, OnFailure: {} } },
      ["/DestinationConfig"],
    ],
    [
      "AWS::BedrockAgentCore::Gateway",
      {
        AuthorizerConfiguration: {
          CustomJWTAuthorizer: { DiscoveryUrl: "u", AllowedClients: [], AllowedScopes: [] },
        },
      },
      [
        "/AuthorizerConfiguration/CustomJWTAuthorizer/AllowedScopes",
        "/AuthorizerConfiguration/CustomJWTAuthorizer/AllowedClients",
      ],
    ],
  ])("%s", (type, shown, gone) => {
    const left = leaving(shippedFactsOf(type), { Changed: "before", ...shown }, { Changed: "after" });
    expect(left.toSorted()).toEqual(gone.toSorted());
  });

  test("a search written twice keeps the form that the script uses, at any depth", () => {
    const both = { SearchString: "a", SearchStringBase64: "YQ==" };
    const live = {
      Changed: "before",
      Rules: [{ Statement: { NotStatement: { Statement: { ByteMatchStatement: both } } } }],
    };
    const plan = planChange({
      facts: { ...shippedFactsOf("AWS::WAFv2::WebACL"), primaryIdentifier: [], createOnly: [], required: [] },
      prior: { desired: { Changed: "before" }, live },
      live,
      desired: { Changed: "after" },
    });
    expect(JSON.stringify(plan)).toContain('"SearchString"');
    expect(JSON.stringify("patch" in plan && plan.patch)).not.toContain("SearchStringBase64");
  });

  test("what the script says itself stays", () => {
    const live = { Changed: "before", AutoDeploy: true, DeploymentId: "a1" };
    const left = leaving(shippedFactsOf("AWS::ApiGatewayV2::Stage"), live, {
      Changed: "after",
      DeploymentId: "a1",
    });
    expect(left).toEqual([]);
  });
});

describe("undeclared values that break their own schema", () => {
  const told = (Held: object): Facts =>
    factsFromSchema({ typeName: "A::B::C", properties: { Changed: { type: "string" }, Held } });

  test.each<[string, object, Props[string]]>([
    ["a pattern", { type: "string", pattern: "^[a-z]+$" }, "A1"],
    ["an empty text with a pattern", { type: "string", pattern: "^\\S+$" }, ""],
    ["a length", { type: "string", minLength: 1 }, ""],
    ["a longest length", { type: "string", maxLength: 2 }, "abc"],
    ["an enumeration", { type: "string", enum: ["A", "B"] }, "NONE"],
    ["a list's least", { type: "array", minItems: 1, items: { type: "string" } }, []],
    ["an object's least", { type: "object", minProperties: 1 }, {}],
    ["a range", { type: "integer", minimum: 1 }, 0],
    ["a range's end", { type: "integer", maximum: 5 }, 6],
    ["below oneOf", { oneOf: [{ type: "array", minItems: 1, items: {} }] }, []],
    [
      "below anyOf",
      {
        anyOf: [
          { type: "string", pattern: "^a" },
          { type: "string", pattern: "^b" },
        ],
      },
      "c",
    ],
    ["below allOf", { allOf: [{ type: "string" }, { type: "string", minLength: 3 }] }, "ab"],
  ])("leave for %s", (_, shape, value) => {
    expect(leaving(told(shape), { Changed: "before", Held: value }, { Changed: "after" })).toEqual(["/Held"]);
  });

  test.each<[string, object, Props[string]]>([
    [
      "what one alternative allows",
      {
        anyOf: [
          { type: "string", pattern: "^a" },
          { type: "string", pattern: "^b" },
        ],
      },
      "b",
    ],
    [
      "what another kind may be",
      { oneOf: [{ type: "array", minItems: 1, items: {} }, { type: "object" }] },
      [],
    ],
    ["a pattern that Java reads otherwise", { type: "string", pattern: "^\\p{Alpha}+$" }, "ab1"],
    ["a number's text", { type: "string", enum: [1, 2] }, "1"],
  ])("stay for %s", (_, shape, value) => {
    expect(leaving(told(shape), { Changed: "before", Held: value }, { Changed: "after" })).toEqual([]);
  });
});
