import { describe, expect, test } from "vitest";
import { withSiblingReferences } from "../../src/codegen/siblings.ts";
import { property, resource } from "../support/codegen/resource.ts";

const api = resource("AWS::Demo::Api", {}, { primaryIdentifier: ["ApiId"] });
const name = property();

/** What the property of a type is found to refer to, among its siblings. */
function refersTo(of: ReturnType<typeof resource>, member: string, ...siblings: (typeof of)[]): unknown {
  const found = withSiblingReferences([of, ...siblings]).find(
    (one) => one.cloudFormationType === of.cloudFormationType,
  );
  return found?.properties[member]?.relationshipRefs;
}

describe("a text named like an identifier", () => {
  const stage = resource("AWS::Demo::Stage", { ApiId: name });

  test("refers to the one other type of the service that makes it", () => {
    expect(refersTo(stage, "ApiId", api)).toEqual([
      { cloudFormationType: "AWS::Demo::Api", propertyName: "ApiId" },
    ]);
  });

  test("refers to nothing where two types make one of that name", () => {
    const other = resource("AWS::Demo::Other", {}, { primaryIdentifier: ["ApiId"] });
    expect(refersTo(stage, "ApiId", api, other)).toBeUndefined();
  });

  test("refers to nothing of another service", () => {
    expect(refersTo(resource("AWS::Else::Stage", { ApiId: name }), "ApiId", api)).toBeUndefined();
  });

  test("refers to nothing where the script gives the identifier", () => {
    const given = resource("AWS::Demo::Given", { ApiId: name }, { primaryIdentifier: ["ApiId"] });
    expect(refersTo(stage, "ApiId", given)).toBeUndefined();
  });

  test("is never a reference of a type to itself", () => {
    const itself = resource("AWS::Demo::Api", { Parent: name }, { primaryIdentifier: ["Parent"] });
    expect(refersTo(itself, "Parent")).toBeUndefined();
  });

  test.each(["RoleName", "CidrBlock", "AccountId", "ResourceArn", "Id", "Arn"])(
    "%s tells nothing",
    (vague) => {
      const maker = resource("AWS::Demo::Maker", {}, { primaryIdentifier: [vague] });
      expect(refersTo(resource("AWS::Demo::User", { [vague]: name }), vague, maker)).toBeUndefined();
    },
  );
});

test("what the specification says of a reference stands", () => {
  const told = [{ cloudFormationType: "AWS::Demo::Else", propertyName: "Arn" }];
  const stage = resource("AWS::Demo::Stage", { ApiId: property("string", { relationshipRefs: told }) });
  expect(refersTo(stage, "ApiId", api)).toEqual(told);
});

test("a number or list of that name is no reference", () => {
  expect(
    refersTo(resource("AWS::Demo::Stage", { ApiId: property("integer") }), "ApiId", api),
  ).toBeUndefined();
});
