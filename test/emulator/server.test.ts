import { Agent, request } from "node:http";
import { describe, expect, test } from "vitest";
import { startEmulator } from "../../src/emulator/index.ts";
import {
  type Body,
  openDesk,
  refusalOf,
  refused,
  signed,
  startedAt,
  validation,
} from "../support/emulator/desk.ts";

const coral = "com.amazon.coral.service";
const get = { TypeName: "AWS::Demo::Named", Identifier: "a" };

describe("the server", () => {
  test("refuses a request that is not signed", async () => {
    const { send } = await openDesk();
    expect(refusalOf(await send("GetResource", get, {}))).toEqual(
      refused("MissingAuthenticationTokenException", "Missing Authentication Token", coral),
    );
  });

  test("goes by X-Amz-Target, whatever the path and the query say", async () => {
    const { emulator } = await openDesk();
    const response = await fetch(`${emulator.url}/any?Action=ListResources&Version=2021-09-30`, {
      method: "POST",
      headers: { ...signed, "x-amz-target": "CloudApiService.ListResourceRequests" },
      body: "{}",
    });
    expect(await response.json()).toEqual({ ResourceRequestStatusSummaries: [] });
  });

  test("refuses a body that is no JSON, or no object", async () => {
    const { send } = await openDesk();
    expect((await send("GetResource", "{")).body["__type"]).toBe(`${coral}#SerializationException`);
    expect((await send("GetResource", "[]")).body["__type"]).toBe(`${coral}#SerializationException`);
    expect((await send("GetResource", { ...get, Identifier: 5 })).body["__type"]).toBe(
      `${coral}#SerializationException`,
    );
  });

  test("refuses an operation that does not exist", async () => {
    const { send } = await openDesk();
    expect((await send("PatchResource", get)).body["__type"]).toBe(`${coral}#UnknownOperationException`);
  });

  test.each([
    [
      "a missing member",
      { Identifier: "a" },
      "Value null at 'typeName' failed to satisfy constraint: Member must not be null",
    ],
    [
      "null",
      { ...get, Identifier: null },
      "Value null at 'identifier' failed to satisfy constraint: Member must not be null",
    ],
    [
      "a malformed type",
      { ...get, TypeName: "AWS::Demo::x" },
      "Value 'AWS::Demo::x' at 'typeName' failed to satisfy constraint: Member must satisfy regular expression pattern: [A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}",
    ],
    [
      "an empty identifier",
      { ...get, Identifier: "" },
      "Value '' at 'identifier' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
  ])("refuses %s as the service model says", async (_, body, violation) => {
    const { send } = await openDesk();
    expect(refusalOf(await send("GetResource", body))).toEqual(
      validation(`1 validation error detected: ${violation}`),
    );
  });

  test.each(["a:b", "a_b", "a.b", "x".repeat(129)])("refuses %s as a client token", async (token) => {
    const { send } = await openDesk();
    const { body } = await send("DeleteResource", { ...get, ClientToken: token });
    expect(body.message).toContain("at 'clientToken' failed to satisfy constraint");
  });

  test("refuses documents of more than 262144 characters and pages of more than 100", async () => {
    const { send } = await openDesk();
    const long = JSON.stringify({ Name: "x".repeat(262_144) });
    const created = await send("CreateResource", { TypeName: get.TypeName, DesiredState: long });
    expect(created.body.message).toContain("Member must have length less than or equal to 262144");
    const listed = await send("ListResources", { TypeName: get.TypeName, MaxResults: 101 });
    expect(listed.body.message).toContain("Member must have value less than or equal to 100");
  });

  test("notes every call with its parsed body and its instant", async () => {
    const { send, emulator } = await openDesk();
    await send("GetResource", get);
    await send("GetResource", "{");
    expect(emulator.calls).toMatchObject([
      { api: "GetResource", body: get, at: startedAt },
      { api: "GetResource", body: "{", at: startedAt },
    ]);
  });

  test("says what it serves to whom it does not know", async () => {
    const { emulator } = await openDesk();
    const response = await fetch(`${emulator.url}/bucket/key`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ __type: `${coral}#UnknownOperationException` });
  });

  test("listens on the port asked, on loopback alone", async () => {
    const first = await startEmulator();
    await first.close();
    const second = await startEmulator({ port: first.port });
    expect(second.url).toBe(`http://127.0.0.1:${first.port}`);
    await expect(startEmulator({ port: first.port })).rejects.toThrow("EADDRINUSE");
    await second.close();
  });

  test("closes although a connection is kept alive", async () => {
    const emulator = await startEmulator();
    const agent = new Agent({ keepAlive: true });
    await new Promise((resolve, reject) => {
      request(emulator.url, { agent }, (response) => response.resume().on("end", resolve))
        .on("error", reject)
        .end();
    });
    await emulator.close();
    await expect(fetch(emulator.url)).rejects.toThrow("fetch failed");
    agent.destroy();
  });

  test("takes 100 ms for an operation by the true clock unless told otherwise", async () => {
    const emulator = await startEmulator();
    const call = async (operation: string, body: object) => {
      const headers = { ...signed, "x-amz-target": `CloudApiService.${operation}` };
      const response = await fetch(emulator.url, { method: "POST", headers, body: JSON.stringify(body) });
      const answer: Body = JSON.parse(await response.text());
      return answer;
    };
    const desired = { TypeName: "AWS::SNS::Topic", DesiredState: '{"TopicName":"t"}' };
    const { ProgressEvent: first } = await call("CreateResource", desired);
    expect(first.OperationStatus).toBe("IN_PROGRESS");
    await new Promise((resolve) => setTimeout(resolve, 110));
    const { ProgressEvent: last } = await call("GetResourceRequestStatus", {
      RequestToken: first.RequestToken,
    });
    expect(last.OperationStatus).toBe("SUCCESS");
    await emulator.close();
  });
});
