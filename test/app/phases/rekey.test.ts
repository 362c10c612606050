import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import { jsonFileStore } from "../../../src/state/index.ts";
import { cloud, movesOf } from "../../support/run.ts";
import { newFolder, rekey, shop, stateIn, writesOf } from "../../support/app/keyed-shop.ts";

describe("state rekey", () => {
  test("keeps what fits the key already, and says that nothing had to be done", async () => {
    const here = await cloud();
    await here.deploy(shop());
    expect((await rekey(here, shop(), here.store)).changes).toEqual([]);
  });

  test("warns of values that the script does not say, which count as unchanged when it says them again", async () => {
    const here = await cloud();
    const folder = newFolder();
    const first = jsonFileStore(folder, { key: "first" });
    const second = jsonFileStore(folder, { key: "second" });
    await here.deploy(shop(), { store: first });
    const queueAlone = (): Promise<unknown> => AWS.SQS.Queue("jobs", { QueueName: "jobs" });
    await rekey(here, queueAlone, second);
    expect(here.events).toContainEqual(
      expect.objectContaining({
        name: "warning",
        id: "db",
        message: expect.stringContaining("/MasterUserPassword"),
      }),
    );
    const writes = writesOf(here).length;
    expect(movesOf(await here.deploy(shop("said-again"), { store: second }))).toContain("db: nothing");
    expect(writesOf(here)).toHaveLength(writes);
    expect(movesOf(await here.deploy(shop("and-changed"), { store: second }))).toContain("db: update");
  });

  test("records nothing where a call of the script has failed", async () => {
    const folder = newFolder();
    const here = await cloud({}, jsonFileStore(folder, { key: "first" }));
    await here.deploy(shop());
    const before = stateIn(folder);
    const failing = async (): Promise<void> => {
      await shop()();
      await AWS.SQS.Queue("bad", { QueuName: "bad" } as never);
    };
    await expect(rekey(here, failing, jsonFileStore(folder, { key: "second" }))).rejects.toThrow(
      "nothing was recorded",
    );
    expect(stateIn(folder)).toBe(before);
  });

  test("takes the stage, so that nobody deploys meanwhile", async () => {
    const here = await cloud();
    await here.deploy(shop());
    const lock = await (await here.store.open("test", "dev")).lock();
    await expect(rekey(here, shop(), here.store)).rejects.toMatchObject({ code: "LOCKED" });
    await lock.release();
  });
});
