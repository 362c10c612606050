import { describe, expect, test } from "vitest";
import { originOf, outputsOf } from "../../../src/resource/outputs/origin.ts";
import type { Props } from "../../../src/json.ts";

const origin = { id: "api", type: "AWS::ApiGatewayV2::Api" };

describe("outputs", () => {
  test("are what was asked with what is live over it, objects member by member and lists whole", () => {
    const desired = { Name: "a", Password: "p", Cors: { MaxAge: 1, Secret: "s" }, Tags: ["x", "y"] };
    const live = { Name: "A", Cors: { MaxAge: 2 }, Tags: ["z"], ApiId: "i" };
    expect({ ...outputsOf(origin, "i", desired, live) }).toEqual({
      Name: "A",
      Password: "p",
      Cors: { MaxAge: 2, Secret: "s" },
      Tags: ["z"],
      ApiId: "i",
    });
  });

  test("have an identifier that no copy of them and no JSON has", () => {
    const outputs = outputsOf(origin, "i", { Name: "a" }, {});
    expect(outputs["identifier"]).toBe("i");
    expect({ ...outputs }).toEqual({ Name: "a" });
    expect(JSON.stringify(outputs)).toBe('{"Name":"a"}');
  });

  test("know whose they are, and a copy of them does not", () => {
    const outputs = outputsOf(origin, "i", { Name: "a" }, {});
    expect(originOf(outputs)).toEqual(origin);
    expect(originOf({ ...outputs })).toBeUndefined();
  });

  test("take a member called __proto__ for data like any other", () => {
    const live = JSON.parse('{"__proto__":{"polluted":1}}') as Props;
    const outputs = outputsOf(origin, "i", {}, live);
    expect(Object.keys(outputs)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(outputs)).toBe(Object.prototype);
  });
});
