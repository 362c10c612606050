import { expect, test } from "vitest";
import { bundledFacts } from "../../src/schema/bundled.ts";
import { requiredAt } from "../../src/schema/required.ts";

const method = bundledFacts("AWS::ApiGateway::Method") ?? {};

test.each<[readonly string[], readonly string[]]>([
  [[], ["HttpMethod", "ResourceId", "RestApiId"]],
  [["Integration"], ["Type"]],
  [["Integration", "IntegrationResponses", "0"], ["StatusCode"]],
  [["Integration", "IntegrationResponses"], []],
  [["Integration", "RequestTemplates", "application/json"], []],
  [["Unheard", "Of"], []],
])("a method must have at %j the members %j", (path, members) => {
  expect(requiredAt(method, path)).toEqual(members);
});

test("nothing must be there of which the facts do not tell", () => {
  expect(requiredAt({}, ["A", "B"])).toEqual([]);
  expect(requiredAt({ members: { properties: { A: { ref: "Gone" } } } }, ["A"])).toEqual([]);
});
