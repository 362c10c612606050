import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import { changeOf, cloud, movesOf } from "../../support/run.ts";

const api =
  (ProtocolType: string, more: object = {}) =>
  () =>
    AWS.ApiGatewayV2.Api("api", {
      Name: "chat",
      ProtocolType,
      RouteSelectionExpression:
        ProtocolType === "HTTP" ? "$request.method $request.path" : "$request.body.action",
      ...more,
    });

describe("replacement", () => {
  test("a changed create-only property makes a new one first and deletes the old one at the end", async () => {
    const { deploy, emulator } = await cloud();
    await deploy(api("HTTP"));
    const [old] = emulator.resources();
    const report = await deploy(api("WEBSOCKET"));
    expect(changeOf(report, "api")).toMatchObject({
      move: "replace",
      because: [{ path: "/ProtocolType", from: "HTTP", to: "WEBSOCKET" }],
    });
    const order = emulator.calls
      .map((call) => call.api)
      .filter((name) => /^(Create|Delete)Resource$/.test(name));
    expect(order).toEqual(["CreateResource", "CreateResource", "DeleteResource"]);
    expect(emulator.resources().map(({ Identifier }) => Identifier)).not.toContain(old?.Identifier);
    expect(emulator.resources()).toHaveLength(1);
    expect((await deploy(api("WEBSOCKET"))).calls).toEqual({});
  });

  test("a fixed identity is freed before it is taken again", async () => {
    const { deploy, emulator } = await cloud();
    const alias = (more: object) => () =>
      AWS.Events.Rule("rule", { Name: "nightly", ScheduleExpression: "rate(1 day)", ...more });
    await deploy(alias({ EventBusName: "default" }));
    const report = await deploy(alias({ EventBusName: "default", replace: true }));
    expect(report.ok).toBe(true);
    expect(changeOf(report, "rule").move).toBe("replace");
    expect(emulator.resources()).toHaveLength(1);
  });

  test("a stateful resource is not replaced unasked", async () => {
    const { deploy, emulator } = await cloud();
    const bucket =
      (BucketName: string, more: object = {}) =>
      () =>
        AWS.S3.Bucket("files", { BucketName, ...more });
    await deploy(bucket("files-one"));
    const report = await deploy(bucket("files-two"));
    const { error } = changeOf(report, "files");
    expect(error).toMatchObject({ code: "REPLACE_REFUSED" });
    for (const part of ["/BucketName", "files-one", "files-two"]) expect(error?.message).toContain(part);
    expect(emulator.resources().map(({ Identifier }) => Identifier)).toEqual(["files-one"]);
    const allowed = await deploy(bucket("files-two", { allowReplace: true }));
    expect(changeOf(allowed, "files").move).toBe("replace");
    expect(emulator.resources().map(({ Identifier }) => Identifier)).toEqual(["files-two"]);
  });

  test("a protected resource is neither replaced nor deleted", async () => {
    const { deploy, destroy, emulator } = await cloud();
    await deploy(api("HTTP", { protect: true }));
    expect(movesOf(await deploy(api("WEBSOCKET", { protect: true })))).toEqual(["api: PROTECTED"]);
    expect(movesOf(await destroy())).toEqual(["api: PROTECTED"]);
    expect(emulator.resources()).toHaveLength(1);
  });

  test("a retained resource is forgotten, not deleted", async () => {
    const { deploy, destroy, emulator } = await cloud();
    await deploy(api("HTTP", { retain: true }));
    expect(movesOf(await destroy())).toEqual(["api: forget"]);
    expect(emulator.resources()).toHaveLength(1);
    expect((await destroy()).changes).toEqual([]);
  });

  test("an id whose type changed is refused unless a replacement is allowed", async () => {
    const { deploy, emulator } = await cloud();
    await deploy(api("HTTP"));
    const queue = (more: object) => () => AWS.SQS.Queue("api", { QueueName: "api", ...more });
    expect(movesOf(await deploy(queue({})))).toEqual(["api: TYPE_CHANGED"]);
    expect(movesOf(await deploy(queue({ allowReplace: true })))).toEqual(["api: replace"]);
    expect(emulator.resources().map(({ TypeName }) => TypeName)).toEqual(["AWS::SQS::Queue"]);
  });

  test("a new id keeps the resource when it says what it was called before", async () => {
    const { deploy, emulator } = await cloud();
    await deploy(() => AWS.SQS.Queue("old", { QueueName: "jobs" }));
    const report = await deploy(() => AWS.SQS.Queue("new", { QueueName: "jobs", renamedFrom: "old" }));
    expect(report).toMatchObject({ ok: true, calls: {} });
    expect(emulator.resources()).toHaveLength(1);
  });
});
