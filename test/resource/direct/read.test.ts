import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import type { Emulator } from "../../../src/emulator/index.ts";
import { type Cloud, changeOf, cloud, movesOf } from "../../support/run.ts";

/** Reads inside a run, so that they reach the emulated cloud; nothing is declared. */
async function reading<T>({ deploy }: Cloud, read: () => Promise<T>): Promise<T> {
  const answers: T[] = [];
  const report = await deploy(async () => void answers.push(await read()));
  expect(report.changes).toEqual([]);
  const [answer] = answers;
  if (answer === undefined) throw new Error("nothing was read");
  return answer;
}

const put = (emulator: Emulator, keys: readonly string[]): { ApiId: string; IntegrationId: string } => {
  const ApiId = emulator.put("AWS::ApiGatewayV2::Api", {
    Name: "chat",
    ProtocolType: "WEBSOCKET",
    RouteSelectionExpression: "$request.body.action",
  }).Identifier;
  const integration = emulator.put("AWS::ApiGatewayV2::Integration", { ApiId, IntegrationType: "MOCK" });
  const [, IntegrationId = ""] = integration.Identifier.split("|");
  for (const IntegrationResponseKey of keys) {
    emulator.put("AWS::ApiGatewayV2::IntegrationResponse", { ApiId, IntegrationId, IntegrationResponseKey });
  }
  return { ApiId, IntegrationId };
};

describe("get", () => {
  test("reads by text, by parts and by path, and declares nothing", async () => {
    const here = await cloud();
    const parents = put(here.emulator, ["/200/"]);
    const { Identifier } = here.emulator.resources().at(-1) ?? { Identifier: "" };
    const IntegrationResponseId = Identifier.split("|")[2] ?? "";
    for (const spelling of [
      Identifier,
      Identifier.replaceAll("|", "/"),
      { ...parents, IntegrationResponseId },
    ]) {
      const reply = await reading(here, () => AWS.ApiGatewayV2.IntegrationResponse.get(spelling));
      expect(reply).toMatchObject({ ...parents, IntegrationResponseId, IntegrationResponseKey: "/200/" });
      expect(reply.identifier).toBe(Identifier);
    }
    expect(movesOf(await here.destroy())).toEqual([]);
  });

  test("of what is not there fails with NOT_FOUND", async () => {
    const { deploy } = await cloud();
    await deploy(() =>
      expect(AWS.Logs.LogGroup.get("/nowhere")).rejects.toMatchObject({
        code: "NOT_FOUND",
        type: "AWS::Logs::LogGroup",
      }),
    );
  });

  test("with too few parts names the parts in order, before any call", async () => {
    const { deploy, emulator } = await cloud();
    await deploy(() =>
      expect(AWS.ApiGatewayV2.IntegrationResponse.get("a|b")).rejects.toThrow(
        /ApiId.*IntegrationId.*IntegrationResponseId/,
      ),
    );
    expect(emulator.calls).toEqual([]);
  });
});

describe("find", () => {
  test("finds by natural key, and nothing is undefined", async () => {
    const here = await cloud();
    const parents = put(here.emulator, ["/200/", "/404/"]);
    const found = await reading(here, () =>
      AWS.ApiGatewayV2.IntegrationResponse.find({ ...parents, IntegrationResponseKey: "/404/" }),
    );
    expect(found?.IntegrationResponseKey).toBe("/404/");
    await here.deploy(async () => {
      const key = { ...parents, IntegrationResponseKey: "/500/" };
      expect(await AWS.ApiGatewayV2.IntegrationResponse.find(key)).toBeUndefined();
    });
  });

  test("finds by the identifier that the key spells out", async () => {
    const here = await cloud();
    here.emulator.put("AWS::Logs::LogGroup", { LogGroupName: "/app" });
    const found = await reading(here, () => AWS.Logs.LogGroup.find({ LogGroupName: "/app" }));
    expect(found?.identifier).toBe("/app");
  });

  test("of two that match is AMBIGUOUS", async () => {
    const { deploy, emulator } = await cloud();
    for (const ProtocolType of ["HTTP", "HTTP"])
      emulator.put("AWS::ApiGatewayV2::Api", { Name: "twin", ProtocolType });
    await deploy(() =>
      expect(AWS.ApiGatewayV2.Api.find({ Name: "twin" })).rejects.toMatchObject({ code: "AMBIGUOUS" }),
    );
  });
});

describe("list", () => {
  test("gives everything below the parents, whole", async () => {
    const here = await cloud();
    const parents = put(here.emulator, ["/200/", "/404/", "$default"]);
    const keys = await reading(here, async () => {
      const found: string[] = [];
      for await (const reply of AWS.ApiGatewayV2.IntegrationResponse.list(parents)) {
        found.push(reply.IntegrationResponseKey);
      }
      return found;
    });
    expect(keys.toSorted()).toEqual(["$default", "/200/", "/404/"]);
  });

  test("turns every page", async () => {
    const here = await cloud();
    const names = Array.from({ length: 230 }, (_, i) => `/app/${String(i).padStart(3, "0")}`);
    for (const LogGroupName of names) here.emulator.put("AWS::Logs::LogGroup", { LogGroupName });
    const found = await reading(here, async () => {
      const all: string[] = [];
      for await (const group of AWS.Logs.LogGroup.list()) all.push(group.LogGroupName ?? "");
      return all;
    });
    expect(found.toSorted()).toEqual(names);
  });
});

test("a resource adopted by a reference to its parent is found too", async () => {
  const { deploy, emulator } = await cloud();
  const { IntegrationId } = put(emulator, ["/200/"]);
  const report = await deploy(async () => {
    const api = await AWS.ApiGatewayV2.Api("api", {
      Name: "chat",
      ProtocolType: "WEBSOCKET",
      RouteSelectionExpression: "$request.body.action",
      adopt: true,
    });
    await AWS.ApiGatewayV2.IntegrationResponse("reply", {
      ApiId: api,
      IntegrationId,
      IntegrationResponseKey: "/200/",
      adopt: true,
    });
  });
  expect(changeOf(report, "reply").move).toBe("adopt");
});
