import { expect, test } from "vitest";
import { AWS } from "../../../src/index.ts";
import { resourceFunction } from "../../../src/aws/resource-function.ts";
import { reconcile } from "../../../src/app/reconcile.ts";
import type { Props } from "../../../src/json.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import type { StateStore } from "../../../src/state/store.ts";
import { cloud } from "../../support/run.ts";

const nobody = "http://127.0.0.1:1";

const entriesOf = async (store: StateStore): Promise<string[]> =>
  [...(await (await store.open("test", "dev")).entries()).entries()].map(([id, entry]) =>
    JSON.stringify([id, entry]),
  );

const declare = (type: string, props: Props): (() => Promise<unknown>) => {
  const f = resourceFunction<Props, Props, string>(type);
  return () => f("one", props);
};

test.each([
  ["a queue", "AWS::SQS::Queue", { QueueName: "q" }],
  ["a topic", "AWS::SNS::Topic", { TopicName: "t" }],
  ["a log group", "AWS::Logs::LogGroup", { LogGroupName: "l" }],
  ["an API", "AWS::ApiGatewayV2::Api", { Name: "a", ProtocolType: "HTTP" }],
  ["a bus", "AWS::Events::EventBus", { Name: "p" }],
  ["one to adopt", "AWS::SQS::Queue", { QueueName: "q", adopt: true }],
])(
  "a wrong endpoint leaves nothing of %s in the store, and the right one serves",
  async (_, type, props) => {
    const store = memoryStore();
    const { deploy } = await cloud({}, store);
    const program = declare(type, props);
    const failed = await reconcile("test", program, { store, endpoint: nobody, schemas: "bundled" });
    expect(failed.changes).toMatchObject([{ error: { code: "UNREACHABLE" } }]);
    expect(await entriesOf(store)).toEqual([]);
    expect((await deploy(program)).changes).toMatchObject([{ move: "create" }]);
  },
  60_000,
);

test("an update and a deletion that nobody hears leave the entry as it was", async () => {
  const store = memoryStore();
  const { deploy, emulator, events } = await cloud({}, store);
  const queue = (more: Props): (() => Promise<unknown>) =>
    declare("AWS::SQS::Queue", { QueueName: "q", ...more });
  await deploy(queue({}));
  const before = await entriesOf(store);
  await emulator.close();
  events.splice(0);
  const updated = await deploy(queue({ DelaySeconds: 5 }));
  expect(updated.changes).toMatchObject([{ error: { code: "UNREACHABLE" } }]);
  expect(await entriesOf(store)).toEqual(before);
  const deleted = await deploy(() => Promise.resolve());
  expect(deleted.changes).toMatchObject([{ error: { code: "UNREACHABLE" } }]);
  expect(await entriesOf(store)).toEqual(before);
}, 60_000);

test("a write whose answer was lost keeps its intent", async () => {
  const store = memoryStore();
  const { deploy } = await cloud(
    { faults: ({ api }) => (api === "CreateResource" ? { dropAfter: true } : undefined) },
    store,
  );
  const report = await deploy(() => AWS.SQS.Queue("one", { QueueName: "q" }), { timeout: 300 });
  expect(report.ok).toBe(false);
  expect((await entriesOf(store)).join()).toContain('"intent"');
}, 60_000);
