import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import type { StateStore } from "../../../src/state/store.ts";
import { cloud, movesOf } from "../../support/run.ts";

/** A store whose process dies at the n-th write: from then on nothing is written any more. */
function dyingAt(n: number, store: StateStore): StateStore & { readonly died: () => boolean } {
  let writes = 0;
  const orDie = <T>(write: () => Promise<T>): Promise<T> => {
    writes += 1;
    return writes >= n ? Promise.reject(new Error("the process died")) : write();
  };
  return {
    died: () => writes >= n,
    unlock: (app, stage) => store.unlock(app, stage),
    stages: () => store.stages(),
    open: async (app, stage) => {
      const state = await store.open(app, stage);
      return {
        entries: () => state.entries(),
        key: () => state.key(),
        lock: async () => ({ ...(await state.lock()), release: () => Promise.resolve() }),
        put: (entry) => orDie(() => state.put(entry)),
        remove: (id) => orDie(() => state.remove(id)),
      };
    },
  };
}

const program = (protocol: string, delay: number) => async (): Promise<void> => {
  const api = await AWS.ApiGatewayV2.Api("api", {
    Name: "chat",
    ProtocolType: protocol,
    RouteSelectionExpression: protocol === "HTTP" ? "$request.method $request.path" : "$request.body.action",
  });
  await AWS.SQS.Queue("jobs", { QueueName: "jobs", DelaySeconds: delay });
  await AWS.ApiGatewayV2.Stage("stage", { ApiId: api, StageName: "test" });
};

/** Dies at every write in turn, all lives side by side, then runs the same program again and once more. */
async function diesEverywhere(
  before: (() => Promise<void>) | undefined,
  after: () => Promise<void>,
): Promise<number> {
  const dies = async (n: number): Promise<boolean> => {
    const store = memoryStore();
    const { deploy, emulator } = await cloud({}, store);
    if (before) await deploy(before);
    const dying = dyingAt(n, store);
    await deploy(after, { store: dying }).catch(() => undefined);
    if (!dying.died()) return false;
    await store.unlock("test", "dev");

    const second = await deploy(after);
    expect(
      second.changes.filter(({ error }) => error),
      `death at write ${n}`,
    ).toEqual([]);
    const kinds = emulator.resources().map(({ TypeName }) => TypeName);
    expect(kinds.toSorted(), `death at write ${n}`).toEqual([
      "AWS::ApiGatewayV2::Api",
      "AWS::ApiGatewayV2::Stage",
      "AWS::SQS::Queue",
    ]);
    expect((await deploy(after)).calls, `death at write ${n}`).toEqual({});
    return true;
  };
  const lives = await Promise.all(Array.from({ length: mostWrites }, (_, n) => dies(n + 1)));
  expect(lives.at(-1), "more writes than were tried").toBe(false);
  return lives.filter(Boolean).length;
}

const mostWrites = 24;

describe("a run that died", () => {
  test("while creating is finished by the next one, and nothing is created twice", async () => {
    expect(await diesEverywhere(undefined, program("HTTP", 1))).toBeGreaterThanOrEqual(9);
  });

  test("while updating is finished by the next one", async () => {
    expect(await diesEverywhere(program("HTTP", 1), program("HTTP", 2))).toBeGreaterThanOrEqual(3);
  });

  test("while replacing is finished by the next one, and the old one is deleted", async () => {
    expect(await diesEverywhere(program("HTTP", 1), program("WEBSOCKET", 1))).toBeGreaterThanOrEqual(6);
  });

  test("while destroying is finished by the next destroy", async () => {
    const dies = async (n: number): Promise<void> => {
      const store = memoryStore();
      const { deploy, destroy, emulator } = await cloud({}, store);
      await deploy(program("HTTP", 1));
      await destroy({ store: dyingAt(n, store) }).catch(() => undefined);
      await store.unlock("test", "dev");
      expect(await destroy(), `death at write ${n}`).toMatchObject({ ok: true });
      expect(emulator.resources(), `death at write ${n}`).toEqual([]);
    };
    await Promise.all(Array.from({ length: 10 }, (_, n) => dies(n + 1)));
  });

  test("whose create was never declared again leaves an orphan that is settled and deleted", async () => {
    const store = memoryStore();
    const { deploy, emulator } = await cloud({}, store);
    await deploy(program("HTTP", 1), { store: dyingAt(2, store) }).catch(() => undefined);
    await store.unlock("test", "dev");
    const report = await deploy(() => Promise.resolve());
    expect(movesOf(report)).toEqual(["api: delete"]);
    expect(emulator.resources()).toEqual([]);
  });
});

describe("a lost answer", () => {
  test("to a create is asked for again with the same token", async () => {
    const { deploy, emulator } = await cloud({
      faults: ({ api, count }) => (api === "CreateResource" && count === 1 ? { dropAfter: true } : undefined),
    });
    const report = await deploy(() => AWS.ApiGatewayV2.Api("api", { Name: "http", ProtocolType: "HTTP" }));
    expect(report.ok).toBe(true);
    expect(emulator.resources()).toHaveLength(1);
    const tokens = emulator.calls
      .filter(({ api }) => api === "CreateResource")
      .map(({ body }) => (body as { ClientToken: string }).ClientToken);
    expect(tokens).toHaveLength(2);
    expect(new Set(tokens).size).toBe(1);
  });

  test("a throttled operation is started anew with a new token", async () => {
    const { deploy, emulator } = await cloud({
      faults: ({ api, count }) =>
        api === "CreateResource" && count === 1 ? { failWith: { code: "Throttling" } } : undefined,
    });
    const report = await deploy(() => AWS.SQS.Queue("jobs", { QueueName: "jobs" }));
    expect(report.ok).toBe(true);
    const tokens = emulator.calls
      .filter(({ api }) => api === "CreateResource")
      .map(({ body }) => (body as { ClientToken: string }).ClientToken);
    expect(new Set(tokens).size).toBe(2);
  });
});

describe("a failed create", () => {
  test("that left something is recorded as incomplete, and the next run finishes it", async () => {
    const { deploy, emulator } = await cloud({
      faults: ({ api, count }) =>
        api === "CreateResource" && count === 1
          ? { failWith: { code: "NotStabilized", identifier: true, created: true } }
          : undefined,
    });
    const program = () => AWS.SQS.Queue("jobs", { QueueName: "jobs" });
    expect(movesOf(await deploy(program))).toEqual(["jobs: NOT_STABILIZED"]);
    const second = await deploy(program);
    expect(second.ok).toBe(true);
    expect(second.calls["CreateResource"]).toBeUndefined();
    expect(emulator.resources()).toHaveLength(1);
    expect((await deploy(program)).calls).toEqual({});
  });

  test("that named something that never came to be leaves nothing recorded", async () => {
    const { deploy } = await cloud({
      faults: ({ api, count }) =>
        api === "CreateResource" && count === 1
          ? { failWith: { code: "GeneralServiceException", identifier: true } }
          : undefined,
    });
    const program = () => AWS.SQS.Queue("jobs", { QueueName: "jobs" });
    expect(movesOf(await deploy(program))).toEqual(["jobs: HANDLER_FAILED"]);
    expect(movesOf(await deploy(program))).toEqual(["jobs: create"]);
  });
});
