import { describe, expect, test } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import { movesOf } from "../support/run.ts";
import { atEveryPoint } from "../support/crash/every-point.ts";
import { expectExact } from "../support/crash/exact.ts";
import { tell } from "../support/crash/tell.ts";

/** A log group whose name is its identity: another name replaces it, the new one first. */
const logs =
  (LogGroupName: string, more: object = {}) =>
  () =>
    AWS.Logs.LogGroup("logs", { LogGroupName, allowReplace: true, ...more });

describe("a replacement that was cut off and is taken back by the script", () => {
  test.each([{}, { adopt: true }])("with %j ends with the one that the script names", async (more) => {
    const points = await atEveryPoint(
      logs("b", more),
      async (world, when) => {
        const report = await world.deploy(logs("a", more));
        expect(
          report.changes.filter(({ error }) => error),
          when,
        ).toEqual([]);
        // What is recorded as old and is wanted again must not be deleted as old.
        await expectExact(world, 1, when);
        expect(world.emulator.resources()[0]?.Identifier, when).toBe("a");
        expect(movesOf(await world.deploy(logs("a", more))), when).toEqual(["logs: nothing"]);
      },
      logs("a", more),
    );
    tell(`crash points before a replacement is taken back: ${points}`);
    expect(points).toBeGreaterThan(12);
  });
});
