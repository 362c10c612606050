import { describe, expect, test } from "vitest";
import { type Fault, type IncomingCall, openFaulty } from "../support/emulator/faulty.ts";
import { faultsByRule } from "../../src/emulator/index.ts";
import { openDesk, refusalOf, refused, signed } from "../support/emulator/desk.ts";

const named = "AWS::Demo::Named";
const request = { TypeName: named, DesiredState: '{"Name":"a"}' };

describe("a fault", () => {
  test("sees the call by name, type, body and count", async () => {
    const seen: IncomingCall[] = [];
    const desk = await openDesk({
      faults: (call) => {
        seen.push(call);
        return undefined;
      },
    });
    await desk.send("CreateResource", request);
    await desk.send("ListResourceRequests", {});
    await desk.send("CreateResource", request);
    expect(seen).toEqual([
      { api: "CreateResource", target: named, body: request, count: 1 },
      { api: "ListResourceRequests", body: {}, count: 1 },
      { api: "CreateResource", target: named, body: request, count: 2 },
    ]);
  });

  test("befalls what is beyond so many calls a second, all APIs of Cloud Control together", async () => {
    const desk = await openDesk({ callsPerSecond: 3 });
    const codes = async (): Promise<unknown[]> => {
      const answers = [
        await desk.send("CreateResource", request),
        await desk.send("ListResourceRequests", {}),
        await desk.send("GetResource", { TypeName: named, Identifier: "none" }),
        await desk.send("ListResourceRequests", {}),
      ];
      return answers.map(({ body }) => /Throttling/.test(JSON.stringify(body)));
    };
    expect(await codes()).toEqual([false, false, false, true]);
    desk.wait(334);
    expect(await codes()).toEqual([false, true, true, true]);
  });

  test("may throttle", async () => {
    const desk = await openFaulty({ throttle: true });
    expect(refusalOf(await desk.send("CreateResource", request))).toEqual(
      refused("ThrottlingException", "Rate exceeded", "com.amazon.coral.availability"),
    );
    expect(await desk.finish("CreateResource", request)).toMatchObject({ OperationStatus: "SUCCESS" });
  });

  test("may be any exception, with any status", async () => {
    const error = { type: "ServiceInternalErrorException", message: "Oh.", status: 502 };
    const desk = await openFaulty({ error });
    expect(refusalOf(await desk.send("CreateResource", request))).toEqual({
      ...refused("ServiceInternalErrorException", "Oh."),
      status: 502,
    });
  });

  test.each<[string, Fault, number]>([
    ["before anything is done", { dropBefore: true }, 0],
    ["after everything is done", { dropAfter: true }, 1],
  ])("may cut the connection %s", async (_, fault, made) => {
    const desk = await openFaulty(fault);
    await expect(desk.send("CreateResource", request)).rejects.toThrow("fetch failed");
    desk.wait(1000);
    expect(desk.emulator.resources()).toHaveLength(made);
  });

  test("may be a page of HTML", async () => {
    const { emulator } = await openFaulty({ html: 503 });
    const headers = { ...signed, "x-amz-target": "CloudApiService.CreateResource" };
    const response = await fetch(emulator.url, { method: "POST", headers, body: JSON.stringify(request) });
    expect(response.status).toBe(503);
    expect(response.headers.get("content-type")).toBe("text/html");
    expect(await response.text()).toContain("<html>");
  });

  test("may delay", async () => {
    const desk = await openFaulty({ delayMs: 60 });
    const before = performance.now();
    await desk.send("CreateResource", request);
    expect(performance.now() - before).toBeGreaterThan(55);
  });

  test("may end the operation FAILED, with nothing made", async () => {
    const desk = await openFaulty({ failWith: { code: "Throttling", message: "Rate exceeded" } });
    const made = { TypeName: "AWS::Demo::Made", DesiredState: "{}" };
    const last = await desk.finish("CreateResource", made);
    expect(last).toMatchObject({
      OperationStatus: "FAILED",
      ErrorCode: "Throttling",
      StatusMessage: "Rate exceeded",
    });
    expect(last).not.toHaveProperty("Identifier");
    expect(desk.emulator.resources()).toEqual([]);
  });

  test("may end FAILED with the resource there all the same", async () => {
    const failWith = { code: "NotStabilized", identifier: true, created: true };
    const desk = await openFaulty({ failWith });
    const last = await desk.finish("CreateResource", { TypeName: "AWS::Demo::Made", DesiredState: "{}" });
    expect(last).toMatchObject({ OperationStatus: "FAILED", ErrorCode: "NotStabilized" });
    expect(desk.emulator.resources()).toMatchObject([{ Identifier: last.Identifier }]);
  });

  test("may name a resource that never came to be", async () => {
    const desk = await openFaulty({ failWith: { code: "InternalFailure", identifier: true } });
    const last = await desk.finish("CreateResource", { TypeName: "AWS::Demo::Made", DesiredState: "{}" });
    expect(last.Identifier).toMatch(/^\w+$/);
    expect(desk.emulator.resources()).toEqual([]);
  });

  test("speaks every service's own language", async () => {
    const { emulator } = await openDesk({ faults: () => ({ throttle: true }) });
    const rest = await fetch(`${emulator.url}/v2/apis`, { headers: signed });
    expect(rest.status).toBe(429);
    expect(rest.headers.get("x-amzn-errortype")).toBe("TooManyRequestsException");
    const headers = { ...signed, "content-type": "application/x-www-form-urlencoded" };
    const sts = await fetch(emulator.url, { method: "POST", headers, body: "Action=GetCallerIdentity" });
    expect(await sts.text()).toContain("<Code>Throttling</Code>");
  });
});

describe("faults as data", () => {
  const rules = (...given: Parameters<typeof faultsByRule>[0]) =>
    openDesk({ operationMs: 0, faults: faultsByRule(given) });

  test("befall one call in so many", async () => {
    const desk = await rules({ api: "ListResources", every: 3, fault: { throttle: true } });
    const statuses: number[] = [];
    for (let call = 1; call <= 7; call += 1) {
      statuses.push((await desk.send("ListResources", { TypeName: named })).status);
    }
    expect(statuses).toEqual([200, 200, 400, 200, 200, 400, 200]);
  });

  test("befall calls by number, by type and by API, the first rule that fits", async () => {
    const other = "AWS::Demo::Made";
    const desk = await rules(
      { api: "CreateResource", count: [1, 3], fault: { error: { type: "A", message: "first" } } },
      { target: other, fault: { error: { type: "B", message: "second" } } },
      { count: 2, fault: { error: { type: "C", message: "third" } } },
    );
    const said = async (type: string): Promise<unknown> =>
      refusalOf(await desk.send("CreateResource", { TypeName: type, DesiredState: "{}" })).message;
    expect(await said(other)).toBe("first");
    expect(await said(named)).toBe("third");
    expect(await said(other)).toBe("first");
    expect(await said(other)).toBe("second");
  });

  test("may lose the record of an operation that is done", async () => {
    const desk = await rules({
      api: "GetResourceRequestStatus",
      fault: { error: { type: "RequestTokenNotFoundException", message: "gone" } },
    });
    const { RequestToken: token } = await desk.start("CreateResource", request);
    expect(refusalOf(await desk.send("GetResourceRequestStatus", { RequestToken: token }))).toEqual(
      refused("RequestTokenNotFoundException", "gone"),
    );
    expect(desk.emulator.resources()).toHaveLength(1);
  });

  test("are none where no rule fits", async () => {
    const desk = await rules();
    expect((await desk.send("CreateResource", request)).status).toBe(200);
  });
});

test("slow operations are slow by their type, under a clock that only moves when told", async () => {
  const slow = "AWS::Demo::Made";
  const desk = await openDesk({ operationMs: (_, typeName) => (typeName === slow ? 5000 : 10) });
  const { RequestToken: token } = await desk.start("CreateResource", { TypeName: slow, DesiredState: "{}" });
  const { RequestToken: quick } = await desk.start("CreateResource", request);
  desk.wait(4999);
  expect((await desk.poll(quick)).OperationStatus).toBe("SUCCESS");
  expect((await desk.poll(token)).OperationStatus).toBe("IN_PROGRESS");
  desk.wait(1);
  expect((await desk.poll(token)).OperationStatus).toBe("SUCCESS");
});
