import { expect, test } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import { changeOf, cloud, movesOf } from "../support/run.ts";
import { declareMethod, repliesIn } from "../support/resource/method.ts";

const statuses = ["200", "400"] as const;

/** Declares a reply for 200 and one for 400 with these patterns. */
const replies =
  (...patterns: readonly (string | undefined)[]) =>
  async (): Promise<void> => {
    const of = await declareMethod({
      Integration: { Type: "MOCK" },
      MethodResponses: statuses.map((StatusCode) => ({ StatusCode })),
    });
    const declare = (SelectionPattern: string | undefined, i: number): Promise<unknown> =>
      AWS.ApiGateway.IntegrationResponse(`r${i}`, { ...of, StatusCode: statuses[i] ?? "", SelectionPattern });
    await Promise.allSettled(patterns.map(declare));
  };

test("a dash makes a reply the default, and is no change though no read shows it", async () => {
  const here = await cloud();
  await here.deploy(replies("-", "4\\d\\d"));
  expect(repliesIn(here)).toEqual([
    { StatusCode: "200" },
    { StatusCode: "400", SelectionPattern: "4\\d\\d" },
  ]);
  const again = await here.deploy(replies("-", "4\\d\\d"), { refresh: true });
  expect(new Set(again.changes.map(({ move }) => move))).toEqual(new Set(["nothing"]));
});

test.each([
  ["-", undefined],
  [undefined, "-"],
  ["-", ""],
  ["-", "-"],
])("two defaults of one method are refused, however they are spelled: %j and %j", async (first, second) => {
  const here = await cloud();
  const report = await here.deploy(replies(first, second));
  const failed = report.changes.filter(({ error }) => error !== undefined);
  expect(failed.map(({ error }) => error?.code)).toEqual(["VALIDATION"]);
  expect(repliesIn(here)).toHaveLength(1);
});

test("two defaults written inside the method are refused before anything is sent", async () => {
  const here = await cloud();
  const report = await here.deploy(() =>
    declareMethod({
      Integration: {
        Type: "MOCK",
        IntegrationResponses: [{ StatusCode: "200" }, { StatusCode: "400", SelectionPattern: "-" }],
      },
      MethodResponses: statuses.map((StatusCode) => ({ StatusCode })),
    }),
  );
  expect(movesOf(report).some((line) => line.endsWith("VALIDATION"))).toBe(true);
});

test("the default may change its spelling alone", async () => {
  const here = await cloud();
  await here.deploy(replies(undefined, "4\\d\\d"));
  const report = await here.deploy(replies("-", "4\\d\\d"));
  expect(changeOf(report, "r0").error).toBeUndefined();
  const again = await here.deploy(replies("-", "4\\d\\d"), { refresh: true });
  expect(changeOf(again, "r0").move).toBe("nothing");
});
