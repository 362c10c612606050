import { execFileSync } from "node:child_process";
import { afterEach, describe, expect, test, vi } from "vitest";
import { app } from "../../../src/app/app.ts";
import { secret } from "../../../src/resource/secrets/secret.ts";
import { AWS } from "../../../src/aws/namespace.ts";
import { isResourceError } from "../../../src/errors.ts";
import type { RunRecord } from "../../../src/events.ts";
import { readRuns } from "../../../src/state/history/history.ts";
import { jsonFileStore, memoryStore } from "../../../src/state/index.ts";
import type { StateStore } from "../../../src/state/store.ts";
import { temporaryFolder } from "../../support/registry/temporary-folder.ts";
import { cloud } from "../../support/run.ts";

const queue = (name: string, more: object = {}) => AWS.SQS.Queue(name, { QueueName: name, ...more });

async function runsOf(store: StateStore, stage = "dev"): Promise<readonly RunRecord[]> {
  const { runs } = await store.open("test", stage);
  const all = runs ? await readRuns(runs) : [];
  return all.map((one) => {
    if (isResourceError(one)) throw one;
    return one;
  });
}

const head = execFileSync("git", ["rev-parse", "HEAD"], { encoding: "utf8" }).trim();

afterEach(() => vi.unstubAllEnvs());

describe.each<[string, () => Promise<StateStore>]>([
  ["in memory", async () => memoryStore()],
  ["on disk", async () => jsonFileStore(await temporaryFolder())],
])("a run that wrote %s", (_, open) => {
  test("leaves when, who, where, what and how it ended; one that wrote nothing leaves nothing", async () => {
    for (const name of ["GITHUB_RUN_ID", "GITLAB_CI", "CI", "GITHUB_SHA"]) vi.stubEnv(name, "");
    vi.stubEnv("BUILDKITE", "true");
    vi.stubEnv("BUILDKITE_JOB_ID", "9");
    const { deploy, store } = await cloud({}, await open());
    await deploy(() => queue("jobs", { DelaySeconds: 1 }));
    await deploy(() => queue("jobs", { DelaySeconds: 1 }));
    await deploy(() => queue("jobs", { DelaySeconds: 1 }), { phase: "plan" });
    await deploy(() => Promise.all([queue("jobs", { DelaySeconds: 2 }), queue("more")]));
    const [first, second, ...others] = await runsOf(store);
    expect(others).toEqual([]);
    expect(first).toEqual({
      version: 1,
      run: expect.stringMatching(/^\d{8}T\d{6}\.\d{3}-[\da-f]{4}$/),
      app: "test",
      stage: "dev",
      phase: "deploy",
      startedAt: expect.stringMatching(/^20\d\d-.*Z$/),
      endedAt: expect.stringMatching(/^20\d\d-.*Z$/),
      by: expect.objectContaining({
        host: expect.any(String),
        pid: process.pid,
        user: expect.any(String),
        job: { system: "Buildkite", id: "9" },
        commit: head,
      }),
      end: "done",
      changes: [expect.objectContaining({ id: "jobs", type: "AWS::SQS::Queue", move: "create" })],
      unchanged: 0,
      calls: expect.objectContaining({ CreateResource: 1 }),
    });
    expect(second?.changes.map(({ id, move, patch }) => [id, move, patch]).toSorted()).toEqual([
      ["jobs", "update", [{ op: "replace", path: "/DelaySeconds", value: 2, from: 1 }]],
      ["more", "create", undefined],
    ]);
  });

  test("is in the entries that it wrote, by its name", async () => {
    const { deploy, store } = await cloud({}, await open());
    await deploy(() => Promise.all([queue("a"), queue("b")]));
    await deploy(() => Promise.all([queue("a"), queue("b", { DelaySeconds: 1 })]));
    const entries = await (await store.open("test", "dev")).entries();
    const runs = (await runsOf(store)).map(({ run }) => run);
    expect(["a", "b"].map((id) => entries.get(id))).toMatchObject(runs.map((run) => ({ run })));
  });

  test("says how it ended: failed, stopped, thrown, destroyed", async () => {
    const { deploy, destroy, store } = await cloud({}, await open());
    const broken = (): Promise<unknown> => queue("bad", { Nonsense: true } as never);
    await deploy(() => Promise.allSettled([queue("a"), broken()]));
    const own = async (): Promise<void> => {
      await queue("b");
      throw new Error("of the program's own");
    };
    await expect(deploy(own)).rejects.toThrow("of the program's own");
    const stop = new AbortController();
    await deploy(
      async () => {
        await queue("c");
        stop.abort();
        await queue("d");
      },
      { signal: stop.signal },
    );
    await destroy();
    const runs = await runsOf(store);
    expect(runs.map(({ phase, end, error }) => [phase, end, error?.message])).toEqual([
      ["deploy", "failed", undefined],
      ["deploy", "failed", "of the program's own"],
      ["deploy", "stopped", undefined],
      ["destroy", "done", undefined],
    ]);
    expect(runs[0]?.changes).toContainEqual(
      expect.objectContaining({ id: "bad", error: expect.objectContaining({ code: "VALIDATION" }) }),
    );
    expect(runs[3]?.changes.map(({ id, move }) => `${id}: ${move}`).toSorted()).toEqual([
      "a: delete",
      "b: delete",
      "c: delete",
    ]);
  });

  test("holds no secret, wherever it stood, also one that was named so after it was told", async () => {
    const store = await open();
    const { deploy } = await cloud({}, store);
    const hidden = "hunter2-correct-horse";
    const database = (password: unknown, more: object = {}): Promise<unknown> =>
      AWS.RDS.DBInstance("db", {
        DBInstanceIdentifier: "db",
        DBInstanceClass: "db.t3.micro",
        Engine: "postgres",
        AllocatedStorage: "20",
        MasterUsername: "root",
        MasterUserPassword: password as string,
        ...more,
      });
    await deploy(() => database("first-password"));
    await deploy(async () => {
      await database("second-password", { AllocatedStorage: "21" });
      await queue("told", { Tags: [{ Key: "token", Value: hidden }] });
      await queue("named", { Tags: [{ Key: "token", Value: secret(hidden) }] });
    });
    await deploy(async () => {
      await database("second-password");
      await queue("told", { Tags: [{ Key: "token", Value: hidden }], DelaySeconds: 1 });
      await queue("named", { Tags: [{ Key: "token", Value: secret(hidden) }], DelaySeconds: 1 });
    });
    await deploy(async () => {
      await queue("told", { Tags: [{ Key: "token", Value: `${hidden}!` }] });
      await queue("named", { Tags: [{ Key: "token", Value: secret(hidden) }] });
    });
    const text = JSON.stringify(await runsOf(store));
    for (const value of [hidden, "first-password", "second-password"]) expect(text).not.toContain(value);
    expect(text).toContain("/MasterUserPassword");
    expect(text).toContain("/Tags");
  });

  test("is kept as often as it is told", async () => {
    const { deploy, store } = await cloud({}, await open());
    for (const n of [1, 2, 3]) await deploy(() => queue("jobs", { DelaySeconds: n }), { history: 2 });
    expect(await runsOf(store)).toHaveLength(2);
    await deploy(() => queue("jobs", { DelaySeconds: 4 }), { history: 0 });
    expect(await runsOf(store)).toHaveLength(2);
    for (const history of [-1, 1.5, "9", true])
      await expect(deploy(() => queue("jobs"), { history: history as never })).rejects.toThrow(
        /history is a whole number of runs from 0/,
      );
  });
});

describe("a run", () => {
  test("knows the account and the ARN of who made it, where it has asked for them", async () => {
    const { deploy, store } = await cloud();
    await deploy(() => queue("jobs"), { allowedAccounts: ["123456789012"] });
    expect((await runsOf(store))[0]?.by).toMatchObject({
      account: "123456789012",
      arn: expect.stringContaining(":123456789012:"),
    });
  });

  test("that has its history refused goes on, and says so once", async () => {
    const bare = memoryStore();
    const refuse = (): Promise<never> => Promise.reject(new Error("disk full"));
    const store: StateStore = {
      open: async (name, stage) => {
        const state = await bare.open(name, stage);
        return { ...state, runs: { names: refuse, read: refuse, write: refuse, remove: refuse } };
      },
      unlock: (name, stage) => bare.unlock(name, stage),
      stages: () => bare.stages(),
    };
    const { deploy, events } = await cloud({}, store);
    expect(await deploy(() => queue("jobs"))).toMatchObject({ ok: true });
    expect(events.filter(({ name }) => name === "notice")).toEqual([
      { name: "notice", message: "the history of this stage is not kept: Error: disk full" },
    ]);
  });

  test("on a store that keeps no history goes on without a word", async () => {
    const bare = memoryStore();
    const store: StateStore = {
      open: async (name, stage) => ({ ...(await bare.open(name, stage)), runs: undefined }),
      unlock: (name, stage) => bare.unlock(name, stage),
      stages: () => bare.stages(),
    };
    const { deploy, events } = await cloud({}, store);
    expect(await deploy(() => queue("jobs"))).toMatchObject({ ok: true });
    expect(events.filter(({ name }) => name === "notice")).toEqual([]);
  });

  test("that another joins is one, and a stage has its own", async () => {
    const { deploy, store } = await cloud();
    await deploy(async () => {
      await queue("a");
      const inner = await app("inner", { history: 3 });
      await queue("b");
      await inner.finalize();
    });
    await deploy(() => queue("c"), { stage: "prod" });
    expect((await runsOf(store)).map(({ changes }) => changes.length)).toEqual([2]);
    expect((await runsOf(store, "prod")).map(({ changes }) => changes.length)).toEqual([1]);
  });
});
