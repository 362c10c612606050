import { describe, expect, test } from "vitest";
import { openDesk } from "../support/emulator/desk.ts";

const named = "AWS::Demo::Named";

describe("by hand", () => {
  test("a resource is put, changed and removed at once, without a call", async () => {
    const desk = await openDesk();
    const put = desk.emulator.put(named, { Name: "a", Secret: "s" });
    expect(put).toEqual({
      TypeName: named,
      Identifier: "a",
      Properties: { Name: "a", Arn: "arn:aws:demo:us-east-1:123456789012:named/a" },
      Hidden: { "/Secret": "s" },
    });
    desk.emulator.change(named, "a", (model) => ({ ...model, Notes: "drifted" }));
    expect(await desk.read(named, "a")).toMatchObject({ Notes: "drifted" });
    expect(desk.emulator.resources()[0]?.Hidden).toEqual({ "/Secret": "s" });
    desk.emulator.remove(named, "a");
    expect(desk.emulator.resources()).toEqual([]);
    expect(desk.emulator.calls).toHaveLength(1);
  });

  test("what the service would refuse is thrown", async () => {
    const { emulator } = await openDesk();
    emulator.put(named, { Name: "a" });
    expect(() => emulator.put(named, { Name: "a" })).toThrow("already exists");
    expect(() => emulator.put("AWS::Demo::Nothing", {})).toThrow("cannot be found");
    expect(() => emulator.remove(named, "gone")).toThrow("was not found");
    expect(() => emulator.change(named, "gone", (model) => model)).toThrow("was not found");
  });
});

test("values that only the service can make may be given by hand", async () => {
  const { emulator } = await openDesk();
  const Arn = "arn:aws:demo:us-east-1:123456789012:named/chosen";
  expect(emulator.put(named, { Name: "a", Arn }).Properties).toMatchObject({ Name: "a", Arn });
});

test("the parts of a V1 API are put in any order, which Cloud Control refuses", async () => {
  const desk = await openDesk();
  const method = "AWS::ApiGateway::Method";
  const { Identifier: RestApiId } = desk.emulator.put("AWS::ApiGateway::RestApi", { Name: "a" });
  const desired = { RestApiId, ResourceId: "later1", HttpMethod: "GET" };
  expect((await desk.create(method, desired)).ErrorCode).toBe("NotFound");
  expect(desk.emulator.put(method, desired).Identifier).toBe(`${RestApiId}|later1|GET`);
});
