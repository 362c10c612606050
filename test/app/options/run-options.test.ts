import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import { changeOf, cloud, movesOf } from "../../support/run.ts";

const queue = (id: string, more: object = {}) => AWS.SQS.Queue(id, { QueueName: id, ...more });
const network = (id: string, more: object = {}) => AWS.EC2.VPC(id, { CidrBlock: "10.0.0.0/16", ...more });

describe("targets", () => {
  test("are all that is worked on; the others stand as they are recorded, and no other orphan goes", async () => {
    const { deploy, emulator } = await cloud();
    await deploy(async () => {
      await queue("a");
      await queue("b");
      await queue("orphan");
    });
    const report = await deploy(
      async () => {
        await queue("a", { DelaySeconds: 1 });
        await queue("b", { DelaySeconds: 1 });
      },
      { targets: ["b"] },
    );
    expect(changeOf(report, "a")).toMatchObject({ move: "nothing", skipped: true });
    expect(changeOf(report, "b").move).toBe("update");
    expect(emulator.resources()).toHaveLength(3);
    expect(movesOf(await deploy(() => queue("a"), { targets: ["orphan"] }))).toEqual([
      "a: nothing",
      "orphan: delete",
    ]);
  });

  test("cannot use what is not there and no target", async () => {
    const { deploy, emulator } = await cloud();
    const program = async (): Promise<void> => {
      const net = await network("net");
      await AWS.EC2.Subnet("sub", { VpcId: net, CidrBlock: "10.0.0.0/24" });
    };
    expect(movesOf(await deploy(program, { targets: ["sub"] }))).toEqual([
      "net: nothing",
      "sub: NOT_TARGETED",
    ]);
    expect(emulator.resources()).toEqual([]);
    await deploy(program, { targets: ["net"] });
    expect(movesOf(await deploy(program, { targets: ["sub"] }))).toEqual(["net: nothing", "sub: create"]);
  });

  test("of a destroy are all that is deleted", async () => {
    const { deploy, destroy, emulator } = await cloud();
    await deploy(async () => {
      await queue("a");
      await queue("b");
    });
    expect(movesOf(await destroy({ targets: ["a"] }))).toEqual(["a: delete"]);
    expect(emulator.resources()).toHaveLength(1);
  });
});

describe("ids that are neither declared nor recorded", () => {
  test.each(["targets", "replace", "retain"] as const)(
    "are refused as %s, with the nearest",
    async (option) => {
      const { deploy, destroy, emulator } = await cloud();
      const both = async (): Promise<void> => {
        await queue("jobs");
        await queue("orphan");
      };
      await deploy(both);
      const runOptions = { [option]: ["jbos"] };
      const message = `${option} names "jbos", which is neither declared nor recorded, did you mean "jobs"?`;
      const { calls } = emulator;
      const before = calls.length;
      for (const phase of ["plan", "deploy"] as const) {
        await expect(deploy(() => queue("jobs"), { ...runOptions, phase })).rejects.toThrow(message);
      }
      if (option !== "replace") await expect(destroy(runOptions)).rejects.toThrow(message);
      expect(calls).toHaveLength(before);
      expect(emulator.resources()).toHaveLength(2);
    },
  );

  test("are refused by a drift run too", async () => {
    const { deploy } = await cloud();
    const drift = deploy(() => Promise.resolve(), { phase: "drift", targets: ["jobs"] });
    await expect(drift).rejects.toThrow('targets names "jobs"');
  });
});

test("ids to replace are replaced, and no others", async () => {
  const { deploy } = await cloud();
  const program = async (): Promise<void> => {
    await network("a");
    await network("b");
  };
  await deploy(program);
  expect(movesOf(await deploy(program, { replace: ["a"] }))).toEqual(["a: replace", "b: nothing"]);
});

test("ids to retain are forgotten rather than deleted", async () => {
  const { deploy, emulator } = await cloud();
  await deploy(() => queue("jobs"));
  expect(movesOf(await deploy(() => Promise.resolve(), { retain: ["jobs"] }))).toEqual(["jobs: forget"]);
  expect(emulator.resources()).toHaveLength(1);
});

test("a refresh of what is missing makes it again, and leaves other differences alone", async () => {
  const { deploy, emulator } = await cloud();
  const groups = async (): Promise<void> => {
    await AWS.Logs.LogGroup("gone", { LogGroupName: "gone" });
    await AWS.Logs.LogGroup("drifted", { LogGroupName: "drifted", RetentionInDays: 7 });
  };
  await deploy(groups);
  emulator.remove("AWS::Logs::LogGroup", "gone");
  emulator.change("AWS::Logs::LogGroup", "drifted", (now) => ({ ...now, RetentionInDays: 30 }));
  const look = () => deploy(groups, { refresh: "missing" });
  expect(movesOf(await look())).toEqual(["gone: create", "drifted: nothing"]);
  // What was only looked for is not recorded as it is: it stays drift, however often.
  await look();
  const drift = await deploy(groups, { phase: "drift" });
  expect(changeOf(drift, "drifted")).toMatchObject({ drift: "drifted", paths: ["/RetentionInDays"] });
  expect(movesOf(await deploy(groups, { refresh: true }))).toContain("drifted: update");
});

test("a destroy of what something else uses, which is no target, is refused and deletes nothing", async () => {
  const { deploy, destroy, emulator } = await cloud();
  await deploy(async () => {
    const api = await AWS.ApiGatewayV2.Api("api", { Name: "shop", ProtocolType: "HTTP" });
    await AWS.ApiGatewayV2.Stage("live", { ApiId: api, StageName: "live" });
  });
  const report = await destroy({ targets: ["api"] });
  expect(movesOf(report)).toEqual(["api: NOT_TARGETED"]);
  expect(changeOf(report, "api").error?.message).toContain("is used by live");
  expect(emulator.resources()).toHaveLength(2);
  expect((await destroy({ targets: ["api", "live"] })).ok).toBe(true);
});

describe("allowed accounts", () => {
  test("are asked for once, before the first write, and go into the entries", async () => {
    const { deploy, emulator, store } = await cloud();
    const both = () => Promise.all([queue("a"), queue("b")]);
    expect((await deploy(both, { allowedAccounts: ["123456789012"] })).ok).toBe(true);
    expect(emulator.calls.filter(({ api }) => api === "sts:GetCallerIdentity")).toHaveLength(1);
    const entries = await (await store.open("test", "dev")).entries();
    expect(entries.get("a")).toMatchObject({ home: { account: "123456789012" } });
    await deploy(both, { allowedAccounts: ["123456789012"] });
    expect(emulator.calls.filter(({ api }) => api === "sts:GetCallerIdentity")).toHaveLength(1);
  });

  test("are not mistaken for one another: what another account lacks is neither deleted there nor made again", async () => {
    const store = memoryStore();
    const mine = await cloud({}, store);
    await mine.deploy(() => queue("a"), { allowedAccounts: ["123456789012"] });
    const state = await store.open("test", "dev");
    const entry = (await state.entries()).get("a");
    if (!entry || entry instanceof Error) throw new Error("nothing was recorded");
    await state.put({ ...entry, home: { ...entry.home, account: "999999999999" } });
    mine.emulator.remove("AWS::SQS::Queue", entry.identifier ?? "");
    const allowedAccounts = ["123456789012"];
    expect(movesOf(await mine.deploy(() => queue("a"), { allowedAccounts, refresh: true }))).toEqual([
      "a: STATE_ELSEWHERE",
    ]);
    expect(movesOf(await mine.destroy({ allowedAccounts }))).toEqual(["a: STATE_ELSEWHERE"]);
    expect((await state.entries()).size).toBe(1);
  });

  test("keep every other account from being written to", async () => {
    const { deploy, emulator } = await cloud();
    const report = await deploy(() => queue("a"), { allowedAccounts: ["999999999999"] });
    expect(movesOf(report)).toEqual(["a: WRONG_ACCOUNT"]);
    expect(changeOf(report, "a").error?.message).toContain("123456789012");
    expect(emulator.calls.some(({ api }) => api === "CreateResource")).toBe(false);
  });
});
