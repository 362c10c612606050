import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { app } from "../../src/app/app.ts";
import { reconcile } from "../../src/app/reconcile.ts";
import { AWS } from "../../src/aws/namespace.ts";
import { planText } from "../../src/render/plan-text.ts";
import { scope } from "../../src/scope/group.ts";
import { memoryStore } from "../../src/state/memory.ts";
import { changeOf, cloud, movesOf } from "../support/run.ts";

const queue = (id: string, name = id, more: object = {}) => AWS.SQS.Queue(id, { QueueName: name, ...more });
const ids = (moves: readonly string[]): string[] => moves.map((move) => move.split(":")[0] ?? "").toSorted();

describe("inside a scope", () => {
  test("ids begin with its name, and a helper can be called twice", async () => {
    const { deploy } = await cloud();
    const helper = (name: string) =>
      scope(name, async () => {
        await queue("jobs", `${name}-jobs`);
        return queue("dead", `${name}-dead`);
      });
    const program = async () => {
      await helper("orders");
      await helper("mail");
      await queue("jobs");
    };
    const report = await deploy(program);
    expect(ids(movesOf(report))).toEqual(["jobs", "mail/dead", "mail/jobs", "orders/dead", "orders/jobs"]);
    expect((await deploy(program)).calls).toEqual({});
  });

  test("it resolves with what its program resolves with, and fails as it fails", async () => {
    await expect(scope("a", () => 5)).resolves.toBe(5);
    await expect(scope("a", () => Promise.resolve("x"))).resolves.toBe("x");
    await expect(scope("a", () => Promise.reject(new Error("own")))).rejects.toThrow("own");
    await expect(
      scope("a", () => {
        throw new Error("own");
      }),
    ).rejects.toThrow("own");
  });

  test("scopes nest, and run side by side without meeting", async () => {
    const { deploy } = await cloud();
    const leaf = (name: string, ms: number) =>
      scope(name, async () => {
        await sleep(ms);
        await queue("q", `${name}-${ms}`);
      });
    const report = await deploy(() =>
      scope("shop", () => Promise.all([leaf("a", 3), leaf("b", 1), leaf("c", 2), queue("q", "own")])),
    );
    expect(ids(movesOf(report))).toEqual(["shop/a/q", "shop/b/q", "shop/c/q", "shop/q"]);
  });

  test("the name goes along through storages, timers, events and iterators of others", async () => {
    const { deploy } = await cloud();
    const other = new AsyncLocalStorage<string>();
    async function* each() {
      yield queue("iterated");
      await sleep(1);
      yield queue("later");
    }
    const report = await deploy(() =>
      scope("far", async () => {
        await other.run("theirs", () => queue("stored"));
        await other.exit(() => queue("left"));
        await new Promise<unknown>((done) => setTimeout(() => done(queue("timed")), 1));
        await Promise.resolve().then(() => queue("then"));
        for await (const one of each()) expect(one).toBeDefined();
        await Promise.all(["x", "y"].map((id) => queue(id)));
      }),
    );
    expect(ids(movesOf(report)).every((id) => id.startsWith("far/"))).toBe(true);
    expect(report.changes).toHaveLength(8);
  });

  test("two of one id are refused by their whole name", async () => {
    const { deploy } = await cloud();
    const report = await deploy(() =>
      scope("a", () => Promise.allSettled([queue("q"), scope("b", () => 1), queue("q", "other")])),
    );
    expect(JSON.stringify(report.changes)).toContain('the id \\"a/q\\" is declared twice');
  });

  test.each(["", "/", "a/", "/a", "a//b"])("%j is no name", async (name) => {
    await expect(scope(name, () => 1)).rejects.toThrow(/name of a scope/);
  });

  test("a name of two parts is two scopes in one", async () => {
    const { deploy } = await cloud();
    expect(movesOf(await deploy(() => scope("a/b", () => queue("q"))))).toEqual(["a/b/q: create"]);
  });

  test("dependsOn means what is inside before what is outside", async () => {
    const { deploy, store } = await cloud();
    await deploy(async () => {
      await queue("base");
      await queue("top");
      await scope("a", async () => {
        await queue("base", "a-base");
        await queue("user", "u", { dependsOn: ["base", "top"] });
      });
    });
    const stage = await store.open("test", "dev");
    expect((await stage.entries()).get("a/user")).toMatchObject({ dependencies: ["a/base", "top"] });
  });
});

describe("a resource that was recorded under another name", () => {
  const renamed = async (before: () => Promise<unknown>, after: () => Promise<unknown>) => {
    const { deploy, emulator } = await cloud();
    await deploy(before);
    const report = await deploy(after);
    expect(emulator.resources()).toHaveLength(1);
    return movesOf(report);
  };

  test("moves into a scope", async () => {
    const after = () => scope("a", () => queue("q", "q", { renamedFrom: "q" }));
    expect(await renamed(() => queue("q"), after)).toEqual(["a/q: nothing"]);
  });

  test("moves out of one", async () => {
    const after = () => queue("q", "q", { renamedFrom: "a/q" });
    expect(await renamed(() => scope("a", () => queue("q")), after)).toEqual(["q: nothing"]);
  });

  test("moves from one to another, and within one by either name", async () => {
    const before = () => scope("a", () => queue("old", "q"));
    const within = (renamedFrom: string) => () => scope("a", () => queue("new", "q", { renamedFrom }));
    expect(await renamed(before, within("old"))).toEqual(["a/new: nothing"]);
    expect(await renamed(before, within("a/old"))).toEqual(["a/new: nothing"]);
    const across = () => scope("b", () => queue("q", "q", { renamedFrom: "a/old" }));
    expect(await renamed(before, across)).toEqual(["b/q: nothing"]);
  });
});

describe("runs and scopes", () => {
  test("a run that is begun inside a scope is an app of its own; one that joins takes the name", async () => {
    const { emulator } = await cloud();
    const where = { store: memoryStore(), endpoint: emulator.url };
    const apart = await scope("a", () => reconcile("other", () => queue("q"), where));
    expect(ids(movesOf(apart))).toEqual(["q"]);
    const joined = await reconcile(
      "outer",
      () => scope("a", () => reconcile("inner", () => queue("q", "inner"))),
      { ...where, store: memoryStore() },
    );
    expect(ids(movesOf(joined))).toEqual(["a/q"]);
  });

  test("app() inside a run sees it too", async () => {
    const { deploy } = await cloud();
    const report = await deploy(() =>
      scope("a", async () => {
        await app("test");
        await queue("q");
      }),
    );
    expect(ids(movesOf(report))).toEqual(["a/q"]);
  });

  test("a plan shows each scope as a group, also what is to be deleted from it", async () => {
    const { deploy } = await cloud();
    await deploy(() => scope("a", () => queue("gone")));
    const plan = await deploy(
      async () => {
        await scope("a", () => queue("one", "1"));
        await queue("top");
        await scope("b", () => scope("c", () => queue("deep", "2")));
        await scope("a", () => queue("two", "3"));
      },
      { phase: "plan" },
    );
    expect(changeOf(plan, "a/gone").move).toBe("delete");
    const heads = planText(plan)
      .split("\n")
      .filter((line) => /^\s*[+-] |\/$/.test(line))
      .map((line) => line.replace(/(\S)  .*$/, "$1"));
    expect(heads).toEqual([
      "a/",
      "    + a/one",
      "    + a/two",
      "    - a/gone",
      "+ top",
      "b/c/",
      "    + b/c/deep",
    ]);
  });
});
