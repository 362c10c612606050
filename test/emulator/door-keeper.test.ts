import { request } from "node:http";
import { describe, expect, test } from "vitest";
import { openDesk, signed } from "../support/emulator/desk.ts";

/** fetch() lets nobody choose a Host. */
const statusOf = (port: number, headers: Record<string, string>): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const target = { "x-amz-target": "CloudApiService.ListResourceRequests", ...signed };
    const sent = request(
      { host: "127.0.0.1", port, method: "POST", headers: { ...target, ...headers } },
      (response) => {
        response.resume();
        resolve(response.statusCode);
      },
    );
    sent.on("error", reject).end("{}");
  });

describe("the emulator", () => {
  test.each([
    { host: "evil.example" },
    { host: "evil.example:4566" },
    { host: "127.0.0.1.evil.example" },
    { host: "localhost.evil.example" },
    { host: "192.168.0.5" },
    { host: "localhost", origin: "https://evil.example" },
    { host: "localhost", origin: "null" },
    { host: "localhost", origin: "http://localhost.evil.example" },
  ])("lets nobody in as %j", async (headers) => {
    const { emulator } = await openDesk();
    expect(await statusOf(emulator.port, headers)).toBe(403);
    expect(emulator.calls).toEqual([]);
  });

  test.each([
    { host: "localhost" },
    { host: "localhost:4566" },
    { host: "127.0.0.1:1" },
    { host: "[::1]:4566" },
    { host: "aws.localhost" },
    { host: "host.docker.internal:4566" },
    { host: "localhost", origin: "http://localhost:3000" },
  ])("lets in %j", async (headers) => {
    const { emulator } = await openDesk();
    expect(await statusOf(emulator.port, headers)).toBe(200);
  });

  test("reads no body that is longer than any service takes, and lives on", async () => {
    const { emulator, send } = await openDesk();
    const body = `{"DesiredState":"${"x".repeat(9 * 1024 * 1024)}"}`;
    const answer = await fetch(emulator.url, {
      method: "POST",
      headers: { ...signed, "x-amz-target": "CloudApiService.CreateResource" },
      body,
    }).then(
      ({ status }) => status,
      () => "cut",
    );
    expect([413, "cut"]).toContain(answer);
    expect((await send("ListResourceRequests", {})).status).toBe(200);
  });

  const deep = (depth: number): string => `${'{"a":['.repeat(depth)}1${"]}".repeat(depth)}`;

  test.each([
    ["a body", "GetResource", deep(100_000)],
    ["a desired state", "CreateResource", { TypeName: "AWS::Demo::Named", DesiredState: deep(1_000) }],
    [
      "a patch",
      "UpdateResource",
      { TypeName: "AWS::Demo::Named", Identifier: "a", PatchDocument: `[${deep(1_000)}]` },
    ],
    ["a filter", "ListResources", { TypeName: "AWS::Demo::Named", ResourceModel: deep(1_000) }],
  ])("refuses %s that nests without end, and lives on", async (_, api, body) => {
    const { emulator, send } = await openDesk();
    emulator.put("AWS::Demo::Named", { Name: "a" });
    expect((await send(api, body)).status).toBe(400);
    expect((await send("ListResourceRequests", {})).status).toBe(200);
  });
});
