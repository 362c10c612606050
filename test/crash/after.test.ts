import { describe, expect, test } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import { type Cloud, changeOf, cloud, movesOf } from "../support/run.ts";
import { atEveryPoint } from "../support/crash/every-point.ts";
import { expectExact } from "../support/crash/exact.ts";
import { tell } from "../support/crash/tell.ts";

/** Named by the server, so that one made twice would stand beside the first. */
const queue = (DelaySeconds: number) => () => AWS.SQS.Queue("jobs", { DelaySeconds });

describe("between a crash and the next run", () => {
  test("an edit of the script is applied after settling, as an update, and nothing is created again", async () => {
    const points = await atEveryPoint(queue(1), async (world, when) => {
      const wasMade = world.emulator.resources().length === 1;
      const report = await world.deploy(queue(2));
      expect(movesOf(report), when).toHaveLength(1);
      // A create that had not begun is sent as it was kept, then updated.
      if (wasMade) expect(movesOf(report), when).toEqual(["jobs: update"]);
      expect(tokensOf(world, "CreateResource").size, when).toBe(1);
      await expectExact(world, 1, when);
      expect(world.emulator.resources()[0]?.Properties, when).toMatchObject({ DelaySeconds: 2 });
      expect((await world.deploy(queue(2))).calls, when).toEqual({});
    });
    tell(`crash points before an edit: ${points}`);
    expect(points).toBeGreaterThan(8);
  });

  test("an edit that goes back to what was before the cut-off update is applied too", async () => {
    const points = await atEveryPoint(
      queue(2),
      async (world, when) => {
        expect(await world.deploy(queue(1)), when).toMatchObject({ ok: true });
        await expectExact(world, 1, when);
        expect(world.emulator.resources()[0]?.Properties, when).toMatchObject({ DelaySeconds: 1 });
      },
      queue(1),
    );
    tell(`crash points before an edit back: ${points}`);
    expect(points).toBeGreaterThan(8);
  });

  test("an id that is declared no more is settled, then deleted as an orphan", async () => {
    let orphans = 0;
    const points = await atEveryPoint(queue(1), async (world, when) => {
      const wasMade = world.emulator.resources().length === 1;
      const report = await world.deploy(() => Promise.resolve());
      if (wasMade) expect(movesOf(report), when).toEqual(["jobs: delete"]);
      orphans += wasMade ? 1 : 0;
      expect(report.ok, when).toBe(true);
      await expectExact(world, 0, when);
    });
    tell(`crash points before an id vanished: ${points}, of which left an orphan: ${orphans}`);
    expect(orphans).toBeGreaterThan(4);
  });

  test("an id that goes on under another name is settled there, and nothing is created again", async () => {
    const renamed = () => AWS.SQS.Queue("tasks", { DelaySeconds: 1, renamedFrom: "jobs" });
    await atEveryPoint(queue(1), async (world, when) => {
      expect(await world.deploy(renamed), when).toMatchObject({ ok: true });
      expect(tokensOf(world, "CreateResource").size, when).toBe(1);
      await expectExact(world, 1, when);
      expect((await world.deploy(renamed)).calls, when).toEqual({});
    });
  });
});

/** The different client tokens under which an API was called. */
function tokensOf({ emulator }: Cloud, api: string): Set<string> {
  const bodies = emulator.calls.filter((call) => call.api === api).map(({ body }) => body);
  return new Set(bodies.map((body) => (body as { ClientToken: string }).ClientToken));
}

describe("a resource that is recorded as incomplete, and is as desired", () => {
  const database = (AllocatedStorage: string) => () =>
    AWS.RDS.DBInstance("db", {
      DBInstanceIdentifier: "db",
      DBInstanceClass: "db.t3.micro",
      Engine: "postgres",
      AllocatedStorage,
      MasterUsername: "master",
      MasterUserPassword: "hidden-from-reads",
    });
  const unstable = (operation: string) => ({
    faults: ({ api, count }: { api: string; count: number }) =>
      api === operation && count === 1
        ? { failWith: { code: "NotStabilized", identifier: true, created: true } }
        : undefined,
  });

  test("after its create is settled: neither replaced nor patched, though reads hide its password", async () => {
    const { deploy, emulator } = await cloud(unstable("CreateResource"));
    expect(movesOf(await deploy(database("20")))).toEqual(["db: NOT_STABILIZED"]);
    const report = await deploy(database("20"));
    expect(movesOf(report)).toEqual(["db: nothing"]);
    expect(Object.keys(report.calls).toSorted()).toEqual(["DescribeType", "GetResource"]);
    expect(emulator.resources()).toHaveLength(1);
    expect((await deploy(database("20"))).calls).toEqual({});
  });

  test("after its update is settled without another one", async () => {
    const { deploy, store, emulator } = await cloud(unstable("UpdateResource"));
    await deploy(database("20"));
    const report = await deploy(database("40"));
    expect(changeOf(report, "db").error).toMatchObject({ code: "NOT_STABILIZED" });
    expect(movesOf(await deploy(database("40")))).toEqual(["db: nothing"]);
    expect(emulator.calls.filter(({ api }) => api === "UpdateResource")).toHaveLength(1);
    await expectExact({ emulator, store }, 1, "after settling");
  });
});
