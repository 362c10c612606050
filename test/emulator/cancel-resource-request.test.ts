import { describe, expect, test } from "vitest";
import { openDesk, operationMs, refusalOf, refused, validation } from "../support/emulator/desk.ts";

const named = { TypeName: "AWS::Demo::Named", DesiredState: '{"Name":"a"}' };

describe("CancelResourceRequest", () => {
  test.each([true, false])("stops a request before its work is done (pending: %s)", async (pending) => {
    const desk = await openDesk({ pending });
    const { RequestToken: token } = await desk.start("CreateResource", named);
    const cancelled = await desk.start("CancelResourceRequest", { RequestToken: token });
    expect(cancelled).toMatchObject({ OperationStatus: "CANCEL_IN_PROGRESS", RequestToken: token });
    expect(await desk.start("CancelResourceRequest", { RequestToken: token })).toEqual(cancelled);
    desk.wait(operationMs);
    expect(await desk.poll(token)).toEqual({ ...cancelled, OperationStatus: "CANCEL_COMPLETE" });
    expect(desk.emulator.resources()).toEqual([]);
  });

  test("keeps the resource taken until the cancelling is complete", async () => {
    const desk = await openDesk();
    const { RequestToken: token } = await desk.start("CreateResource", named);
    await desk.start("CancelResourceRequest", { RequestToken: token });
    expect((await desk.send("CreateResource", named)).body["__type"]).toContain(
      "#ConcurrentOperationException",
    );
    desk.wait(operationMs);
    expect(await desk.finish("CreateResource", named)).toMatchObject({ OperationStatus: "SUCCESS" });
  });

  test("is refused once the request has ended", async () => {
    const desk = await openDesk();
    const { RequestToken: token } = await desk.finish("CreateResource", named);
    expect(refusalOf(await desk.send("CancelResourceRequest", { RequestToken: token }))).toEqual(
      validation(
        `Only requests with a status of PENDING or IN_PROGRESS can be cancelled: ${token} is SUCCESS`,
      ),
    );
  });

  test("refuses a token that was never given", async () => {
    const { send } = await openDesk();
    expect(refusalOf(await send("CancelResourceRequest", { RequestToken: "nothing" }))).toEqual(
      refused("RequestTokenNotFoundException", "Request with token nothing was not found"),
    );
  });
});
