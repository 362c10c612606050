import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Facts } from "../../src/schema/facts.ts";
import { identifierOf, parseIdentifier, partsOf } from "../../src/schema/identifier.ts";

const stage: Facts = {
  type: "AWS::ApiGatewayV2::Stage",
  primaryIdentifier: ["/ApiId", "/StageName"],
};
const lens: Facts = { type: "AWS::S3::StorageLens", primaryIdentifier: ["/StorageLensConfiguration/Id"] };
const rule: Facts = { primaryIdentifier: ["/TableId", "/PolicyRuleNumber"] };
const schedule: Facts = {
  type: "AWS::QuickSight::RefreshSchedule",
  primaryIdentifier: ["/AwsAccountId", "/DataSetId", "/Schedule/ScheduleId"],
};
const part = fc.string({ minLength: 1 });

describe("the identifier of a model", () => {
  test.each([
    [stage, { StageName: "dev", ApiId: "a1" }, "a1|dev"],
    [rule, { TableId: "t", PolicyRuleNumber: 10 }, "t|10"],
    [lens, { StorageLensConfiguration: { Id: "lens" } }, "lens"],
    [stage, { ApiId: "a1", StageName: "x|y" }, '{"ApiId":"a1","StageName":"x|y"}'],
    [lens, { StorageLensConfiguration: { Id: "a|b" } }, '{"Id":"a|b"}'],
    [lens, { StorageLensConfiguration: { Id: '{"Id":"x"}' } }, '{"Id":"{\\"Id\\":\\"x\\"}"}'],
    [stage, { ApiId: "a1" }, undefined],
    [stage, { ApiId: "a1", StageName: "" }, undefined],
    [stage, { ApiId: "a1", StageName: ["dev"] }, undefined],
    [{}, { ApiId: "a1" }, undefined],
  ])("%j of %j is %j", (facts, model, expected) => {
    expect(identifierOf(facts, model)).toBe(expected);
  });

  test("falls into the parts it was made of, whatever they hold", () => {
    fc.assert(
      fc.property(part, part, (ApiId, StageName) => {
        const identifier = identifierOf(stage, { ApiId, StageName }) ?? "";
        expect(partsOf(stage, identifier)).toEqual({ ApiId, StageName });
      }),
    );
  });
});

describe("the parts of an identifier", () => {
  test.each([
    [lens, "a|b/c", { Id: "a|b/c" }],
    [lens, "{not json", { Id: "{not json" }],
    [stage, '{"StageName":"dev","ApiId":"a1"}', { ApiId: "a1", StageName: "dev" }],
    [stage, "a1", undefined],
    [stage, "a1|", undefined],
    [stage, "a|b|c", undefined],
    [{}, "a", undefined],
  ])("%j of %j are %j", (facts, identifier, expected) => {
    expect(partsOf(facts, identifier)).toEqual(expected);
  });
});

describe("an identifier as given", () => {
  test.each([
    [stage, "a1|dev", {}, "a1|dev"],
    [stage, { StageName: "dev", ApiId: "a1" }, {}, "a1|dev"],
    [stage, '{"StageName":"dev","ApiId":"a1"}', {}, "a1|dev"],
    [stage, { ApiId: "a1", StageName: "x|y" }, {}, '{"ApiId":"a1","StageName":"x|y"}'],
    [rule, { TableId: "t", PolicyRuleNumber: 10 }, {}, "t|10"],
    [stage, "a1/dev", { slash: true }, "a1|dev"],
    [stage, "a1|$default/x", { slash: true }, "a1|$default/x"],
    [lens, "a/b|c", { slash: true }, "a/b|c"],
    [lens, { Id: "lens" }, {}, "lens"],
    [lens, { StorageLensConfiguration: { Id: "lens" } }, {}, "lens"],
    [schedule, { AwsAccountId: "1", DataSetId: "d", Schedule: { ScheduleId: "s" } }, {}, "1|d|s"],
    [schedule, { AwsAccountId: "1", DataSetId: "d", ScheduleId: "s" }, {}, "1|d|s"],
    [{}, "arn:aws:x", {}, "arn:aws:x"],
  ])("to %j as %j with %j is %j", (facts, given, options, expected) => {
    expect(parseIdentifier(facts, given, options)).toBe(expected);
  });

  test.each([
    [stage, "a1/dev", {}],
    [stage, "a1/b/dev", { slash: true }],
    [stage, "a1", {}],
    [stage, "a|b|c", {}],
    [stage, "|dev", {}],
    [stage, "", {}],
    [stage, { ApiId: "a1" }, {}],
    [stage, { ApiId: "a1", Stage: "dev" }, {}],
    [stage, { ApiId: "a1", StageName: "dev", Region: "x" }, {}],
    [stage, { ApiId: "a1", StageName: null }, {}],
    [stage, '{"ApiId":"a1"}', {}],
    [stage, { ApiId: "a1", StageName: { StageName: "dev" } }, {}],
  ])(
    "to %j that does not fit (%j with %j) is refused, naming the parts in order",
    (facts, given, options) => {
      expect(() => parseIdentifier(facts, given, options)).toThrow(
        expect.objectContaining({
          code: "VALIDATION",
          type: "AWS::ApiGatewayV2::Stage",
          message: expect.stringContaining("ApiId|StageName"),
        }),
      );
    },
  );

  test("is refused when it is empty, or by parts where the parts are not known", () => {
    expect(() => parseIdentifier(lens, "")).toThrow("VALIDATION");
    expect(() => parseIdentifier({}, { Id: "x" })).toThrow("VALIDATION");
  });
});

describe("an identifier with a part that may be absent, and one that another property says", () => {
  const facts = {
    primaryIdentifier: ["/Name", "/ZoneId", "/Set"],
    optionalIdentifier: ["/Set"],
    identifierAliases: { "/ZoneId": "/ZoneName" },
  };

  test.each([
    [{ Name: "a", ZoneId: "Z" }, "a|Z"],
    [{ Name: "a", ZoneId: "Z", Set: "s" }, "a|Z|s"],
    [{ Name: "a", ZoneName: "z.example" }, "a|z.example"],
    [{ Name: "a", ZoneId: "Z", ZoneName: "z.example" }, "a|Z"],
    [{ Name: "a", Set: "s" }, undefined],
    [{ ZoneId: "Z" }, undefined],
    [{ Name: "a", ZoneId: "Z", Set: "s|t" }, '{"Name":"a","ZoneId":"Z","Set":"s|t"}'],
  ])("of %j is %s", (model, identifier) => {
    expect(identifierOf(facts, model)).toBe(identifier);
  });

  test.each([
    ["a|Z", "a|Z"],
    ["a|Z|s", "a|Z|s"],
    [{ Name: "a", ZoneId: "Z" }, "a|Z"],
    [{ Name: "a", ZoneName: "z.example" }, "a|z.example"],
    [{ Name: "a", ZoneId: "Z", Set: "s" }, "a|Z|s"],
  ])("is read from %j", (given, identifier) => {
    expect(parseIdentifier(facts, given)).toBe(identifier);
  });

  test.each(["a", "a|Z|s|t", "a||s", { Name: "a" }, { Name: "a", ZoneId: "Z", More: "x" }])(
    "is not read from %j",
    (given) => {
      expect(() => parseIdentifier(facts, given)).toThrow(/each with a value/);
    },
  );

  test("is taken apart into the parts that are there", () => {
    expect(partsOf(facts, "a|Z")).toEqual({ Name: "a", ZoneId: "Z" });
    expect(partsOf(facts, "a|Z|s")).toEqual({ Name: "a", ZoneId: "Z", Set: "s" });
    expect(partsOf(facts, "a")).toBeUndefined();
  });
});
