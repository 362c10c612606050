import { expect, onTestFinished, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import { startEmulator } from "../../../src/emulator/index.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import { runFast } from "../../support/crash/fast-run.ts";
import { tell } from "../../support/crash/tell.ts";

const count = 100;

/** Declares an API, an integration and its responses, so many at a time. */
const program = (width: number) => async (): Promise<void> => {
  const api = await AWS.ApiGatewayV2.Api("api", {
    Name: "chat",
    ProtocolType: "WEBSOCKET",
    RouteSelectionExpression: "$request.body.action",
  });
  const mock = await AWS.ApiGatewayV2.Integration("mock", { ApiId: api, IntegrationType: "MOCK" });
  const reply = (n: number): Promise<unknown> =>
    AWS.ApiGatewayV2.IntegrationResponse(`r${n}`, {
      ApiId: api,
      IntegrationId: mock,
      IntegrationResponseKey: `/${n}/`,
    });
  for (let n = 0; n < count; n += width) {
    await Promise.all(Array.from({ length: Math.min(width, count - n) }, (_, i) => reply(n + i)));
  }
};

/** Deploys against a cloud that refuses concurrent edits of one API; how long it took, in ms. */
async function deployed(width: number): Promise<number> {
  const emulator = await startEmulator({ operationMs: 10, concurrentEdits: "refuse" });
  onTestFinished(() => emulator.close());
  const options = { store: memoryStore(), endpoint: emulator.url, schemas: "bundled" } as const;
  const startedAt = performance.now();
  const report = await runFast("deploy", program(width), options);
  const took = performance.now() - startedAt;
  expect(report.changes.filter(({ error }) => error)).toEqual([]);
  const responses = emulator
    .resources()
    .filter(({ TypeName }) => TypeName === "AWS::ApiGatewayV2::IntegrationResponse");
  expect(new Set(responses.map(({ Properties }) => Properties["IntegrationResponseKey"])).size).toBe(count);
  expect(responses).toHaveLength(count);
  return took;
}

test("a hundred responses of one API that refuses concurrent edits are all made, and none twice", async () => {
  const oneByOne = await deployed(1);
  const atOnce = await deployed(count);
  tell(`100 integration responses: ${(atOnce / oneByOne).toFixed(2)} x the time of one after another`);
});
