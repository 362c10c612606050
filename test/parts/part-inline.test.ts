import { describe, expect, test } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import { secret } from "../../src/resource/secrets/secret.ts";
import { deploymentTrigger } from "../../src/resource/outputs/deployment-trigger.ts";
import { cloud, movesOf } from "../support/run.ts";
import { changeMethod, declareMethod, declareParts, methodIn } from "../support/resource/method.ts";

const inline = {
  Integration: { Type: "MOCK", IntegrationResponses: [{ StatusCode: "200" }] },
  MethodResponses: [{ StatusCode: "200" }],
};

const removals = (moves: readonly string[]): string[] =>
  moves.filter((line) => line.endsWith(": delete") || line.endsWith(": forget")).toSorted();

describe("parts that their method states itself from now on", () => {
  test.each(["plan", "deploy"] as const)(
    "are forgotten, and nothing of them is deleted, in a %s",
    async (phase) => {
      const here = await cloud();
      await here.deploy(() => declareParts());
      const before = methodIn(here);
      const report = await here.deploy(() => declareMethod(inline), { phase });
      expect(removals(movesOf(report))).toEqual(["mock: forget", "ok: forget", "reply: forget"]);
      expect(methodIn(here)).toEqual(before);
      await here.deploy(() => declareMethod(inline));
      expect(movesOf(await here.deploy(() => declareMethod(inline)))).toEqual([
        "api: nothing",
        "get: nothing",
      ]);
      expect(methodIn(here)).toEqual(before);
    },
  );

  test("are deleted where the method states another one of the list", async () => {
    const here = await cloud();
    await here.deploy(() => declareParts({ method: { MethodResponses: [{ StatusCode: "400" }] } }));
    const without = ["reply", "ok"] as const;
    const report = await here.deploy(() =>
      declareParts({ method: { MethodResponses: [{ StatusCode: "400" }] }, without }),
    );
    expect(removals(movesOf(report))).toEqual(["ok: delete", "reply: delete"]);
    expect(methodIn(here)["MethodResponses"]).toEqual([{ StatusCode: "400" }]);
  });

  test("are made again as parts once the method no longer states them", async () => {
    const here = await cloud();
    await here.deploy(() => declareMethod(inline));
    const before = methodIn(here);
    expect((await here.deploy(() => declareParts())).ok).toBe(true);
    expect(methodIn(here)).toEqual(before);
  });
});

describe("the entry of a method", () => {
  test("holds nothing of its parts, so that a trigger stays whenever the method was read", async () => {
    const here = await cloud();
    const seen: string[] = [];
    const parts = async (): Promise<void> => {
      const api = await AWS.ApiGateway.RestApi("api", { Name: "shop" });
      const get = await AWS.ApiGateway.Method("get", {
        RestApiId: api,
        ResourceId: api.RootResourceId,
        HttpMethod: "GET",
        AuthorizationType: "NONE",
      });
      const of = { RestApiId: api, ResourceId: api.RootResourceId, HttpMethod: get.HttpMethod };
      seen.push(deploymentTrigger(get, await AWS.ApiGateway.Integration("mock", { ...of, Type: "MOCK" })));
    };
    await here.deploy(parts);
    await here.deploy(parts, { refresh: true });
    await here.deploy(parts, { phase: "plan", refresh: true });
    changeMethod(here, (method) => ({ ...method, AuthorizationType: "AWS_IAM" }));
    await here.deploy(parts, { refresh: true });
    await here.deploy(parts);
    expect(new Set(seen).size).toBe(1);
    expect(seen).toHaveLength(5);
  });

  test("holds no secret of a part, for only the entry of the part knows that it is one", async () => {
    const here = await cloud();
    const reply = { ResponseTemplates: { "text/plain": secret("hunter2-very-secret") } };
    await here.deploy(() => declareParts({ reply }));
    await here.deploy(() => declareParts({ reply, method: { OperationName: "x" } }));
    const entries = await (await here.store.open("test", "dev")).entries();
    expect(entries.get("get")).toMatchObject({ live: { OperationName: "x" } });
    expect(JSON.stringify([...entries.values()])).not.toContain("hunter2");
  });

  test("holds what its own call states, parts or none", async () => {
    const here = await cloud();
    let outputs: object = {};
    await here.deploy(() => declareMethod(inline));
    const program = async (): Promise<void> => {
      const { RestApiId, RootResourceId } = await AWS.ApiGateway.RestApi("api", { Name: "shop" });
      outputs = await AWS.ApiGateway.Method("get", {
        RestApiId,
        ResourceId: RootResourceId,
        HttpMethod: "GET",
        AuthorizationType: "NONE",
        ...inline,
      });
    };
    await here.deploy(program);
    expect(outputs).toMatchObject(inline);
  });
});
