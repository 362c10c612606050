import { describe, expect, test } from "vitest";
import { openDesk, operationMs, refusalOf, refused, startedAt } from "../support/emulator/desk.ts";

const made = { TypeName: "AWS::Demo::Made", DesiredState: '{"Notes":"x"}' };
const day = 24 * 60 * 60 * 1000;

describe("GetResourceRequestStatus", () => {
  test("shows the event and an empty list of hooks", async () => {
    const desk = await openDesk();
    const event = await desk.start("CreateResource", made);
    const { body } = await desk.send("GetResourceRequestStatus", { RequestToken: event.RequestToken });
    expect(body).toEqual({ ProgressEvent: event, HooksProgressEvent: [] });
  });

  test("refuses a token that was never given", async () => {
    const { send } = await openDesk();
    expect(refusalOf(await send("GetResourceRequestStatus", { RequestToken: "nothing" }))).toEqual(
      refused("RequestTokenNotFoundException", "Request with token nothing was not found"),
    );
  });

  test("forgets a request after seven days", async () => {
    const desk = await openDesk();
    const { RequestToken: token } = await desk.finish("CreateResource", made);
    desk.wait(7 * day - operationMs - 1);
    expect((await desk.poll(token)).OperationStatus).toBe("SUCCESS");
    desk.wait(1);
    const { body } = await desk.send("GetResourceRequestStatus", { RequestToken: token });
    expect(body["__type"]).toBe("com.amazon.cloudapiservice#RequestTokenNotFoundException");
  });

  test("says when to ask again, as an instant, only while there is something to wait for", async () => {
    const desk = await openDesk({ retryAfterMs: 2000 });
    const first = await desk.start("CreateResource", made);
    expect(first.RetryAfter).toBe((startedAt + 2000) / 1000);
    desk.wait(500);
    expect((await desk.poll(first.RequestToken)).RetryAfter).toBe((startedAt + 2500) / 1000);
    desk.wait(500);
    expect(await desk.poll(first.RequestToken)).not.toHaveProperty("RetryAfter");
  });

  test("starts with PENDING where that is configured", async () => {
    const desk = await openDesk({ pending: true });
    const first = await desk.start("CreateResource", made);
    expect(first.OperationStatus).toBe("PENDING");
    expect((await desk.poll(first.RequestToken)).OperationStatus).toBe("IN_PROGRESS");
    desk.wait(operationMs);
    expect((await desk.poll(first.RequestToken)).OperationStatus).toBe("SUCCESS");
  });

  test("shows nothing but the identifier where models are sparse", async () => {
    const desk = await openDesk({ sparseModel: true });
    const { Identifier: id, ResourceModel: model } = await desk.finish("CreateResource", made);
    expect(JSON.parse(model ?? "")).toEqual({ Id: id });
  });

  test("takes the time that the operation and the type are given", async () => {
    const desk = await openDesk({ operationMs: (operation) => (operation === "DELETE" ? 9000 : 10) });
    const { Identifier: id = "" } = await desk.finish("CreateResource", made);
    const { RequestToken: token } = await desk.start("DeleteResource", {
      TypeName: made.TypeName,
      Identifier: id,
    });
    desk.wait(8999);
    expect((await desk.poll(token)).OperationStatus).toBe("IN_PROGRESS");
    desk.wait(1);
    expect((await desk.poll(token)).OperationStatus).toBe("SUCCESS");
  });
});
