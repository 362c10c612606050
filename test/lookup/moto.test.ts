import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateIntegrationCommand,
  CreateIntegrationResponseCommand,
} from "@aws-sdk/client-apigatewayv2";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import { isMotoInstalled, startMoto } from "../support/moto.ts";
import { changeOf, cloud } from "../support/run.ts";

const of = (type: string): string => `AWS::ApiGatewayV2::${type}`;

describe.skipIf(!isMotoInstalled)("against moto_server (skipped where it is not installed)", () => {
  let moto: Awaited<ReturnType<typeof startMoto>>;
  let client: ApiGatewayV2Client;

  beforeAll(async () => {
    moto = await startMoto();
    client = new ApiGatewayV2Client({ endpoint: moto.url, region: "us-east-1" });
  }, 60_000);

  afterAll(() => {
    client.destroy();
    moto.server.kill();
  });

  /** A WebSocket API whose one integration has responses with these keys. */
  async function chat(keys: readonly string[]) {
    const RouteSelectionExpression = "$request.body.action";
    const api = { Name: "chat", ProtocolType: "WEBSOCKET", RouteSelectionExpression } as const;
    const { ApiId = "" } = await client.send(new CreateApiCommand(api));
    const { IntegrationId = "" } = await client.send(
      new CreateIntegrationCommand({ ApiId, IntegrationType: "MOCK" }),
    );
    const ids: string[] = [];
    for (const IntegrationResponseKey of keys) {
      const parents = { ApiId, IntegrationId, IntegrationResponseKey };
      const made = await client.send(new CreateIntegrationResponseCommand(parents));
      ids.push(made.IntegrationResponseId ?? "");
    }
    return { api, parents: { ApiId, IntegrationId }, ids };
  }

  /** The same behind Cloud Control, which moto does not have; our lists go to moto. */
  async function behindCloudControl({ api, parents, ids }: Awaited<ReturnType<typeof chat>>, keys: string[]) {
    const made = await cloud();
    const { emulator } = made;
    for (const name of ["CLOUDCONTROL", "CLOUDFORMATION", "STS"]) {
      vi.stubEnv(`AWS_ENDPOINT_URL_${name}`, emulator.url);
    }
    vi.stubEnv("AWS_ENDPOINT_URL_APIGATEWAYV2", moto.url);
    onTestFinished(() => void vi.unstubAllEnvs());
    emulator.put(of("Api"), { ...api, ApiId: parents.ApiId });
    emulator.put(of("Integration"), { ...parents, IntegrationType: "MOCK" });
    const identifiers = ids.map((IntegrationResponseId, i) => {
      const model = { ...parents, IntegrationResponseId, IntegrationResponseKey: `/${i}/` };
      const { Identifier } = emulator.put(of("IntegrationResponse"), model);
      // Past the refusal of a second one with the same key, which moto does not know.
      const edit = { ...model, IntegrationResponseKey: keys[i] ?? "" };
      emulator.change(of("IntegrationResponse"), Identifier, () => edit);
      return Identifier;
    });
    return { ...made, identifiers };
  }

  async function setting(keys: string[]) {
    const made = await chat(keys);
    return { ...(await behindCloudControl(made, keys)), parents: made.parents };
  }

  const reply = (parents: { ApiId: string; IntegrationId: string }, IntegrationResponseKey: string) => () =>
    AWS.ApiGatewayV2.IntegrationResponse("reply", { ...parents, IntegrationResponseKey, adopt: true });

  test("an integration response is found below its parents and adopted", async () => {
    const { deploy, parents, identifiers } = await setting(["/200/", "$default", "/404/"]);
    const report = await deploy(reply(parents, "$default"), { endpoint: undefined });
    expect(changeOf(report, "reply")).toMatchObject({ move: "adopt", identifier: identifiers[1] });
    expect(report.calls).toMatchObject({ GetIntegrationResponses: 1, GetResource: 1 });
    expect(report.calls["CreateResource"]).toBeUndefined();
  });

  test("two with the same key are AMBIGUOUS, naming both", async () => {
    const { deploy, parents, identifiers } = await setting(["/200/", "$default", "$default"]);
    const report = await deploy(reply(parents, "$default"), { endpoint: undefined });
    const { error } = changeOf(report, "reply");
    expect(error?.code).toBe("AMBIGUOUS");
    for (const identifier of identifiers.slice(1)) expect(error?.message).toContain(identifier);
  });

  test("what is not there is created through Cloud Control", async () => {
    const { deploy, parents, emulator } = await setting(["/200/"]);
    const report = await deploy(reply(parents, "/500/"), { endpoint: undefined });
    expect(changeOf(report, "reply").move).toBe("create");
    expect(emulator.resources().at(-1)?.Properties).toMatchObject({ IntegrationResponseKey: "/500/" });
  });

  test("find and list see what moto lists", async () => {
    const { deploy, parents, identifiers } = await setting(["/200/", "/404/"]);
    const { IntegrationResponse } = AWS.ApiGatewayV2;
    const seen: unknown[] = [];
    const program = async () => {
      seen.push(
        (await IntegrationResponse.find({ ...parents, IntegrationResponseKey: "/404/" }))?.identifier,
      );
      for await (const { identifier } of IntegrationResponse.list(parents)) seen.push(identifier);
    };
    await deploy(program, { endpoint: undefined });
    expect(seen[0]).toBe(identifiers[1]);
    expect(new Set(seen.slice(1))).toEqual(new Set(identifiers));
  });
});
