import { describe, expect, test } from "vitest";
import { importScript } from "../../../src/app/import/import-script.ts";
import { AWS } from "../../../src/aws/namespace.ts";
import { ResourceError } from "../../../src/errors.ts";
import { bundledFacts } from "../../../src/schema/bundled.ts";
import type { Json } from "../../../src/json.ts";
import type { Facts } from "../../../src/schema/facts.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import type { StateStore } from "../../../src/state/store.ts";
import { type Cloud, cloud, movesOf } from "../../support/run.ts";
import { programOf } from "../../support/app/script-of.ts";

interface Named {
  readonly type: string;
  readonly identifier: string;
}

const everythingIn = ({ emulator }: Cloud): Named[] =>
  emulator.resources().map(({ TypeName, Identifier }) => ({ type: TypeName, identifier: Identifier }));

function imported(here: Cloud, resources: readonly Named[], more: object = {}): Promise<string> {
  const options = { endpoint: here.emulator.url, store: here.store };
  return importScript({ app: "test", resources, ...more }, options);
}

const recordedIn = async ({ store }: Cloud): Promise<string[]> => [
  ...(await (await store.open("test", "dev")).entries()).keys(),
];

/** A store that takes so many entries and no more. */
function full(store: StateStore, after: number): StateStore {
  let count = 0;
  const refused = new ResourceError("STATE_UNWRITABLE", "the disk is full");
  return {
    ...store,
    open: async (app, stage) => {
      const state = await store.open(app, stage);
      return { ...state, put: (entry) => (++count > after ? Promise.reject(refused) : state.put(entry)) };
    },
  };
}

describe("an import that records", () => {
  test("records nothing when one of its resources is recorded already, so that no later run deletes the others", async () => {
    const here = await cloud();
    for (const QueueName of ["q1", "q2"]) here.emulator.put("AWS::SQS::Queue", { QueueName });
    const program = () => AWS.SQS.Queue("mine", { QueueName: "q2", adopt: true });
    await here.deploy(program);
    const refused = imported(here, everythingIn(here), { write: true });
    await expect(refused).rejects.toMatchObject({ code: "OWNED" });
    expect(await recordedIn(here)).toEqual(["mine"]);
    expect(movesOf(await here.deploy(program))).toEqual(["mine: nothing"]);
    expect(here.emulator.resources()).toHaveLength(2);
  });

  test("takes back what it has recorded when the store refuses the rest", async () => {
    const here = await cloud({}, full(memoryStore(), 1));
    for (const QueueName of ["q1", "q2"]) here.emulator.put("AWS::SQS::Queue", { QueueName });
    const refused = imported(here, everythingIn(here), { write: true });
    await expect(refused).rejects.toMatchObject({ code: "STATE_UNWRITABLE" });
    expect(await recordedIn(here)).toEqual([]);
  });

  test("takes a resource that is named twice for one", async () => {
    const here = await cloud();
    here.emulator.put("AWS::SQS::Queue", { QueueName: "q" });
    const [queue] = everythingIn(here);
    const text = await imported(here, queue ? [queue, queue] : [], { write: true });
    expect(text.match(/= await/g)).toHaveLength(1);
    expect(await recordedIn(here)).toHaveLength(1);
  });
});

describe("the script of an import", () => {
  test("of two resources that name each other spells out one of the names", async () => {
    const here = await cloud();
    const rule = (SourceSecurityGroupId: Json = "") => ({
      SecurityGroupIngress: [{ IpProtocol: "tcp", FromPort: 1, ToPort: 2, SourceSecurityGroupId }],
    });
    const put = (GroupName: string, more: object = {}) =>
      here.emulator.put("AWS::EC2::SecurityGroup", { GroupDescription: GroupName, GroupName, ...more });
    const first = put("first");
    const second = put("second", rule(first.Properties["GroupId"]));
    here.emulator.change(first.TypeName, first.Identifier, (model) => ({
      ...model,
      ...rule(second.Properties["GroupId"]),
    }));
    const text = await imported(here, everythingIn(here));
    const plan = await here.deploy(programOf(text), { phase: "plan" });
    expect(plan.changes.map(({ move, patch }) => [move, patch])).toEqual([
      ["adopt", []],
      ["adopt", []],
    ]);
    expect(text.match(/securityGroup\w+\.GroupId/g)).toHaveLength(1);
  });

  test("of a type that has no function of its own declares it by its name, and records it under its identifier", async () => {
    const type = "Acme::Shop::Thing";
    const facts: Facts = { type, primaryIdentifier: ["/Id"], readOnly: ["/Id"] };
    const here = await cloud({ facts: (name) => (name === type ? facts : bundledFacts(name)) });
    here.emulator.put(type, { Label: { Text: "new" }, Id: "abcdefgh12" });
    const text = await imported(here, everythingIn(here));
    expect(text).toContain('import { CloudControlResource } from "await-aws";');
    const plan = await here.deploy(programOf(text), { phase: "plan" });
    expect(movesOf(plan)).toEqual(["thing: adopt"]);
    const recorded = await imported(here, everythingIn(here), { write: true });
    const report = await here.deploy(programOf(recorded));
    expect(report.changes).toMatchObject([{ id: "thing", move: "nothing", identifier: "abcdefgh12" }]);
  });

  test("keeps every line end of a text that holds a name", async () => {
    const here = await cloud();
    const api = here.emulator.put("AWS::ApiGatewayV2::Api", { Name: "chat", ProtocolType: "HTTP" });
    const Value = `id:\r\n${api.Identifier}\r\n\`\${end}`;
    here.emulator.put("AWS::SSM::Parameter", { Name: "/id", Type: "String", Value });
    const text = await imported(here, everythingIn(here));
    const plan = await here.deploy(programOf(text), { phase: "plan" });
    expect(plan.changes.map(({ move, patch }) => [move, patch])).toEqual([
      ["adopt", []],
      ["adopt", []],
    ]);
    expect(text).toMatch(/ApiId\}/);
  });

  test("finds a name behind a longer word that begins with it, and before it, and leaves the word alone", async () => {
    const here = await cloud();
    const api = here.emulator.put("AWS::ApiGatewayV2::Api", { Name: "chat", ProtocolType: "HTTP" });
    const id = api.Identifier;
    const Value = `${id}x ${id}/a x${id} ${id}`;
    here.emulator.put("AWS::SSM::Parameter", { Name: "/ids", Type: "String", Value });
    const text = await imported(here, everythingIn(here));
    expect(text.match(/\.ApiId\}/g)).toHaveLength(2);
    expect(text).toContain(`${id}x `);
    expect(text).toContain(` x${id} `);
    const plan = await here.deploy(programOf(text), { phase: "plan" });
    expect(plan.changes.map(({ patch }) => patch)).toEqual([[], []]);
  });

  test("of a tree says which types below it nothing lists", async () => {
    const here = await cloud();
    here.emulator.put("AWS::ApiGateway::RestApi", { Name: "shop" });
    here.emulator.put("AWS::SQS::Queue", { QueueName: "q" });
    const [api, queue] = everythingIn(here);
    expect(await imported(here, api ? [api] : [], { tree: true })).toMatch(
      /^\/\/ .*AWS::ApiGateway::Method$/m,
    );
    expect(await imported(here, queue ? [queue] : [], { tree: true })).not.toMatch(/^\/\//m);
  });
});
