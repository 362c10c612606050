import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import type { Fault } from "../../../src/emulator/index.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import type { StateStore } from "../../../src/state/store.ts";
import { changeOf, cloud, movesOf } from "../../support/run.ts";

const queue = (name: string, more: object = {}) => AWS.SQS.Queue(name, { QueueName: name, ...more });

describe("what is no longer declared", () => {
  test("stays when a call has failed, although the program caught it and went on", async () => {
    const { deploy, emulator, events } = await cloud();
    await deploy(() => Promise.all([queue("old"), queue("kept")]));
    const report = await deploy(async () => {
      await queue("kept", { DelaySeconds: -1, Nonsense: true } as never).catch(() => undefined);
      await queue("new");
    });
    expect(movesOf(report)).toEqual(["kept: VALIDATION", "new: create"]);
    expect(emulator.resources()).toHaveLength(3);
    expect(events).toContainEqual(
      expect.objectContaining({ name: "notice", message: expect.stringContaining("nothing was deleted") }),
    );
  });

  test("stays when a call that nobody awaited fails, and the report tells of it", async () => {
    const { deploy, emulator } = await cloud();
    await deploy(() => queue("old"));
    const report = await deploy(async () => {
      void queue("new", { Nonsense: true } as never);
    });
    expect(movesOf(report)).toEqual(["new: VALIDATION"]);
    expect(emulator.resources()).toHaveLength(1);
  });

  test("does not take a call that nobody awaited with it", async () => {
    const { deploy, emulator } = await cloud({ operationMs: 30 });
    const program = async (): Promise<void> => void queue("jobs");
    expect(movesOf(await deploy(program))).toEqual(["jobs: create"]);
    expect(movesOf(await deploy(program))).toEqual(["jobs: nothing"]);
    expect(emulator.resources()).toHaveLength(1);
  });

  test("stays when the program throws, and what was done by then is kept", async () => {
    const { deploy, emulator } = await cloud();
    await deploy(() => queue("old"));
    const late = deploy(async () => {
      void queue("slow");
      await queue("new");
      throw new Error("the program's own");
    });
    await expect(late).rejects.toThrow("the program's own");
    expect(emulator.resources()).toHaveLength(3);
    const second = await deploy(() => Promise.all([queue("new"), queue("slow")]));
    expect(movesOf(second).toSorted()).toEqual(["new: nothing", "old: delete", "slow: nothing"]);
  });
});

describe("an old one that a replacement left", () => {
  test("is deleted after whatever used it: old ones and orphans", async () => {
    const { deploy, emulator } = await cloud();
    const program =
      (ProtocolType: "HTTP" | "WEBSOCKET", more: (api: object) => Promise<unknown>) => async () => {
        const api = await AWS.ApiGatewayV2.Api("api", {
          Name: "chat",
          ProtocolType,
          RouteSelectionExpression: "$request.body.action",
        });
        await AWS.ApiGatewayV2.Stage("stage", { ApiId: api, StageName: "live" });
        await more(api);
      };
    await deploy(program("HTTP", (api) => queue("orphan", { dependsOn: [api] })));
    const before = emulator.calls.length;
    const report = await deploy(program("WEBSOCKET", () => Promise.resolve()));
    expect(movesOf(report)).toEqual(["api: replace", "stage: replace", "orphan: delete"]);
    const deleted = emulator.calls
      .slice(before)
      .filter(({ api }) => api === "DeleteResource")
      .map(({ body }) => (body as { TypeName: string }).TypeName);
    expect(deleted).toHaveLength(3);
    expect(deleted.at(-1)).toBe("AWS::ApiGatewayV2::Api");
    expect(emulator.resources()).toHaveLength(2);
  });

  test("stays as it is where retain asks for it, by the script or by the entry", async () => {
    const bucket = (name: string, more: object) => () =>
      AWS.S3.Bucket("files", { BucketName: name, allowReplace: true, ...more });
    const lives = [
      [{}, { retain: true }],
      [{ retain: true }, {}],
    ] as const;
    await Promise.all(
      lives.map(async ([before, after]) => {
        const { deploy, emulator } = await cloud();
        await deploy(bucket("one", before));
        expect(movesOf(await deploy(bucket("two", after)))).toEqual(["files: replace"]);
        await deploy(bucket("two", after));
        expect(emulator.resources().map(({ Identifier }) => Identifier)).toEqual(["one", "two"]);
      }),
    );
  });
});

/** Refuses to delete queues, as if in use, while `user` is there and `extra` times more. */
function inUse(extra: number, message: string): { faults: () => Fault | undefined; refused: () => number } {
  let refusals = 0;
  return {
    refused: () => refusals,
    faults: () => {
      if (refusals >= extra) return undefined;
      refusals += 1;
      return { failWith: { code: "InvalidRequest", message } };
    },
  };
}

describe("a deletion that is refused because of something still there", () => {
  const refusing = (times: number) => {
    const { faults, refused } = inUse(times, "DependencyViolation: resource has a dependent object");
    return {
      refused,
      faults: ({ api, target }: { api: string; target?: string }) =>
        api === "DeleteResource" && target === "AWS::SQS::Queue" ? faults() : undefined,
    };
  };

  test("is tried again once the others are gone", async () => {
    const { faults, refused } = refusing(1);
    const { deploy, destroy, emulator } = await cloud({ faults });
    await deploy(() => Promise.all([queue("used"), AWS.Logs.LogGroup("user", { LogGroupName: "/user" })]));
    const report = await destroy();
    expect(movesOf(report)).toEqual(["user: delete", "used: delete"]);
    expect(refused()).toBe(1);
    expect(emulator.resources()).toEqual([]);
  });

  test("is reported once, at the end, when nothing helps; nothing else is left behind", async () => {
    const { faults } = refusing(Number.POSITIVE_INFINITY);
    const { deploy, destroy, emulator } = await cloud({ faults });
    await deploy(() => queue("used"));
    const report = await destroy();
    expect(movesOf(report)).toEqual(["used: INVALID_REQUEST"]);
    expect(changeOf(report, "used").error?.message).toContain("DependencyViolation");
    expect(emulator.resources()).toHaveLength(1);
  });

  test("of several, every one is reported", async () => {
    const { deploy, destroy } = await cloud({
      faults: ({ api }) => (api === "DeleteResource" ? { failWith: { code: "AccessDenied" } } : undefined),
    });
    await deploy(() => Promise.all(["a", "b", "c"].map((name) => queue(name))));
    expect(movesOf(await destroy()).toSorted()).toEqual([
      "a: ACCESS_DENIED",
      "b: ACCESS_DENIED",
      "c: ACCESS_DENIED",
    ]);
  });
});

describe("destroy", () => {
  /** A store in which one entry cannot be read. */
  const damaged = (id: string, store: StateStore): StateStore => ({
    unlock: (app, stage) => store.unlock(app, stage),
    stages: () => store.stages(),
    open: async (app, stage) => {
      const state = await store.open(app, stage);
      const { ResourceError } = await import("../../../src/errors.ts");
      const error = new ResourceError("STATE_UNREADABLE", `${id}.json is torn`);
      return { ...state, entries: async () => new Map([...(await state.entries()), [id, error]]) };
    },
  });

  test("deletes the others when one entry is damaged, and reports that one", async () => {
    const store = memoryStore();
    const { deploy, destroy, emulator } = await cloud({}, store);
    await deploy(() => Promise.all([queue("good"), queue("bad")]));
    const report = await destroy({ store: damaged("bad", store) });
    expect(movesOf(report).toSorted()).toEqual(["bad: STATE_UNREADABLE", "good: delete"]);
    expect(emulator.resources()).toHaveLength(1);
  });

  test("of what was made at another endpoint or in another partition deletes nothing and forgets nothing", async () => {
    const store = memoryStore();
    const first = await cloud({}, store);
    const second = await cloud({}, store);
    await first.deploy(() => queue("jobs"));
    expect(movesOf(await second.destroy())).toEqual(["jobs: STATE_ELSEWHERE"]);
    expect(second.emulator.calls).toEqual([]);
    expect(movesOf(await first.destroy())).toEqual(["jobs: delete"]);
  });

  test("of a stage that never was succeeds", async () => {
    const { destroy } = await cloud();
    expect(await destroy({ stage: "never" })).toMatchObject({ ok: true, changes: [], calls: {} });
  });

  test("takes the role with which each resource was made", async () => {
    const { deploy, destroy, emulator } = await cloud();
    const roleArn = "arn:aws:iam::123456789012:role/deployer";
    await deploy(() => queue("jobs", { roleArn }));
    expect(movesOf(await destroy())).toEqual(["jobs: delete"]);
    const deletes = emulator.calls.filter(({ api }) => api === "DeleteResource");
    expect(deletes).toMatchObject([{ body: { RoleArn: roleArn } }]);
  });

  test("follows the region of each entry", async () => {
    const { deploy, destroy, emulator } = await cloud();
    await deploy(() => queue("jobs", { region: "eu-central-1" }));
    expect(movesOf(await deploy(() => queue("jobs")))).toEqual(["jobs: STATE_ELSEWHERE"]);
    expect(movesOf(await destroy())).toEqual(["jobs: delete"]);
    expect(emulator.resources()).toEqual([]);
  });
});
