import { describe, expect, test } from "vitest";
import { type Desk, type Progress, openDesk, refusalOf, validation } from "../support/emulator/desk.ts";

const made = "AWS::Demo::Made";

async function list(desk: Desk, body: object): Promise<{ events: readonly Progress[]; token: unknown }> {
  const answer = await desk.send("ListResourceRequests", body);
  const events = answer.body.ResourceRequestStatusSummaries;
  return { events, token: answer.body.NextToken };
}

describe("ListResourceRequests", () => {
  test("lists the latest first, 20 a page, the rest behind a token", async () => {
    const desk = await openDesk();
    const tokens: string[] = [];
    for (let i = 0; i < 25; i++) {
      const { RequestToken: token } = await desk.start("CreateResource", {
        TypeName: made,
        DesiredState: "{}",
      });
      tokens.unshift(token);
    }
    const first = await list(desk, {});
    const second = await list(desk, { NextToken: first.token });
    expect(first.events).toHaveLength(20);
    expect([...first.events, ...second.events].map(({ RequestToken }) => RequestToken)).toEqual(tokens);
    expect(second.token).toBeUndefined();
    expect((await list(desk, { MaxResults: 3 })).events).toHaveLength(3);
  });

  test("may lag: it shows neither what is new nor that something has ended", async () => {
    const desk = await openDesk({ staleRequestsMs: 5_000, operationMs: 1_000 });
    await desk.start("CreateResource", { TypeName: made, DesiredState: "{}" });
    const statuses = async (): Promise<unknown[]> =>
      (await list(desk, {})).events.map(({ OperationStatus }) => OperationStatus);
    expect(await statuses()).toEqual([]);
    desk.wait(5_500);
    expect(await statuses()).toEqual(["IN_PROGRESS"]);
    desk.wait(500);
    expect(await statuses()).toEqual(["SUCCESS"]);
  });

  test("filters by operation and by status", async () => {
    const desk = await openDesk();
    const { Identifier: id = "" } = await desk.create(made, {});
    await desk.remove(made, "gone");
    await desk.start("DeleteResource", { TypeName: made, Identifier: id });
    const found = async (filter: object) =>
      (await list(desk, { ResourceRequestStatusFilter: filter })).events.map(
        ({ Operation, OperationStatus }) => `${Operation} ${OperationStatus}`,
      );
    expect(await found({})).toEqual(["DELETE IN_PROGRESS", "DELETE FAILED", "CREATE SUCCESS"]);
    expect(await found({ Operations: ["CREATE", "UPDATE"] })).toEqual(["CREATE SUCCESS"]);
    expect(await found({ OperationStatuses: ["IN_PROGRESS", "SUCCESS"] })).toEqual([
      "DELETE IN_PROGRESS",
      "CREATE SUCCESS",
    ]);
    expect(await found({ Operations: ["DELETE"], OperationStatuses: ["FAILED"] })).toEqual(["DELETE FAILED"]);
  });

  test("refuses a status that does not exist, and a token that it never gave", async () => {
    const { send } = await openDesk();
    const strange = await send("ListResourceRequests", {
      ResourceRequestStatusFilter: { OperationStatuses: ["DONE"] },
    });
    expect(refusalOf(strange)).toMatchObject(validation(expect.stringContaining("enum value set")));
    expect(refusalOf(await send("ListResourceRequests", { NextToken: "abc" }))).toEqual(
      validation("NextToken is not valid"),
    );
  });
});
