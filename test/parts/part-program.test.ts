import { describe, expect, test } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import { type Json, type Pointer, type Props, segmentsOf, withValueAt } from "../../src/json.ts";
import { memoryStore } from "../../src/state/memory.ts";
import { type Cloud, changeOf, cloud, movesOf } from "../support/run.ts";

type Part = "integration" | "answer" | "reply";

/** What may differ from the program as it is. */
interface Edits {
  readonly api?: object;
  readonly resource?: object;
  readonly method?: object;
  readonly integration?: object;
  readonly answer?: object;
  readonly reply?: object;
  readonly without?: readonly Part[];
}

/** The six resources of Pulumi's page on the integration response. */
const program =
  (edits: Edits = {}) =>
  async (): Promise<void> => {
    const api = await AWS.ApiGateway.RestApi("api", { Name: "MyDemoAPI", ...edits.api });
    const resource = await AWS.ApiGateway.Resource("resource", {
      RestApiId: api,
      ParentId: api.RootResourceId,
      PathPart: "mydemoresource",
      ...edits.resource,
    });
    const { HttpMethod } = await AWS.ApiGateway.Method("method", {
      RestApiId: api,
      ResourceId: resource,
      HttpMethod: "GET",
      AuthorizationType: "NONE",
      ...edits.method,
    });
    const of = { RestApiId: api, ResourceId: resource, HttpMethod };
    const without = new Set(edits.without);
    if (!without.has("integration")) {
      await AWS.ApiGateway.Integration("integration", { ...of, Type: "MOCK", ...edits.integration });
    }
    if (!without.has("answer")) {
      await AWS.ApiGateway.MethodResponse("answer", { ...of, StatusCode: "200", ...edits.answer });
    }
    if (!without.has("reply")) {
      await AWS.ApiGateway.IntegrationResponse("reply", { ...of, StatusCode: "200", ...edits.reply });
    }
  };

const methodIn = ({ emulator }: Cloud): Props =>
  emulator.resources().find(({ TypeName }) => TypeName === "AWS::ApiGateway::Method")?.Properties ?? {};

const changed = (lines: readonly string[]): string[] => lines.filter((line) => !line.endsWith(": nothing"));

describe("the program of Pulumi's page", () => {
  test("makes six resources, and its second run makes no call", async () => {
    const here = await cloud();
    expect(movesOf(await here.deploy(program())).every((line) => line.endsWith(": create"))).toBe(true);
    const before = here.emulator.calls.length;
    const again = await here.deploy(program());
    expect(again.changes).toHaveLength(6);
    expect(here.emulator.calls).toHaveLength(before);
  });

  test.each<[keyof Edits, Pointer, Json]>([
    ["api", "/Description", "another"],
    ["method", "/ApiKeyRequired", true],
    ["integration", "/Integration/PassthroughBehavior", "NEVER"],
    ["answer", "/MethodResponses/0/ResponseModels", { "application/json": "Empty" }],
    ["reply", "/Integration/IntegrationResponses/0/ResponseTemplates", { "application/xml": "<m/>" }],
  ])("%s is changed by itself and back, and nothing of a sibling with it", async (id, at, value) => {
    const here = await cloud();
    await here.deploy(program());
    const before = methodIn(here);
    const [name = ""] = segmentsOf(at).slice(-1);
    expect(changed(movesOf(await here.deploy(program({ [id]: { [name]: value } }))))).toEqual([
      `${id}: update`,
    ]);
    // The API is no member of its methods.
    expect(methodIn(here)).toEqual(id === "api" ? before : withValueAt(before, at, value));
    expect(changed(movesOf(await here.deploy(program())))).toEqual([`${id}: update`]);
    expect(methodIn(here)).toEqual(before);
  });

  test("each of the six is adopted into an empty store, and the method stays as it was", async () => {
    const here = await cloud();
    await here.deploy(program());
    const before = methodIn(here);
    const report = await here.deploy(program(), { adopt: true, store: memoryStore() });
    expect(movesOf(report)).toEqual(
      ["api", "resource", "method", "integration", "answer", "reply"].map((id) => `${id}: adopt`),
    );
    expect(report.changes.flatMap(({ patch = [] }) => patch)).toEqual([]);
    expect(methodIn(here)).toEqual(before);
  });

  test("the reply is destroyed by itself, then the answer, then the integration, and nothing else goes with them", async () => {
    const here = await cloud();
    await here.deploy(program());
    const before = methodIn(here) as { Integration: object; MethodResponses: object[] };
    const gone: Part[] = [];
    const expected = [
      { MethodResponses: before.MethodResponses },
      { Integration: expect.objectContaining({ Type: "MOCK" }) as object },
      { HttpMethod: "GET" },
    ];
    for (const [i, part] of (["reply", "answer", "integration"] as const).entries()) {
      gone.push(part);
      expect(changed(movesOf(await here.deploy(program({ without: gone }))))).toEqual([`${part}: delete`]);
      expect(methodIn(here)).toMatchObject(expected[i] ?? {});
    }
    expect(methodIn(here)["Integration"]).toBeUndefined();
    expect(methodIn(here)["MethodResponses"]).toBeUndefined();
  });

  test("every part is found where it lives", async () => {
    const here = await cloud();
    let found: unknown[] = [];
    await here.deploy(async () => {
      await program()();
      const { RestApiId, ResourceId, HttpMethod } = methodIn(here) as Record<
        "RestApiId" | "ResourceId" | "HttpMethod",
        string
      >;
      const of = { RestApiId, ResourceId, HttpMethod };
      found = await Promise.all([
        AWS.ApiGateway.Integration.find({ ...of }),
        AWS.ApiGateway.MethodResponse.find({ ...of, StatusCode: "200" }),
        AWS.ApiGateway.IntegrationResponse.find({ ...of, StatusCode: "200" }),
        AWS.ApiGateway.IntegrationResponse.find({ ...of, StatusCode: "404" }),
      ]);
    });
    expect(found.map((one) => one !== undefined)).toEqual([true, true, true, false]);
  });

  test("the api of a method is changed without its report naming anything else", async () => {
    const here = await cloud();
    await here.deploy(program());
    const report = await here.deploy(program({ api: { Description: "another" } }));
    expect(changeOf(report, "api").patch).toEqual([{ op: "add", path: "/Description", value: "another" }]);
  });
});
