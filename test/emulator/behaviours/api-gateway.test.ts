import { describe, expect, test } from "vitest";
import { openDesk } from "../desk.ts";

const type = (noun: string) => `AWS::ApiGateway::${noun}`;

async function openApi() {
  const { emulator } = await openDesk();
  const { Properties: api } = emulator.put(type("RestApi"), { Name: "old" });
  const RestApiId = String(api["RestApiId"]);
  const ResourceId = String(api["RootResourceId"]);
  const put = (responses: readonly object[]) =>
    emulator.put(type("Method"), {
      RestApiId,
      ResourceId,
      HttpMethod: "GET",
      Integration: { Type: "MOCK", IntegrationResponses: structuredClone(responses) as never },
      MethodResponses: [{ StatusCode: "200" }, { StatusCode: "400" }],
    });
  return { emulator, RestApiId, ResourceId, put };
}

describe("AWS::ApiGateway::Method", () => {
  test("is named by what the user gave, and gets defaults inside its integration", async () => {
    const { put, RestApiId, ResourceId } = await openApi();
    const { Identifier: id, Properties: shown } = put([{ StatusCode: "200" }]);
    expect(id).toBe(`${RestApiId}|${ResourceId}|GET`);
    expect(shown["Integration"]).toMatchObject({
      PassthroughBehavior: "WHEN_NO_MATCH",
      TimeoutInMillis: 29_000,
    });
  });

  test.each([
    ["a status that no method response declares", [{ StatusCode: "500" }], "Invalid Response status code"],
    [
      "two default patterns",
      [{ StatusCode: "200" }, { StatusCode: "400" }],
      "selection pattern default already exists",
    ],
    [
      "the same pattern twice",
      [
        { StatusCode: "200", SelectionPattern: "x" },
        { StatusCode: "400", SelectionPattern: "x" },
      ],
      "same selection pattern",
    ],
  ])("refuses %s", async (_, responses, message) => {
    const { put } = await openApi();
    expect(() => put(responses)).toThrow(message);
  });

  test("goes with its API, as resources do", async () => {
    const { emulator, RestApiId, ResourceId, put } = await openApi();
    put([]);
    const desired = { RestApiId, ParentId: ResourceId, PathPart: "a" };
    emulator.put(type("Resource"), desired);
    expect(() => emulator.put(type("Resource"), desired)).toThrow("Another resource with the same parent");
    emulator.remove(type("RestApi"), RestApiId);
    expect(emulator.resources()).toEqual([]);
  });
});
