import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import { changeOf, cloud, movesOf } from "../../support/run.ts";

const parents = (emulator: Awaited<ReturnType<typeof cloud>>["emulator"]): { readonly ApiId: string } => ({
  ApiId: emulator.put("AWS::ApiGatewayV2::Api", { Name: "chat", ProtocolType: "HTTP" }).Identifier,
});

describe("what is found by all that is declared", () => {
  describe("with adopt, of a type that nothing tells apart", () => {
    const integration = (id: string, more: object) => (ApiId: string) => () =>
      AWS.ApiGatewayV2.Integration(id, { ApiId, IntegrationType: "HTTP_PROXY", adopt: true, ...more });
    const uri = "https://example.org/a";
    const put = (emulator: Parameters<typeof parents>[0], ApiId: string, IntegrationUri: string): string =>
      emulator.put("AWS::ApiGatewayV2::Integration", {
        ApiId,
        IntegrationType: "HTTP_PROXY",
        IntegrationMethod: "GET",
        IntegrationUri,
      }).Identifier;

    test("the only one that shows all that is declared is taken over", async () => {
      const { deploy, emulator } = await cloud();
      const { ApiId } = parents(emulator);
      put(emulator, ApiId, "https://example.org/b");
      const identifier = put(emulator, ApiId, uri);
      const before = emulator.resources().length;
      const report = await deploy(integration("a", { IntegrationUri: uri, IntegrationMethod: "GET" })(ApiId));
      expect(changeOf(report, "a")).toMatchObject({ move: "adopt", identifier });
      expect(emulator.resources()).toHaveLength(before);
    });

    test("several are AMBIGUOUS, by name, and nothing is made", async () => {
      const { deploy, emulator } = await cloud();
      const { ApiId } = parents(emulator);
      const both = [put(emulator, ApiId, uri), put(emulator, ApiId, uri)];
      const before = emulator.resources().length;
      const report = await deploy(integration("a", { IntegrationUri: uri })(ApiId));
      expect(changeOf(report, "a").error).toMatchObject({ code: "AMBIGUOUS" });
      for (const one of both) expect(changeOf(report, "a").error?.message).toContain(one);
      expect(emulator.resources()).toHaveLength(before);
    });

    test("where none shows it, it is made; and what another id has taken counts for nobody else", async () => {
      const { deploy, emulator } = await cloud();
      const { ApiId } = parents(emulator);
      put(emulator, ApiId, uri);
      const program = async (): Promise<void> => {
        await integration("a", { IntegrationUri: uri })(ApiId)();
        await integration("b", { IntegrationUri: uri })(ApiId)();
        await integration("c", { IntegrationUri: "https://example.org/c" })(ApiId)();
      };
      expect(movesOf(await deploy(program))).toEqual(["a: adopt", "b: create", "c: create"]);
      expect(movesOf(await deploy(program))).toEqual(["a: nothing", "b: nothing", "c: nothing"]);
    });

    test("what another call is just making is left to it, though its create has not been answered", async () => {
      const { deploy, emulator } = await cloud();
      const { ApiId } = parents(emulator);
      const program = async (): Promise<void> => {
        const ids = ["a", "b", "c", "d"];
        const timed = ids.map(async (id, i) => {
          await new Promise((done) => setTimeout(done, i * 40));
          return integration(id, { IntegrationUri: uri, ...(i === 0 && { IntegrationMethod: "GET" }) })(
            ApiId,
          )();
        });
        await Promise.all(timed);
      };
      expect(movesOf(await deploy(program)).toSorted()).toEqual([
        "a: create",
        "b: create",
        "c: create",
        "d: create",
      ]);
      expect(emulator.resources()).toHaveLength(5);
    });

    test("who leaves a name to AWS wants a new one", async () => {
      const { deploy, emulator } = await cloud();
      emulator.put("AWS::SQS::Queue", { QueueName: "theirs", DelaySeconds: 5 });
      const report = await deploy(() => AWS.SQS.Queue("mine", { DelaySeconds: 5, adopt: true }));
      expect(changeOf(report, "mine").move).toBe("create");
    });
  });
});
