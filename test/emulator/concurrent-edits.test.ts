import { describe, expect, test } from "vitest";
import type { EmulatorOptions } from "../../src/emulator/index.ts";
import { type Desk, openDesk, operationMs } from "../support/emulator/desk.ts";
import { conflict, restOf } from "../support/emulator/rest/rest.ts";

const text = "Unable to complete operation due to concurrent modification. Please try again later.";

const type = (noun: string) => `AWS::ApiGatewayV2::${noun}`;

async function openApis(options: EmulatorOptions = {}) {
  const desk = await openDesk({ concurrentEdits: "refuse", ...options });
  const api = (Name: string) => desk.emulator.put(type("Api"), { Name, ProtocolType: "HTTP" }).Identifier;
  return { desk, send: restOf(desk), first: api("a"), second: api("b") };
}

const startRoute = (desk: Desk, ApiId: string, key: string) =>
  desk.start("CreateResource", {
    TypeName: type("Route"),
    DesiredState: JSON.stringify({ ApiId, RouteKey: `GET /${key}` }),
  });

describe("concurrent edits of one API", () => {
  test("are refused at once, but for the first of them", async () => {
    const { desk, first } = await openApis();
    const tokens: string[] = [];
    for (const key of ["a", "b", "c"]) tokens.push((await startRoute(desk, first, key)).RequestToken);
    const [one = "", two = "", three = ""] = tokens;
    for (const token of [two, three]) {
      expect(await desk.poll(token)).toMatchObject({
        OperationStatus: "FAILED",
        ErrorCode: "GeneralServiceException",
        StatusMessage: expect.stringMatching(
          /^Unable to complete operation due to concurrent modification\. Please try again later\. \(Service: ApiGatewayV2, Status Code: 409, Request ID: [\w-]+\)$/,
        ) as string,
      });
    }
    expect(await desk.poll(one)).toMatchObject({ OperationStatus: "IN_PROGRESS" });
    desk.wait(operationMs);
    expect(await desk.poll(one)).toMatchObject({ OperationStatus: "SUCCESS" });
    expect(desk.emulator.resources().filter(({ TypeName }) => TypeName === type("Route"))).toHaveLength(1);
  });

  test("pass one after the other, and those of two APIs at a time", async () => {
    const { desk, first, second } = await openApis();
    for (const key of ["a", "b"]) {
      const made = [await startRoute(desk, first, key), await startRoute(desk, second, key)];
      desk.wait(operationMs);
      for (const { RequestToken: token } of made) {
        expect(await desk.poll(token)).toMatchObject({ OperationStatus: "SUCCESS" });
      }
    }
  });

  test("count whatever they do, deleting the API too", async () => {
    const { desk, first } = await openApis();
    const route = desk.emulator.put(type("Route"), { ApiId: first, RouteKey: "GET /a" });
    await desk.start("DeleteResource", { TypeName: type("Route"), Identifier: route.Identifier });
    const deleting = { TypeName: type("Api"), Identifier: first };
    const { RequestToken: token } = await desk.start("DeleteResource", deleting);
    expect(await desk.poll(token)).toMatchObject({ OperationStatus: "FAILED" });
  });

  test("of V1 arrive as a resource conflict", async () => {
    const { desk } = await openApis();
    const { Properties: api } = desk.emulator.put("AWS::ApiGateway::RestApi", { Name: "old" });
    const start = (PathPart: string) =>
      desk.start("CreateResource", {
        TypeName: "AWS::ApiGateway::Resource",
        DesiredState: JSON.stringify({
          RestApiId: api["RestApiId"],
          ParentId: api["RootResourceId"],
          PathPart,
        }),
      });
    await start("a");
    const { RequestToken: token } = await start("b");
    expect(await desk.poll(token)).toMatchObject({
      ErrorCode: "ResourceConflict",
      StatusMessage: expect.stringContaining("(Service: ApiGateway, Status Code: 409") as string,
    });
  });

  test("are no matter unless asked for, nor are mappings that only mention the API", async () => {
    const { desk, first } = await openApis({ concurrentEdits: "allow" });
    const started = [await startRoute(desk, first, "a"), await startRoute(desk, first, "b")];
    desk.wait(operationMs);
    for (const { RequestToken: token } of started) {
      expect(await desk.poll(token)).toMatchObject({ OperationStatus: "SUCCESS" });
    }
    const refusing = await openApis();
    await startRoute(refusing.desk, refusing.first, "a");
    const { RequestToken: token } = await refusing.desk.start("CreateResource", {
      TypeName: type("ApiMapping"),
      DesiredState: JSON.stringify({ ApiId: refusing.first, DomainName: "a.b", Stage: "dev" }),
    });
    expect(await refusing.desk.poll(token)).toMatchObject({ OperationStatus: "IN_PROGRESS" });
  });

  test("by REST are refused while Cloud Control writes, and reads are not", async () => {
    const { desk, send, first, second } = await openApis();
    await startRoute(desk, first, "a");
    const put = (api: string) => send("POST", `/v2/apis/${api}/routes`, { routeKey: "GET /rest" });
    expect(await put(first)).toEqual(conflict(text));
    expect(await send("GET", `/v2/apis/${first}/routes`)).toMatchObject({ status: 200 });
    expect(await put(second)).toMatchObject({ status: 201 });
    desk.wait(operationMs);
    expect(await put(first)).toMatchObject({ status: 201 });
  });

  test("by REST last until they are answered", async () => {
    const slow = { api: "apigatewayv2:CreateRoute", fault: { delayMs: 80 } };
    const { desk, send, first } = await openApis({
      faults: ({ api, count }) => (api === slow.api && count === 1 ? slow.fault : undefined),
    });
    const writing = send("POST", `/v2/apis/${first}/routes`, { routeKey: "GET /slow" });
    while (desk.emulator.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    const { RequestToken: token } = await startRoute(desk, first, "a");
    expect(await desk.poll(token)).toMatchObject({ OperationStatus: "FAILED" });
    expect(await send("PATCH", `/v2/apis/${first}`, { name: "new" })).toEqual(conflict(text));
    expect(await writing).toMatchObject({ status: 201 });
    expect(await send("PATCH", `/v2/apis/${first}`, { name: "new" })).toMatchObject({ status: 200 });
  });
});
