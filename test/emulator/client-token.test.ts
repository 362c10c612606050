import { describe, expect, test } from "vitest";
import { openDesk, operationMs, refusalOf, refused } from "../support/emulator/desk.ts";

const hour = 60 * 60 * 1000;
const request = { TypeName: "AWS::Demo::Made", DesiredState: '{"Notes":"x"}', ClientToken: "token-1" };

describe("a client token", () => {
  test("makes the same request the same operation", async () => {
    const desk = await openDesk();
    const first = await desk.start("CreateResource", request);
    expect(await desk.start("CreateResource", request)).toEqual(first);
    desk.wait(operationMs);
    expect(await desk.start("CreateResource", request)).toEqual(await desk.poll(first.RequestToken));
    expect(desk.emulator.resources()).toHaveLength(1);
  });

  test("shows an operation that failed as it failed", async () => {
    const desk = await openDesk();
    const gone = { TypeName: "AWS::Demo::Named", Identifier: "gone", ClientToken: "t" };
    await desk.finish("DeleteResource", gone);
    expect(await desk.start("DeleteResource", gone)).toMatchObject({
      OperationStatus: "FAILED",
      ErrorCode: "NotFound",
    });
  });

  test("replays an update that the result would no longer admit", async () => {
    const desk = await openDesk();
    await desk.create("AWS::Demo::Named", { Name: "a", Notes: "x" });
    const patch = {
      TypeName: "AWS::Demo::Named",
      Identifier: "a",
      PatchDocument: '[{"op":"remove","path":"/Notes"}]',
      ClientToken: "t",
    };
    const done = await desk.finish("UpdateResource", patch);
    expect(await desk.start("UpdateResource", patch)).toEqual(done);
  });

  test("cannot stand for another request", async () => {
    const desk = await openDesk();
    const first = await desk.start("CreateResource", request);
    const conflict = refused(
      "ClientTokenConflictException",
      `ClientToken token-1 is already associated with an existing operation with RequestToken ${first.RequestToken}`,
    );
    const other = await desk.send("CreateResource", { ...request, DesiredState: "{}" });
    expect(refusalOf(other)).toEqual(conflict);
    const remove = { TypeName: request.TypeName, Identifier: "x", ClientToken: "token-1" };
    expect(refusalOf(await desk.send("DeleteResource", remove))).toEqual(conflict);
  });

  test("is forgotten after 36 hours", async () => {
    const desk = await openDesk();
    const first = await desk.start("CreateResource", request);
    desk.wait(36 * hour - 1);
    expect((await desk.start("CreateResource", request)).RequestToken).toBe(first.RequestToken);
    desk.wait(1);
    expect((await desk.start("CreateResource", request)).RequestToken).not.toBe(first.RequestToken);
  });

  test("is not used up by a request that was refused", async () => {
    const desk = await openDesk();
    expect((await desk.send("CreateResource", { ...request, DesiredState: '{"X":1}' })).status).toBe(400);
    expect(await desk.finish("CreateResource", request)).toMatchObject({ OperationStatus: "SUCCESS" });
  });
});
