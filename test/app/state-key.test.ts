import * as fs from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { importScript } from "../../src/app/import/import-script.ts";
import { AWS } from "../../src/aws/namespace.ts";
import { secret } from "../../src/resource/secrets/secret.ts";
import { type StateStore, jsonFileStore, memoryStore } from "../../src/state/index.ts";
import { type Cloud, changeOf, cloud, movesOf } from "../support/run.ts";
import { keyIn, newFolder, rekey, shop, stateIn, writesOf } from "../support/app/keyed-shop.ts";

const other = Buffer.alloc(32, 7).toString("base64");

/** Ways in which a key is not the one of before: how the store is opened first, what happens, and how it is opened then. */
const losses: Readonly<Record<string, { first?: string; lose?: (folder: string) => void; later?: string }>> =
  {
    "its file is gone": { lose: (folder) => fs.rmSync(join(folder, ".key")) },
    "its file holds another one": { lose: (folder) => fs.writeFileSync(join(folder, ".key"), `${other}\n`) },
    "AWAIT_AWS_STATE_KEY is set beside its file": { later: "a key of my own" },
    "AWAIT_AWS_STATE_KEY is another": { first: "the first key", later: "the secnod key" },
    "AWAIT_AWS_STATE_KEY is missing": { first: "the first key" },
    "its file and AWAIT_AWS_STATE_KEY are others": {
      lose: (folder) => fs.writeFileSync(join(folder, ".key"), `${other}\n`),
      later: "a key of my own",
    },
  };

// `npm run sweep:types` tries every way; the ordinary tests half of them.
const isWhole = process.env["AWAIT_AWS_SWEEP_TYPES"] === "all";
const tried = Object.keys(losses).filter((_, i) => isWhole || i % 2 === 0);

describe.each(tried)("where the key of a store is not what it was: %s,", (loss) => {
  const { first, lose, later } = losses[loss] ?? {};

  async function lost(): Promise<{ folder: string; here: Cloud; store: StateStore; before: string }> {
    const folder = newFolder();
    const here = await cloud({}, jsonFileStore(folder, { key: first }));
    expect(await here.deploy(shop())).toMatchObject({ ok: true });
    lose?.(folder);
    return { folder, here, store: jsonFileStore(folder, { key: later }), before: stateIn(folder) };
  }

  test.each([
    ["a deploy of the same script", { phase: "deploy" }, shop()],
    ["a deploy of another password", { phase: "deploy" }, shop("another-password")],
    ["a deploy of a script that declares less", { phase: "deploy" }, () => Promise.resolve()],
    ["a deploy that may replace", { phase: "deploy", allowReplace: true, refresh: true }, shop()],
    ["a plan", { phase: "plan" }, shop()],
    ["a plan that reads everything", { phase: "plan", refresh: true }, shop()],
  ] as const)("%s is STATE_KEY, and neither sends nor records anything", async (_, options, program) => {
    const { folder, here, store, before } = await lost();
    const writes = writesOf(here).length;
    const key = keyIn(folder);
    const run = here.deploy(program, { ...options, store });
    await expect(run).rejects.toMatchObject({
      code: "STATE_KEY",
      what: expect.stringMatching(/"db".*"token"/),
      advice: expect.stringContaining("state rekey"),
    });
    expect(writesOf(here)).toHaveLength(writes);
    expect(stateIn(folder)).toBe(before);
    expect(keyIn(folder)).toBe(key);
  });

  test("an import that records is refused too, and one that does not goes on", async () => {
    const { folder, here, store } = await lost();
    await here.deploy(() => AWS.SQS.Queue("x", { QueueName: "theirs" }), { store: memoryStore() });
    const found = here.emulator.resources().find(({ Properties }) => Properties["QueueName"] === "theirs");
    const request = {
      app: "test",
      resources: [{ type: "AWS::SQS::Queue", identifier: found?.Identifier ?? "" }],
    };
    const options = { store, endpoint: here.emulator.url };
    const key = keyIn(folder);
    await expect(importScript({ ...request, write: true }, options)).rejects.toMatchObject({
      code: "STATE_KEY",
    });
    expect(await importScript(request, options)).toContain("AWS.SQS.Queue");
    expect(keyIn(folder)).toBe(key);
  });

  test("drift compares what takes no key, and says of the rest that it cannot", async () => {
    const { folder, here, store, before } = await lost();
    const key = keyIn(folder);
    const report = await here.deploy(() => Promise.resolve(), { phase: "drift", store });
    expect(changeOf(report, "jobs")).toMatchObject({ drift: "same" });
    expect(changeOf(report, "db")).toMatchObject({ drift: "same" });
    expect(changeOf(report, "token")).toMatchObject({
      drift: "not comparable",
      why: expect.stringContaining("STATE_KEY"),
    });
    expect([stateIn(folder), keyIn(folder)]).toEqual([before, key]);
  });

  test("everything can be destroyed, and no key is made for it", async () => {
    const { folder, here, store } = await lost();
    const key = keyIn(folder);
    expect(await here.destroy({ store })).toMatchObject({ ok: true });
    expect(here.emulator.resources()).toEqual([]);
    expect([stateIn(folder), keyIn(folder)]).toEqual(["", key]);
  });

  test("the values of the script are recorded anew, so that nothing is done and a change still shows", async () => {
    const { here, store } = await lost();
    const report = await rekey(here, shop(), store);
    expect(report).toMatchObject({ ok: true });
    expect(report.changes.map(({ id }) => id).toSorted()).toEqual(["db", "token"]);
    const writes = writesOf(here).length;
    const again = await here.deploy(shop(), { store });
    expect([again.ok, again.calls, movesOf(again)]).toEqual([
      true,
      {},
      ["db: nothing", "token: nothing", "jobs: nothing"],
    ]);
    expect(writesOf(here)).toHaveLength(writes);
    const changed = await here.deploy(shop("another-password", "second-value"), { store });
    expect(movesOf(changed)).toEqual(["db: update", "token: update", "jobs: nothing"]);
    expect(here.emulator.resources().map(({ Hidden }) => Hidden["/MasterUserPassword"])).toContain(
      "another-password",
    );
  });
});

describe("a state key", () => {
  test("is not made by a plan, whatever is recorded", async () => {
    const folder = newFolder();
    const { deploy } = await cloud({}, jsonFileStore(folder));
    await deploy(shop(), { phase: "plan" });
    expect(keyIn(folder)).toBeUndefined();
    await deploy(() => AWS.SQS.Queue("jobs", { QueueName: "jobs" }));
    fs.rmSync(join(folder, ".key"));
    expect(await deploy(shop(), { phase: "plan" })).toMatchObject({ ok: true });
    expect(keyIn(folder)).toBeUndefined();
  });

  test("is made anew where nothing was digested or sealed by the lost one", async () => {
    const folder = newFolder();
    const { deploy } = await cloud({}, jsonFileStore(folder));
    await deploy(() => AWS.SQS.Queue("jobs", { QueueName: "jobs" }));
    fs.rmSync(join(folder, ".key"));
    const store = jsonFileStore(folder);
    expect(await deploy(() => AWS.SQS.Queue("jobs", { QueueName: "jobs" }), { store })).toMatchObject({
      ok: true,
    });
    expect(keyIn(folder)).toBeDefined();
  });

  test("is not made beside digests of another stage, nor of another app", async () => {
    const folder = newFolder();
    const { deploy } = await cloud({}, jsonFileStore(folder));
    await deploy(shop(), { stage: "prod" });
    fs.rmSync(join(folder, ".key"));
    const store = jsonFileStore(folder);
    const run = deploy(() => AWS.SQS.Queue("jobs", { QueueName: "dev-jobs" }), { store });
    await expect(run).rejects.toMatchObject({ code: "STATE_KEY" });
    expect(keyIn(folder)).toBeUndefined();
  });

  test("may be one for each stage of a store, and none is taken for another's", async () => {
    const folder = newFolder();
    const [dev, prod] = [jsonFileStore(folder, { key: "dev" }), jsonFileStore(folder, { key: "prod" })];
    const { deploy } = await cloud({}, dev);
    await deploy(shop());
    const program = (): Promise<unknown> =>
      AWS.SSM.Parameter("token", { Name: "prod-token", Type: "String", Value: secret("prod-value") });
    expect(await deploy(program, { stage: "prod", store: prod })).toMatchObject({ ok: true });
    for (const [stage, store, what] of [
      ["dev", dev, shop()],
      ["prod", prod, program],
    ] as const) {
      const again = await deploy(what, { stage, store });
      expect([again.ok, again.calls]).toEqual([true, {}]);
    }
    await expect(deploy(program, { stage: "prod", store: dev })).rejects.toMatchObject({ code: "STATE_KEY" });
    await expect(deploy(shop(), { store: prod })).rejects.toMatchObject({ code: "STATE_KEY" });
  });

  test("is given to a store in memory as to any other", async () => {
    const { deploy } = await cloud({}, memoryStore({ key: "mine" }));
    await deploy(shop());
    const again = await deploy(shop());
    expect(again.calls).toEqual({});
  });

  test.each(["create", "update"] as const)(
    "that is not there has the %s that was cut off neither sent again nor forgotten",
    async (move) => {
      const folder = newFolder();
      let isCut = false;
      const here = await cloud(
        {
          faults: ({ api }) =>
            isCut && /Create|Update/.test(api)
              ? { error: { type: "InternalFailure", message: "cut off", status: 500 } }
              : undefined,
        },
        jsonFileStore(folder),
      );
      const queue = (DelaySeconds: number) => () =>
        AWS.SQS.Queue("jobs", { QueueName: "jobs", DelaySeconds });
      if (move === "update") await here.deploy(queue(1));
      const stop = new AbortController();
      isCut = true;
      const run = here.deploy(queue(2), { signal: stop.signal });
      await expect.poll(() => stateIn(folder)).toContain(`"move": "${move}"`);
      stop.abort();
      await run;
      isCut = false;
      expect(stateIn(folder)).toContain(`"move": "${move}"`);
      fs.rmSync(join(folder, ".key"));
      const [before, writes] = [stateIn(folder), writesOf(here).length];
      const store = jsonFileStore(folder);
      await expect(here.deploy(queue(2), { store })).rejects.toMatchObject({ code: "STATE_KEY" });
      await expect(here.deploy(queue(2), { store, phase: "plan" })).rejects.toMatchObject({
        code: "STATE_KEY",
      });
      expect([stateIn(folder), writesOf(here).length, keyIn(folder)]).toEqual([before, writes, undefined]);
      const rekeyed = await rekey(here, queue(2), store);
      expect(rekeyed.ok).toBe(move === "update");
      if (move === "update") expect(await here.deploy(queue(2), { store })).toMatchObject({ ok: true });
    },
  );
});
