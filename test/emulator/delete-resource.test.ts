import { describe, expect, test } from "vitest";
import { openDesk, operationMs } from "../support/emulator/desk.ts";

const named = "AWS::Demo::Named";

describe("DeleteResource", () => {
  test("names the resource from the first event and removes it at the end, without a model", async () => {
    const desk = await openDesk();
    await desk.create(named, { Name: "a" });
    const first = await desk.start("DeleteResource", { TypeName: named, Identifier: "a" });
    expect(first).toMatchObject({ Operation: "DELETE", OperationStatus: "IN_PROGRESS", Identifier: "a" });
    expect(await desk.read(named, "a")).toMatchObject({ Name: "a" });
    desk.wait(operationMs);
    const last = await desk.poll(first.RequestToken);
    expect(last).toEqual({ ...first, OperationStatus: "SUCCESS" });
    expect(desk.emulator.resources()).toEqual([]);
  });

  test("fails asynchronously when there is nothing to remove", async () => {
    const desk = await openDesk();
    expect(await desk.remove(named, "gone")).toMatchObject({
      OperationStatus: "FAILED",
      ErrorCode: "NotFound",
      Identifier: "gone",
      StatusMessage: "Resource of type 'AWS::Demo::Named' with identifier 'gone' was not found.",
    });
  });

  test("frees the name for another create", async () => {
    const desk = await openDesk();
    await desk.create(named, { Name: "a" });
    await desk.remove(named, "a");
    expect(await desk.create(named, { Name: "a" })).toMatchObject({ OperationStatus: "SUCCESS" });
  });
});
