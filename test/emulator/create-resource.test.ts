import { describe, expect, test } from "vitest";
import {
  openDesk,
  operationMs,
  refusalOf,
  refused,
  startedAt,
  validation,
} from "../support/emulator/desk.ts";

const named = "AWS::Demo::Named";

const create = (desired: unknown, more: object = {}, type = named) => ({
  TypeName: type,
  DesiredState: JSON.stringify(desired),
  ...more,
});

describe("CreateResource", () => {
  test("answers at once with an event in progress, in epoch seconds with milliseconds", async () => {
    const { send } = await openDesk();
    const { status, headers, body } = await send("CreateResource", create({ Name: "a" }));
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/x-amz-json-1.0");
    expect(headers.get("x-amzn-requestid")).toMatch(/^[0-9a-f-]{36}$/);
    expect(body).toEqual({
      ProgressEvent: {
        TypeName: named,
        Identifier: "a",
        RequestToken: expect.stringMatching(/^[0-9a-f-]{36}$/),
        Operation: "CREATE",
        OperationStatus: "IN_PROGRESS",
        EventTime: startedAt / 1000,
      },
    });
  });

  test("makes nothing before its time and everything at it", async () => {
    const desk = await openDesk();
    const { RequestToken: token } = await desk.start("CreateResource", create({ Name: "a" }));
    desk.wait(operationMs - 1);
    expect((await desk.poll(token)).OperationStatus).toBe("IN_PROGRESS");
    expect((await desk.send("GetResource", { TypeName: named, Identifier: "a" })).status).toBe(400);
    desk.wait(1);
    const done = await desk.poll(token);
    expect(done).toMatchObject({ OperationStatus: "SUCCESS", EventTime: startedAt / 1000 });
    expect(JSON.parse(done.ResourceModel ?? "")).toEqual(await desk.read(named, "a"));
  });

  test("names a resource that the service names only when it is made", async () => {
    const desk = await openDesk();
    const first = await desk.start("CreateResource", create({}, {}, "AWS::Demo::Made"));
    expect(first).not.toHaveProperty("Identifier");
    desk.wait(operationMs);
    const last = await desk.poll(first.RequestToken);
    expect(await desk.read("AWS::Demo::Made", last.Identifier ?? "")).toMatchObject({ Id: last.Identifier });
  });

  test("fails asynchronously and names the resource that has the identifier already", async () => {
    const desk = await openDesk();
    await desk.create(named, { Name: "a", Notes: "first" });
    expect(await desk.create(named, { Name: "a", Notes: "second" })).toMatchObject({
      OperationStatus: "FAILED",
      ErrorCode: "AlreadyExists",
      Identifier: "a",
      StatusMessage: "Resource of type 'AWS::Demo::Named' with identifier 'a' already exists.",
    });
    expect(await desk.read(named, "a")).toMatchObject({ Notes: "first" });
  });

  test.each([
    ["a required key", { Notes: "x" }, "#: required key [Name] not found"],
    ["a required key inside", { Name: "a", Parts: [{}] }, "#/Parts/0: required key [Label] not found"],
    ["an unknown key", { Name: "a", Nmae: "x" }, "#: extraneous key [Nmae] is not permitted"],
    ["an unknown key inside", { Name: "a", Box: { X: 1 } }, "#/Box: extraneous key [X] is not permitted"],
    ["a number as text", { Name: 5 }, "#/Name: expected type: String, found: Integer"],
    ["text as a boolean", { Name: "a", On: "true" }, "#/On: expected type: Boolean, found: String"],
    ["a fraction", { Name: "a", Size: 1.5 }, "#/Size: expected type: Integer, found: Double"],
    ["null", { Name: "a", Notes: null }, "#/Notes: expected type: String, found: Null"],
    ["a list as a map", { Name: "a", Tags: [] }, "#/Tags: expected type: JSONObject, found: JSONArray"],
    ["a map of numbers", { Name: "a", Tags: { a: 1 } }, "#/Tags/a: expected type: String, found: Integer"],
    ["an object as a list", { Name: "a", Items: {} }, "#/Items: expected type: JSONArray, found: JSONObject"],
    ["a list of numbers", { Name: "a", Items: [1] }, "#/Items/0: expected type: String, found: Integer"],
    ["text as an object", { Name: "a", Box: "x" }, "#/Box: expected type: JSONObject, found: String"],
    ["a number as JSON", { Name: "a", Policy: 1 }, "#/Policy: expected type: JSONObject, found: Integer"],
    [
      "none of several",
      { Name: "a", Either: "x" },
      "#/Either: #: no subschema matched out of the total 2 subschemas",
    ],
  ])("refuses %s before it starts", async (_, desired, violation) => {
    const { send, emulator } = await openDesk();
    const answer = await send("CreateResource", create(desired));
    expect(refusalOf(answer)).toEqual(validation(`Model validation failed (${violation})`));
    expect(emulator.resources()).toEqual([]);
  });

  test("accepts what fits one of several shapes, and any text or object as JSON", async () => {
    const { create } = await openDesk();
    const models = [{ Either: true }, { Either: 1 }, { Policy: "x" }, { Policy: {} }, { Ratio: 0.5 }];
    for (const [i, model] of models.entries()) {
      expect(await create(named, { Name: `n${i}`, ...model })).toMatchObject({ OperationStatus: "SUCCESS" });
    }
  });

  test("names every violation", async () => {
    const { send } = await openDesk();
    const { body } = await send("CreateResource", create({ X: 1, Size: "1" }));
    expect(body.message).toMatch(
      /required key \[Name\].*\n.*extraneous key \[X\].*\n.*expected type: Integer/,
    );
  });

  test("refuses a value that only the service sets", async () => {
    const { send } = await openDesk();
    expect(refusalOf(await send("CreateResource", create({ Name: "a", Arn: "x" })))).toEqual(
      validation("Invalid request input: readOnlyProperties [/properties/Arn] cannot be set"),
    );
  });

  test.each([
    ["no JSON", "{", "DesiredState is not valid JSON"],
    ["no object", "[]", "Model validation failed (#: expected type: JSONObject)"],
  ])("refuses a desired state that is %s", async (_, text, message) => {
    const { send } = await openDesk();
    const answer = await send("CreateResource", { TypeName: named, DesiredState: text });
    expect(refusalOf(answer)).toEqual(validation(message));
  });

  test("refuses a type that is not in the registry", async () => {
    const { send } = await openDesk();
    expect(refusalOf(await send("CreateResource", create({}, {}, "AWS::Demo::Nothing")))).toEqual(
      refused("TypeNotFoundException", "The type 'AWS::Demo::Nothing' cannot be found."),
    );
  });

  test("invents values for what only the service can make", async () => {
    const desk = await openDesk();
    const { Identifier: id = "" } = await desk.create("AWS::Demo::Made", { Notes: "x" });
    expect(await desk.read("AWS::Demo::Made", id)).toEqual({
      Notes: "x",
      Id: expect.stringMatching(/^made-[0-9a-f]{17}$/),
      Arn: `arn:aws:demo:us-east-1:123456789012:made/${id}`,
      CreationDate: new Date(startedAt + operationMs).toISOString(),
      Url: `https://${id}.demo.us-east-1.amazonaws.com/`,
    });
  });

  test("never keeps a second operation out where nobody named the resource", async () => {
    const desk = await openDesk();
    await desk.start("CreateResource", create({}, {}, "AWS::Demo::Made"));
    await desk.create("AWS::Demo::Made", {});
    expect(desk.emulator.resources()).toHaveLength(2);
  });
});
