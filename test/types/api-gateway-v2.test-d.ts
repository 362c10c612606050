import { describe, expectTypeOf, test } from "vitest";
import { Api, IntegrationResponse, Stage } from "await-aws/ApiGatewayV2";
import type {
  ApiOutputs,
  DeploymentOutputs,
  IntegrationResponseOutputs,
  IntegrationResponseProps,
} from "await-aws/ApiGatewayV2";

declare const api: ApiOutputs;
declare const deployment: DeploymentOutputs;

const reply = { ApiId: "a", IntegrationId: "i", IntegrationResponseKey: "$default" } as const;

describe("an integration response", () => {
  test("resolves with its own identifier and what was asked", () => {
    expectTypeOf(IntegrationResponse("reply", reply)).toEqualTypeOf<Promise<IntegrationResponseOutputs>>();
    expectTypeOf<IntegrationResponseOutputs["IntegrationResponseId"]>().toEqualTypeOf<string>();
    expectTypeOf<IntegrationResponseOutputs["identifier"]>().toEqualTypeOf<string>();
    expectTypeOf<IntegrationResponseOutputs["ApiId"]>().toEqualTypeOf<string>();
    expectTypeOf<IntegrationResponseOutputs["ResponseTemplates"]>().toEqualTypeOf<
      { readonly [name: string]: string } | undefined
    >();
  });

  test("asks for all that identifies its place", () => {
    // @ts-expect-error the key is missing
    void IntegrationResponse("reply", { ApiId: "a", IntegrationId: "i" });
    // @ts-expect-error an id is missing
    void IntegrationResponse({ ...reply });
  });

  test("lets no misspelt property or option pass", () => {
    // @ts-expect-error TemplateSelectionExpresion
    void IntegrationResponse("reply", { ...reply, TemplateSelectionExpresion: "x" });
    // @ts-expect-error adpot
    void IntegrationResponse("reply", { ...reply, adpot: true });
  });

  test("takes options beside its properties", () => {
    void IntegrationResponse("reply", { ...reply, adopt: true, region: "eu-west-1", dependsOn: [api] });
    void IntegrationResponse("reply", { ...reply, adopt: { by: ["IntegrationResponseKey"], exact: true } });
    // @ts-expect-error a region is text
    void IntegrationResponse("reply", { ...reply, region: 1 });
  });

  test("takes maps of text for its templates, and nothing else", () => {
    void IntegrationResponse("reply", { ...reply, ResponseTemplates: { "application/json": "{}" } });
    // @ts-expect-error a template is text
    void IntegrationResponse("reply", { ...reply, ResponseTemplates: { "application/json": 200 } });
  });

  test("takes undefined for what is optional, so that conditions can be written in place", () => {
    void IntegrationResponse("reply", { ...reply, ContentHandlingStrategy: undefined });
    // @ts-expect-error the key is required
    void IntegrationResponse("reply", { ...reply, IntegrationResponseKey: undefined });
  });

  test("offers the keys that there are and takes others", () => {
    expectTypeOf<"$default" | "/200/">().toExtend<IntegrationResponseProps["IntegrationResponseKey"]>();
    expectTypeOf<string>().toExtend<IntegrationResponseProps["IntegrationResponseKey"]>();
    expectTypeOf<number>().not.toExtend<IntegrationResponseProps["IntegrationResponseKey"]>();
  });
});

describe("a reference", () => {
  test("takes the resource itself or what it is named by", () => {
    void IntegrationResponse("reply", { ...reply, ApiId: api });
    void Stage("live", { ApiId: api, StageName: "live", DeploymentId: deployment });
    void Stage("live", { ApiId: api.ApiId, StageName: "live", DeploymentId: "d1" });
  });

  test("takes no other resource and no promise of one", () => {
    // @ts-expect-error a deployment is no API
    void Stage("live", { ApiId: { DeploymentId: "d1" }, StageName: "live" });
    // @ts-expect-error not awaited
    void Stage("live", { ApiId: Api("api", { Name: "x", ProtocolType: "HTTP" }), StageName: "live" });
  });
});

describe("reading", () => {
  test("takes an identifier as text or by its own parts", () => {
    const parts = { ApiId: "a", IntegrationId: "i", IntegrationResponseId: "r" };
    expectTypeOf(IntegrationResponse.get("a|i|r")).toEqualTypeOf<Promise<IntegrationResponseOutputs>>();
    void IntegrationResponse.get(parts, { region: "eu-west-1" });
    // @ts-expect-error a part is missing
    void IntegrationResponse.get({ ApiId: "a", IntegrationId: "i" });
  });

  test("may find nothing", () => {
    expectTypeOf(IntegrationResponse.find(reply)).toEqualTypeOf<
      Promise<IntegrationResponseOutputs | undefined>
    >();
  });

  test("lists outputs below parents", () => {
    expectTypeOf(IntegrationResponse.list({ ApiId: api })).toEqualTypeOf<
      AsyncIterable<IntegrationResponseOutputs>
    >();
  });
});

describe("writing past the store", () => {
  const identifier = { ApiId: "a", IntegrationId: "i", IntegrationResponseId: "r" };

  test("updates some properties and gives the whole", () => {
    const updated = IntegrationResponse.update(identifier, { TemplateSelectionExpression: "$.kind" });
    expectTypeOf(updated).toEqualTypeOf<Promise<IntegrationResponseOutputs>>();
    void Stage.update("a|live", { DeploymentId: deployment }, { timeout: 1_000, region: "eu-west-1" });
    // @ts-expect-error a misspelt property
    void IntegrationResponse.update("a|i|r", { TemplateSelection: "$.kind" });
    // @ts-expect-error nothing is adopted here
    void IntegrationResponse.update("a|i|r", {}, { adopt: true });
  });

  test("deletes by text, by parts or the resource itself, and gives nothing", () => {
    expectTypeOf(IntegrationResponse.delete(identifier)).toEqualTypeOf<Promise<void>>();
    void Api.delete(api);
    // @ts-expect-error a part is missing
    void IntegrationResponse.delete({ ApiId: "a", IntegrationId: "i" });
  });
});

test("permissions are actions by handler", () => {
  expectTypeOf(IntegrationResponse.permissions()).toEqualTypeOf<
    Promise<Readonly<Record<string, readonly string[]>>>
  >();
});
