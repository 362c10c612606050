import { describe, expect, test } from "vitest";
import { cloudControl } from "../../src/cloudcontrol/cloud-control.ts";
import { apiGatewayV2 } from "../../src/lookup/api-gateway-v2.ts";
import type { Wire } from "../../src/wire/client.ts";
import { type Page, itemsOf } from "../../src/wire/pages.ts";
import { fakeClock } from "../support/wire/fake-clock.ts";
import { answer, scripted } from "../support/wire/scripted.ts";

async function all(items: AsyncIterable<unknown>): Promise<unknown[]> {
  const list: unknown[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** Pages by their number, from 0. */
const listOf = (page: (n: number) => Page<string>): AsyncIterable<string> => {
  let n = -1;
  return itemsOf({ fetch: async () => page((n += 1)), keyOf: (item) => item });
};

describe("a list", () => {
  test("is read to its end, over empty pages too", async () => {
    const pages: Page<string>[] = [
      { items: ["a"], next: "1" },
      { items: [], next: "2" },
      { items: ["b", "c"], next: undefined },
    ];
    expect(await all(listOf((n) => pages[n] ?? { items: [], next: undefined }))).toEqual(["a", "b", "c"]);
  });

  test.each<[string, (n: number) => Page<string>]>([
    ["whose token repeats at once", (n) => ({ items: [`${n}`], next: "same" })],
    ["whose tokens go round", (n) => ({ items: [`${n}`], next: `${n % 7}` })],
    ["that is empty for ever", (n) => ({ items: [], next: `${n}` })],
    ["that shows the same for ever", (n) => ({ items: ["a", "b"], next: `${n}` })],
    ["that goes round in what it shows", (n) => ({ items: [`${n % 50}`], next: `${n}` })],
  ])("%s is UNAVAILABLE, not endless", async (_, page) => {
    await expect(all(listOf(page))).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  test("of 3,000 pages is a list all the same", async () => {
    const long = listOf((n) => ({ items: [`${n}`], next: n < 3_000 ? `${n + 1}` : undefined }));
    expect(await all(long)).toHaveLength(3_001);
  });
});

describe("over HTTP", () => {
  const wireOf = (more: Partial<Wire> = {}): Wire => ({ clock: fakeClock(), concurrency: 10, ...more });
  const resources = { TypeName: "AWS::Demo::Named", ResourceDescriptions: [], NextToken: "again" };

  test.each([
    [
      "ListResources",
      resources,
      (at: string, wire: Wire) => cloudControl(at2(at), wire).list({ TypeName: "AWS::Demo::Named" }),
    ],
    [
      "GetApis",
      { items: [], nextToken: "again" },
      (at: string, wire: Wire) => apiGatewayV2(at2(at), wire).list("AWS::ApiGatewayV2::Api", {}),
    ],
    [
      "GetStages",
      { items: [], nextToken: "again" },
      (at: string, wire: Wire) =>
        apiGatewayV2(at2(at), wire).list("AWS::ApiGatewayV2::Stage", { ApiId: "a" }),
    ],
  ])("a NextToken of %s that repeats ends with a code", async (_, page, list) => {
    const server = await scripted(answer(page));
    await expect(all(list(server.url, wireOf()))).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(server.requests.length).toBeLessThan(4);
  });

  test.each(["run", "caller"])("pages without end stop with the signal of the %s", async (whose) => {
    const stop = new AbortController();
    let n = 0;
    const server = await scripted((response) => {
      n += 1;
      if (n === 5) stop.abort();
      answer({
        ...resources,
        ResourceDescriptions: [{ Identifier: `${n}`, Properties: "{}" }],
        NextToken: `${n}`,
      })(response);
    });
    const control = cloudControl(at2(server.url), wireOf(whose === "run" ? { signal: stop.signal } : {}));
    const listing = { TypeName: "AWS::Demo::Named", ...(whose === "caller" && { signal: stop.signal }) };
    await expect(all(control.list(listing))).rejects.toMatchObject({ code: "ABORTED" });
    expect(server.requests).toHaveLength(5);
  });
});

const at2 = (endpoint: string): { region: string; endpoint: string } => ({ region: "us-east-1", endpoint });
