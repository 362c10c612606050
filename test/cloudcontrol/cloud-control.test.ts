import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, test, vi } from "vitest";
import { cloudControl } from "../../src/cloudcontrol/cloud-control.ts";
import type { Found } from "../../src/cloudcontrol/protocol.ts";
import type { Fault } from "../../src/emulator/index.ts";
import { fakeClock } from "../support/wire/fake-clock.ts";
import { answer, event, refuse, scripted } from "../support/wire/scripted.ts";
import {
  TypeName,
  callsOf,
  controlAt,
  createOf,
  deleteOf,
  emulated,
  tokensOf,
  updateOf,
} from "../support/cloudcontrol/control.ts";

const name = { TypeName, Identifier: "a" };
const token = "5f2c7b1e-0000-4000-8000-000000000000";

async function all(found: AsyncIterable<Found>): Promise<string[]> {
  const identifiers: string[] = [];
  for await (const { identifier } of found) identifiers.push(identifier);
  return identifiers;
}

/** Goes wrong the first time that this API is called. */
const first =
  (wanted: string, fault: Fault) =>
  ({ api, count }: { api: string; count: number }): Fault | undefined =>
    api === wanted && count === 1 ? fault : undefined;

describe("a write", () => {
  test("is taken on, followed to its end and there to be read", async () => {
    const { control } = await emulated();
    const progress = await control.send(createOf("t1"));
    expect(progress).toMatchObject({ status: "running", identifier: "a" });
    expect(await control.follow(progress)).toEqual({ outcome: "succeeded", identifier: "a" });
    expect(await control.read(name)).toMatchObject({ identifier: "a", live: { Name: "a" } });
  });

  test("can be followed by its token alone", async () => {
    const { control } = await emulated();
    const { requestToken = "" } = await control.send(createOf("t1"));
    expect(await control.follow(requestToken)).toEqual({ outcome: "succeeded", identifier: "a" });
    expect(await control.follow(token)).toEqual({ outcome: "unknown" });
  });

  test("goes over the wire exactly as it is kept, client token included", async () => {
    const { control, emulator } = await emulated();
    emulator.put(TypeName, { Name: "a" });
    const writes = [updateOf("t2"), deleteOf("t3"), createOf("t1", "b")];
    for (const write of writes) await control.follow(await control.send(write));
    const sent = emulator.calls.filter(({ api }) => api !== "GetResourceRequestStatus");
    expect(sent.map(({ api, body }) => ({ operation: api, input: body }))).toEqual(writes);
  });

  test.each<[string, Fault]>([
    ["nothing has been done", { dropBefore: true }],
    ["everything has been done", { dropAfter: true }],
  ])(
    "whose answer is lost when %s goes out again with its token, and makes one resource",
    async (_, fault) => {
      const { control, emulator } = await emulated({ faults: first("CreateResource", fault) });
      const made = createOf("t1", "a", "AWS::Demo::Made");
      expect(await control.follow(await control.send(made))).toMatchObject({ outcome: "succeeded" });
      expect(tokensOf(emulator.calls.map(({ body }) => body))).toEqual(["t1", "t1"]);
      expect(emulator.resources()).toHaveLength(1);
    },
  );

  test.each(["", "{}", '{"ProgressEvent":{}}', '{"ProgressEvent":{"OperationStatus":"IN_PROGRESS"}}'])(
    "that is answered with nothing to go by (%j) goes out again",
    async (text) => {
      const server = await scripted(answer(text), event({ RequestToken: "r1", OperationStatus: "SUCCESS" }));
      const { control } = controlAt(server.url);
      expect(await control.send(createOf("t1"))).toMatchObject({ requestToken: "r1", status: "succeeded" });
      expect(tokensOf(server.requests.map(({ body }) => body))).toEqual(["t1", "t1"]);
    },
  );

  test("that meets its own first arrival follows that operation", async () => {
    const message = `ClientToken t1 is already associated with an existing operation with RequestToken ${token}`;
    const done = event({ OperationStatus: "SUCCESS", Identifier: "a" });
    const server = await scripted(refuse("ClientTokenConflictException", message), done);
    const { control } = controlAt(server.url);
    expect(await control.follow(await control.send(deleteOf("t1")))).toMatchObject({ outcome: "succeeded" });
    expect(server.requests.at(-1)).toMatchObject({
      api: "GetResourceRequestStatus",
      body: { RequestToken: token },
    });
  });

  test("that the service refuses is not sent again", async () => {
    const { control, emulator } = await emulated();
    await expect(control.send(createOf("t1", "a", "AWS::Demo::Nothing"))).rejects.toMatchObject({
      code: "UNSUPPORTED_TYPE",
    });
    expect(callsOf(emulator)).toEqual(["CreateResource"]);
  });
});

describe("polls", () => {
  test.each<[string, Fault]>([
    ["throttled", { throttle: true }],
    ["cut off", { dropBefore: true }],
    ["answered with HTML", { html: 503 }],
  ])("that are %s say nothing of the operation: they are asked again", async (_, fault) => {
    const { control } = await emulated({ faults: first("GetResourceRequestStatus", fault) });
    expect(await control.follow(await control.send(createOf("t1")))).toMatchObject({ outcome: "succeeded" });
  });

  test("take the token they asked by where the event leaves it out", async () => {
    const server = await scripted(
      event({ OperationStatus: "IN_PROGRESS" }),
      event({ OperationStatus: "SUCCESS", Identifier: "a" }),
    );
    const { control, clock } = controlAt(server.url);
    expect(await control.follow(token)).toMatchObject({ outcome: "succeeded" });
    expect(clock.slept).toEqual([200, 30]);
    expect(server.requests.map(({ body }) => body)).toEqual([
      { RequestToken: token },
      { RequestToken: token },
    ]);
  });

  test("heed an instant to ask again at, which the wire gives in seconds", async () => {
    const { control, clock } = await emulated({ retryAfterMs: 7_000 });
    await control.follow(await control.send(createOf("t1")));
    expect(clock.slept.map(Math.round)).toEqual([7_000]);
  });
});

describe("reads", () => {
  test("of what is not there are undefined, of what is hidden are not", async () => {
    const { control } = await emulated();
    expect(await control.read(name)).toBeUndefined();
    const denied = await scripted(refuse("AccessDeniedException", "no cloudformation:GetResource"));
    await expect(controlAt(denied.url).control.read(name)).rejects.toMatchObject({ code: "ACCESS_DENIED" });
    const proxy = await scripted(answer("<html>", 404));
    await expect(controlAt(proxy.url).control.read(name)).rejects.toMatchObject({ code: "INVALID_REQUEST" });
  });

  test("without a description count as no answer, never as an empty resource", async () => {
    const found = answer({ ResourceDescription: { Identifier: "a", Properties: "{}" } });
    const server = await scripted(answer({}), found);
    expect(await controlAt(server.url).control.read(name)).toEqual({ identifier: "a", live: {} });
  });

  test("of something new bear with a service that lags behind", async () => {
    const { control } = await emulated({ staleReadMs: 3_000 });
    await control.follow(await control.send(createOf("t1")));
    expect(await control.read(name)).toBeUndefined();
    expect(await control.readNew(name)).toMatchObject({ identifier: "a" });
  });

  test("of something new end where it is not there after all", async () => {
    const { control, emulator } = await emulated();
    expect(await control.readNew(name)).toBeUndefined();
    expect(callsOf(emulator)).toHaveLength(6);
  });
});

describe("lists", () => {
  test("go on to the last page, and fetch none before it is wanted", async () => {
    const { control, emulator } = await emulated();
    const names = Array.from({ length: 250 }, (_, i) => `n${i}`);
    for (const Name of names) emulator.put(TypeName, { Name });
    expect((await all(control.list({ TypeName }))).toSorted()).toEqual(names.toSorted());
    const pages = callsOf(emulator).length;
    expect(pages).toBeGreaterThan(1);
    for await (const _ of control.list({ TypeName })) break;
    expect(callsOf(emulator)).toHaveLength(pages + 1);
  });

  test("tell the parents as a model, and leave them out where there are none", async () => {
    const page = answer({ ResourceDescriptions: [{ Identifier: "a" }, {}], NextToken: "" });
    const server = await scripted(page);
    const { control } = controlAt(server.url);
    expect(await all(control.list({ TypeName, parents: { ApiId: "x" } }))).toEqual(["a"]);
    expect(await all(control.list({ TypeName, parents: {} }))).toEqual(["a"]);
    expect(server.requests.map(({ body }) => body)).toEqual([
      { TypeName, ResourceModel: '{"ApiId":"x"}' },
      { TypeName },
    ]);
  });

  test("go on after a throttle in the middle", async () => {
    const { control, emulator } = await emulated({
      faults: ({ api, count }) => (api === "ListResources" && count === 2 ? { throttle: true } : undefined),
    });
    for (let i = 0; i < 150; i += 1) emulator.put(TypeName, { Name: `n${i}` });
    expect(await all(control.list({ TypeName }))).toHaveLength(150);
  });
});

describe("the region", () => {
  const wire = { clock: fakeClock(), concurrency: 1 };

  test("is the one given, else the one the SDK's chain settles on", async () => {
    vi.stubEnv("AWS_REGION", "eu-central-1");
    expect(await cloudControl({ region: "eu-west-1" }, wire).region()).toBe("eu-west-1");
    expect(await cloudControl({}, wire).region()).toBe("eu-central-1");
    vi.unstubAllEnvs();
  });

  test("is asked for with NO_REGION where there is none", async () => {
    for (const variable of ["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"])
      vi.stubEnv(variable, undefined);
    vi.stubEnv("AWS_CONFIG_FILE", "/nowhere/config");
    const control = cloudControl({ endpoint: "http://127.0.0.1:1" }, wire);
    await expect(control.region()).rejects.toMatchObject({ code: "NO_REGION" });
    await expect(control.read(name)).rejects.toMatchObject({ code: "NO_REGION" });
    vi.unstubAllEnvs();
  });
});

test("the SDK is loaded by the first call and not by opening Cloud Control or a lister", async () => {
  const script = `
    import { createRequire } from "node:module";
    const { cloudControl } = await import("./src/cloudcontrol/cloud-control.ts");
    const { perform } = await import("./src/cloudcontrol/perform.ts");
    const { apiGatewayV2 } = await import("./src/lookup/api-gateway-v2.ts");
    const wire = { clock: { now: () => 0, sleep: async () => false }, concurrency: 1 };
    const where = { region: "us-east-1", endpoint: "http://127.0.0.1:1" };
    const loaded = () => Object.keys(createRequire(process.cwd() + "/").cache).some((file) => file.includes("@aws-sdk"));
    const control = cloudControl(where, wire);
    apiGatewayV2(where, wire).lists("AWS::ApiGatewayV2::Api");
    const before = loaded();
    await control.read({ TypeName: "AWS::Demo::Named", Identifier: "a" }).catch(() => undefined);
    process.stdout.write(JSON.stringify([before, loaded(), typeof perform]));
  `;
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, [
    "--import",
    "tsx",
    "--input-type=module",
    "--eval",
    script,
  ]);
  expect(JSON.parse(stdout)).toEqual([false, true, "function"]);
});
