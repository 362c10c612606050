import { expect, test } from "vitest";
import { driftText } from "../../src/render/drift-text.ts";
import { changed, denied, reported } from "../support/render/report.ts";

const report = reported(
  [
    changed("same", "nothing", { drift: "same", identifier: "https://sqs/same" }),
    changed("jobs", "nothing", {
      drift: "drifted",
      identifier: "https://sqs/jobs",
      paths: ["/DelaySeconds", "/Tags"],
    }),
    changed("gone", "nothing", { drift: "missing", identifier: "https://sqs/gone" }),
    changed("left", "forget", { drift: "missing", identifier: "https://sqs/left" }),
    changed("odd", "nothing", { drift: "not comparable", why: "reads are refused" }),
  ],
  { phase: "drift" },
);

test("drift is told a resource at a time, with where and why, and counted at the end", () => {
  expect(driftText(report)).toMatchInlineSnapshot(`
    "~ jobs  AWS::SQS::Queue  https://sqs/jobs  drifted
        /DelaySeconds
        /Tags
    - gone  AWS::SQS::Queue  https://sqs/gone  missing
    - left  AWS::SQS::Queue  https://sqs/left  missing  forgotten
    ? odd  AWS::SQS::Queue  not comparable
        reads are refused

    Drift: 1 drifted, 2 missing, 1 not comparable, 1 the same."
  `);
});

test("what is the same is named where all is asked for", () => {
  expect(driftText(report, undefined, { all: true }).split("\n")[0]).toBe(
    "= same  AWS::SQS::Queue  https://sqs/same  same",
  );
});

test("what was not compared is never told as the same", () => {
  const changes = [changed("a", "nothing", { drift: "same", error: denied("a") }), changed("b", "nothing")];
  expect(driftText(reported(changes))).toMatchInlineSnapshot(`
    "? a  AWS::SQS::Queue  not comparable
        not allowed to do this (ACCESS_DENIED). Ask for it.
    ? b  AWS::SQS::Queue  not comparable
        nobody looked

    Drift: 0 drifted, 0 missing, 2 not comparable, 0 the same."
  `);
});

test("nothing recorded is nothing drifted", () => {
  expect(driftText(reported([]))).toBe("Drift: 0 drifted, 0 missing, 0 not comparable, 0 the same.");
});
