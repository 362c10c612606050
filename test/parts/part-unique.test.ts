import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import { changeOf, cloud, movesOf } from "../support/run.ts";
import { declareMethod, declareParts, repliesIn } from "../support/resource/method.ts";

const statuses = ["200", "400", "500"] as const;

/** Declares a reply for each pattern, so many ms apart: the first for 200, the next for 400, then 500. */
const apart =
  (ms: number, ...patterns: readonly string[]) =>
  async (): Promise<void> => {
    const of = await declareMethod({
      Integration: { Type: "MOCK" },
      MethodResponses: statuses.map((StatusCode) => ({ StatusCode })),
    });
    await Promise.allSettled(
      patterns.map(async (SelectionPattern, i) => {
        await setTimeout(i * ms);
        const StatusCode = statuses[i] ?? "";
        return AWS.ApiGateway.IntegrationResponse(`r${StatusCode}`, { ...of, StatusCode, SelectionPattern });
      }),
    );
  };

/** The same at once. */
const replies = (...patterns: readonly string[]) => apart(0, ...patterns);

const patternsIn = (here: Parameters<typeof repliesIn>[0]): unknown[] =>
  (repliesIn(here) ?? []).map(({ SelectionPattern }) => SelectionPattern);

test.each([0, 150])("replies declared %i ms apart may swap their patterns", async (ms) => {
  const here = await cloud();
  await here.deploy(replies("x", "y"));
  const report = await here.deploy(apart(ms, "y", "x"));
  expect(movesOf(report).slice(2).toSorted()).toEqual(["r200: update", "r400: update"]);
  expect(patternsIn(here)).toEqual(["y", "x"]);
});

test("a pattern that a sibling keeps is refused before it is sent, is no success, and holds up nobody else", async () => {
  const here = await cloud();
  await here.deploy(replies("x", "y", "z"));
  const report = await here.deploy(replies("y", "y", "other"));
  expect(changeOf(report, "r200").error).toMatchObject({ code: "VALIDATION" });
  expect(changeOf(report, "r200").error?.message).toContain("400 has the same SelectionPattern");
  expect(changeOf(report, "r500").move).toBe("update");
  expect(patternsIn(here)).toEqual(["x", "y", "other"]);
  expect(movesOf(await here.deploy(replies("y", "x", "other"))).slice(2)).toContain("r200: update");
  expect(patternsIn(here)).toEqual(["y", "x", "other"]);
});

test("the default reply of another status takes the place of the old one", async () => {
  const here = await cloud();
  await here.deploy(() => declareParts());
  const report = await here.deploy(() => declareParts({ status: "201" }));
  expect(report.changes.filter(({ error }) => error)).toEqual([]);
  expect(changeOf(report, "reply").move).toBe("replace");
  expect(repliesIn(here)).toEqual([{ StatusCode: "201" }]);
});

test("a reply that another pattern sets apart from the old one is made before that one goes", async () => {
  const here = await cloud();
  await here.deploy(() => declareParts());
  const declare = () => declareParts({ status: "201", reply: { SelectionPattern: "2.." } });
  const planned = await here.deploy(declare, { phase: "plan" });
  expect(planned.changes.find(({ id }) => id === "reply")).toMatchObject({ order: "create-first" });
  expect((await here.deploy(declare)).ok).toBe(true);
  expect(repliesIn(here)).toEqual([{ StatusCode: "201", SelectionPattern: "2.." }]);
});
