import { describe, expect, test } from "vitest";
import {
  type Desk,
  openDesk,
  operationMs,
  refusalOf,
  refused,
  validation,
} from "../support/emulator/desk.ts";

const named = "AWS::Demo::Named";

async function withThing(desired = {}): Promise<Desk> {
  const desk = await openDesk();
  await desk.create(named, { Name: "a", Notes: "old", Items: ["x", "y"], ...desired });
  return desk;
}

const patchBody = (patch: unknown, identifier = "a", type = named) => ({
  TypeName: type,
  Identifier: identifier,
  PatchDocument: JSON.stringify(patch),
});

const refusedPatch = async (desk: Desk, patch: unknown, type = named) =>
  refusalOf(await desk.send("UpdateResource", patchBody(patch, "a", type)));

describe("UpdateResource", () => {
  test("names the resource from the first event and changes it at the end", async () => {
    const desk = await withThing();
    const first = await desk.start(
      "UpdateResource",
      patchBody([{ op: "add", path: "/Notes", value: "new" }]),
    );
    expect(first).toMatchObject({ Identifier: "a", Operation: "UPDATE", OperationStatus: "IN_PROGRESS" });
    expect(await desk.read(named, "a")).toMatchObject({ Notes: "old" });
    desk.wait(operationMs);
    const last = await desk.poll(first.RequestToken);
    expect(last).toMatchObject({ OperationStatus: "SUCCESS", Identifier: "a" });
    expect(JSON.parse(last.ResourceModel ?? "")).toMatchObject({ Notes: "new" });
    expect(await desk.read(named, "a")).toMatchObject({ Notes: "new", Items: ["x", "y"] });
  });

  test("applies all six operations in order", async () => {
    const desk = await withThing();
    await desk.update(named, "a", [
      { op: "test", path: "/Notes", value: "old" },
      { op: "replace", path: "/Notes", value: "new" },
      { op: "copy", from: "/Notes", path: "/Items/0" },
      { op: "add", path: "/Tags", value: { "a/b": "1" } },
      { op: "move", from: "/Tags/a~1b", path: "/Tags/c" },
      { op: "remove", path: "/Notes" },
    ]);
    const { Notes: notes, Items: items, Tags: tags } = await desk.read(named, "a");
    expect({ notes, items, tags }).toEqual({ notes: undefined, items: ["new", "x", "y"], tags: { c: "1" } });
  });

  test("patches what is live now, not what was asked before", async () => {
    const desk = await withThing();
    desk.emulator.change(named, "a", (model) => ({ ...model, Items: ["z"] }));
    await desk.update(named, "a", [{ op: "add", path: "/Items/-", value: "w" }]);
    expect(await desk.read(named, "a")).toMatchObject({ Items: ["z", "w"] });
  });

  test("runs the handler for an empty patch", async () => {
    const desk = await withThing();
    expect(await desk.update(named, "a", [])).toMatchObject({ OperationStatus: "SUCCESS" });
  });

  test.each([
    [
      "replace",
      { op: "replace", path: "/Size", value: 1 },
      "[REPLACE Operation] noSuchPath in source, path provided : //Size",
    ],
    [
      "remove",
      { op: "remove", path: "/Size" },
      "[REMOVE Operation] noSuchPath in source, path provided : //Size",
    ],
    [
      "add below",
      { op: "add", path: "/Box/Color", value: "x" },
      "[ADD Operation] noSuchPath in source, path provided : //Box/Color",
    ],
    [
      "test",
      { op: "test", path: "/Notes", value: "other" },
      "[TEST Operation] value differs from expectations, path provided : //Notes",
    ],
  ])("refuses a patch whose %s does not apply, and changes nothing", async (_, op, message) => {
    const desk = await withThing();
    const before = await desk.read(named, "a");
    expect(await refusedPatch(desk, [{ op: "add", path: "/Notes", value: "new" }, op])).toEqual(
      validation(message),
    );
    desk.wait(operationMs);
    expect(await desk.read(named, "a")).toEqual(before);
  });

  test.each([
    ["at it", { op: "replace", path: "/Arn", value: "x" }, "/properties/Arn"],
    ["by moving it", { op: "move", from: "/Arn", path: "/Notes" }, "/properties/Arn"],
    ["with the object around it", { op: "add", path: "/Box", value: { Seal: "x" } }, "/properties/Box/Seal"],
  ])("refuses to touch a read-only value: %s", async (_, op, pointer) => {
    const desk = await withThing();
    expect(await refusedPatch(desk, [op])).toEqual(
      validation(`Invalid patch update: readOnlyProperties [${pointer}] cannot be updated`),
    );
  });

  test("lets a patch test a read-only value", async () => {
    const desk = await withThing();
    const { Arn: arn } = await desk.read(named, "a");
    expect(await desk.update(named, "a", [{ op: "test", path: "/Arn", value: arn }])).toMatchObject({
      OperationStatus: "SUCCESS",
    });
  });

  test("keeps a nested read-only value when the object around it is replaced", async () => {
    const desk = await withThing({ Box: { Color: "red" } });
    desk.emulator.change(named, "a", (model) => ({ ...model, Box: { Color: "red", Seal: "s" } }));
    await desk.update(named, "a", [{ op: "replace", path: "/Box", value: { Color: "blue" } }]);
    expect(await desk.read(named, "a")).toMatchObject({ Box: { Color: "blue", Seal: "s" } });
  });

  const bolted = { Box: { Bolted: "b", Color: "red" }, Fixed: "f" };

  test.each([
    ["changed", { op: "add", path: "/Fixed", value: "g" }, "/properties/Fixed"],
    ["dropped", { op: "remove", path: "/Fixed" }, "/properties/Fixed"],
    [
      "dropped with its parent's replacement",
      { op: "replace", path: "/Box", value: { Color: "red" } },
      "/properties/Box/Bolted",
    ],
    ["given where it was absent", { op: "add", path: "/Birth", value: "now" }, "/properties/Birth"],
  ])("refuses a result in which a create-only value is %s", async (_, op, pointer) => {
    const desk = await withThing(bolted);
    expect(await refusedPatch(desk, [op])).toEqual(
      refused(
        "NotUpdatableException",
        `Invalid patch update: createOnlyProperties [${pointer}] cannot be updated`,
      ),
    );
  });

  test("judges create-only values by the result, not by the operations", async () => {
    const desk = await withThing(bolted);
    const same = [
      { op: "replace", path: "/Fixed", value: "g" },
      { op: "replace", path: "/Fixed", value: "f" },
      { op: "replace", path: "/Box", value: { Bolted: "b", Color: "blue" } },
    ];
    expect(await desk.update(named, "a", same)).toMatchObject({ OperationStatus: "SUCCESS" });
  });

  test("refuses a result that breaks the schema", async () => {
    const desk = await withThing();
    expect(await refusedPatch(desk, [{ op: "add", path: "/Size", value: "1" }])).toEqual(
      validation("Model validation failed (#/Size: expected type: Integer, found: String)"),
    );
  });

  test("loses an optional write-only value that the patch does not send again", async () => {
    const desk = await withThing({ Secret: "s", Box: { Color: "red", Hidden: "h" } });
    expect(desk.emulator.resources()[0]?.Hidden).toEqual({ "/Secret": "s", "/Box/Hidden": "h" });
    await desk.update(named, "a", [{ op: "add", path: "/Secret", value: "t" }]);
    expect(desk.emulator.resources()[0]?.Hidden).toEqual({ "/Secret": "t" });
  });

  test("misses a required write-only value that the patch does not send again", async () => {
    const desk = await openDesk();
    const vault = "AWS::Demo::Vault";
    await desk.create(vault, { Name: "a", Key: "k" });
    const note = { op: "add", path: "/Notes", value: "n" };
    expect(await refusedPatch(desk, [note], vault)).toEqual(
      validation("Model validation failed (#: required key [Key] not found)"),
    );
    const again = { op: "add", path: "/Key", value: "k" };
    expect(await desk.update(vault, "a", [note, again])).toMatchObject({ OperationStatus: "SUCCESS" });
  });

  test("finds no write-only value to replace", async () => {
    const desk = await withThing({ Secret: "s" });
    expect(await refusedPatch(desk, [{ op: "replace", path: "/Secret", value: "t" }])).toEqual(
      validation("[REPLACE Operation] noSuchPath in source, path provided : //Secret"),
    );
  });

  test("refuses what is not there", async () => {
    const desk = await openDesk();
    const answer = refusalOf(await desk.send("UpdateResource", patchBody([], "gone")));
    expect(answer).toMatchObject({
      status: 400,
      type: "com.amazon.cloudapiservice#ResourceNotFoundException",
    });
  });

  test("fails asynchronously when the resource goes away in between", async () => {
    const desk = await withThing();
    const { RequestToken: token } = await desk.start("UpdateResource", patchBody([]));
    desk.emulator.remove(named, "a");
    desk.wait(operationMs);
    expect(await desk.poll(token)).toMatchObject({ OperationStatus: "FAILED", ErrorCode: "NotFound" });
  });

  test("refuses a type that has no update handler", async () => {
    const desk = await openDesk();
    await desk.create("AWS::Demo::Still", { Name: "a" });
    expect(await refusedPatch(desk, [], "AWS::Demo::Still")).toEqual(
      refused("UnsupportedActionException", "Resource type AWS::Demo::Still does not support UPDATE action"),
    );
  });

  test("refuses a second operation on the resource and names the first", async () => {
    const desk = await withThing();
    const first = await desk.start("UpdateResource", patchBody([]));
    const busy = refused(
      "ConcurrentOperationException",
      `Concurrent operation found for resource a with RequestToken ${first.RequestToken}`,
    );
    expect(await refusedPatch(desk, [])).toEqual(busy);
    expect(refusalOf(await desk.send("DeleteResource", { TypeName: named, Identifier: "a" }))).toEqual(busy);
    const again = { TypeName: named, DesiredState: '{"Name":"a"}' };
    expect(refusalOf(await desk.send("CreateResource", again))).toEqual(busy);
    desk.wait(operationMs);
    expect(await desk.update(named, "a", [])).toMatchObject({ OperationStatus: "SUCCESS" });
  });
});
