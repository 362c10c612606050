import { describe, expect, onTestFinished, test } from "vitest";
import { app } from "../../../src/app/app.ts";
import { AWS } from "../../../src/aws/namespace.ts";
import { resourceFunction } from "../../../src/aws/resource-function.ts";
import type { Props } from "../../../src/json.ts";
import { secret } from "../../../src/resource/secrets/secret.ts";
import { enter } from "../../../src/scope/ambient.ts";
import { cloud, movesOf } from "../../support/run.ts";
import { asked, cloudOf, probe, putProbes } from "../../support/resource/probe.ts";

const Probe = resourceFunction<Props, Props, "Id">(probe.typeName);

const sent = (calls: readonly { readonly api: string; readonly body: unknown }[], api: string) =>
  calls.filter((call) => call.api === api).map(({ body }) => body);

describe("update", () => {
  test("patches what is given, leaves the rest, and resolves with outputs", async () => {
    const made = await cloudOf([probe]);
    const [id = ""] = putProbes(made, 1, () => ({ Name: "n", Colour: "red", Limits: { Low: 1, High: 2 } }));
    const outputs = await asked(made, () => Probe.update(id, { Colour: "blue", Limits: { Low: 0 } }));
    expect(outputs).toMatchObject({ Id: id, Name: "n", Colour: "blue", Limits: { Low: 0, High: 2 } });
    expect(outputs).toHaveProperty("identifier", id);
    expect(made.emulator.resources()[0]?.Properties).toMatchObject({ Name: "n", Colour: "blue" });
    expect(sent(made.emulator.calls, "UpdateResource")).toHaveLength(1);
  });

  test("sends nothing where nothing differs", async () => {
    const made = await cloudOf([probe]);
    const [id = ""] = putProbes(made, 1, () => ({ Name: "n", Colour: "red" }));
    await asked(made, () => Probe.update({ Id: id }, { Colour: "red" }));
    expect(sent(made.emulator.calls, "UpdateResource")).toEqual([]);
  });

  test("records nothing and needs no stage, so that another run may hold it", async () => {
    const made = await cloudOf([probe]);
    const [id = ""] = putProbes(made, 1, () => ({ Colour: "red" }));
    const stage = await made.store.open("test", "dev");
    const held = await stage.lock();
    onTestFinished(() => enter(undefined));
    await app("test", { store: made.store, endpoint: made.emulator.url, quiet: true });
    expect(await Probe.update(id, { Colour: "blue" })).toMatchObject({ Colour: "blue" });
    await Probe.delete(id);
    await held.release();
    expect((await stage.entries()).size).toBe(0);
    expect(made.emulator.resources()).toEqual([]);
  });

  test("refuses a change of what is fixed at creation, naming it", async () => {
    const made = await cloudOf([probe]);
    const [id = ""] = putProbes(made, 1, () => ({ Name: "n" }));
    const before = made.emulator.resources();
    await made.deploy(() =>
      expect(Probe.update(id, { Project: "q" })).rejects.toMatchObject({
        code: "ADOPT_MISMATCH",
        paths: ["/Project"],
        identifier: id,
      }),
    );
    expect(made.emulator.resources()).toEqual(before);
  });

  test("of what is not there is NOT_FOUND", async () => {
    const made = await cloud();
    await made.deploy(() =>
      expect(AWS.Logs.LogGroup.update("/none", { RetentionInDays: 7 })).rejects.toMatchObject({
        code: "NOT_FOUND",
        type: "AWS::Logs::LogGroup",
      }),
    );
  });

  test("checks what is given and asks for nothing else that creation requires", async () => {
    const made = await cloud();
    const ApiId = made.emulator.put("AWS::ApiGatewayV2::Api", { Name: "a", ProtocolType: "HTTP" }).Identifier;
    const route = made.emulator.put("AWS::ApiGatewayV2::Route", { ApiId, RouteKey: "GET /" }).Identifier;
    const { Route } = AWS.ApiGatewayV2;
    const outputs = await asked(made, () => Route.update(route, { OperationName: "read" }));
    expect(outputs).toMatchObject({ RouteKey: "GET /", OperationName: "read" });
    await made.deploy(async () => {
      await expect(Route.update(route, { RouteId: "r" } as object)).rejects.toThrow(/RouteId.*set by AWS/);
      await expect(Route.update(route, { OperationNam: "x" } as object)).rejects.toThrow(/OperationName\?/);
    });
  });

  test("tries again as a declared update does", async () => {
    const made = await cloudOf([probe], {
      faults: ({ api, count }) =>
        api === "UpdateResource" && count === 1
          ? { failWith: { code: "Throttling", message: "slow down" } }
          : undefined,
    });
    const [id = ""] = putProbes(made, 1, () => ({ Colour: "red" }));
    await asked(made, () => Probe.update(id, { Colour: "blue" }));
    const bodies = sent(made.emulator.calls, "UpdateResource").map((body) => JSON.stringify(body));
    expect(bodies).toHaveLength(2);
    expect(bodies[0]).not.toBe(bodies[1]);
  });

  test("shows no secret in its failure", async () => {
    const made = await cloudOf([probe], {
      faults: ({ api }) =>
        api === "UpdateResource"
          ? { failWith: { code: "InvalidRequest", message: "hunter2 is no colour" } }
          : undefined,
    });
    const [id = ""] = putProbes(made, 1, () => ({ Colour: "red" }));
    await made.deploy(() =>
      expect(Probe.update(id, { Colour: secret("hunter2") })).rejects.toThrow(/^(?!.*hunter2)/),
    );
  });
});

describe("delete", () => {
  test("resolves once the resource is gone, and for one that never was", async () => {
    const made = await cloudOf([probe], { operationMs: 60 });
    const [id = ""] = putProbes(made, 1, () => ({}));
    await asked(made, async () => {
      await Probe.delete({ Id: id });
      expect(made.emulator.resources()).toEqual([]);
      await Probe.delete(id);
    });
  });

  test("takes the resource itself", async () => {
    const made = await cloud();
    const report = await made.deploy(async () => {
      const group = await AWS.Logs.LogGroup("log", { LogGroupName: "/app" });
      await AWS.Logs.LogGroup.delete(group);
    });
    expect(movesOf(report)).toEqual(["log: create"]);
    expect(made.emulator.resources()).toEqual([]);
  });

  test("fails with what the service says", async () => {
    const message = "delete what is inside first";
    const made = await cloudOf([probe], {
      faults: ({ api }) =>
        api === "DeleteResource" ? { failWith: { code: "InvalidRequest", message } } : undefined,
    });
    const [id = ""] = putProbes(made, 1, () => ({}));
    await made.deploy(() =>
      expect(Probe.delete(id)).rejects.toMatchObject({
        code: "INVALID_REQUEST",
        what: expect.stringContaining(message),
      }),
    );
  });
});

describe("inside a plan", () => {
  test("nothing is written and a notice tells what would be", async () => {
    const made = await cloudOf([probe]);
    const [id = ""] = putProbes(made, 1, () => ({ Name: "n", Colour: "red" }));
    const before = made.emulator.resources();
    const outputs: unknown[] = [];
    const program = async () => {
      outputs.push(await Probe.update(id, { Colour: "blue" }));
      await Probe.delete(id);
    };
    expect((await made.deploy(program, { phase: "plan" })).ok).toBe(true);
    expect(outputs).toMatchObject([{ Name: "n", Colour: "blue" }]);
    expect(made.emulator.resources()).toEqual(before);
    const notices = made.events.flatMap((event) => (event.name === "notice" ? [event.message] : []));
    expect(notices).toEqual([
      `${probe.typeName}: ${id} would be updated at /Colour`,
      `${probe.typeName}: ${id} would be deleted`,
    ]);
  });
});
