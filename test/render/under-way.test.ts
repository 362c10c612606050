import { expect, test } from "vitest";
import type { Event } from "../../src/events.ts";
import { type UnderWay, underWay } from "../../src/render/under-way.ts";
import { changed } from "../support/render/report.ts";

const jobs = { id: "jobs", type: "AWS::SQS::Queue" };
const started: Event = { ...jobs, name: "started", move: "create" };
const retry: Event = { ...jobs, name: "retry", reason: "Rate exceeded", attempt: 2, waitMs: 500 };
const done: Event = { ...jobs, name: "done", change: changed("jobs", "create") };

/** What is under way after events that come a second apart. */
function after(...events: readonly Event[]): UnderWay {
  let now = 0;
  const course = underWay(() => now);
  for (const event of events) {
    course.hear(event);
    now += 1_000;
  }
  return course;
}

test("a resource is under way from its first word, whichever that is", () => {
  expect(after(retry, started).rows()).toEqual([
    {
      ...jobs,
      move: "create",
      since: 0,
    },
  ]);
  expect(after(started, retry).rows()).toEqual([
    {
      ...jobs,
      move: "create",
      since: 0,
      wait: { for: "retry", reason: "Rate exceeded", attempt: 2, until: 1_500 },
    },
  ]);
});

test("a wait for AWS counts from when AWS began, and is the last thing that was told", () => {
  const progress: Event = { ...jobs, name: "progress", elapsedMs: 800, message: "creating" };
  expect(after(started, retry, progress).rows()).toMatchObject([
    { wait: { for: "aws", since: 1_200, message: "creating" } },
  ]);
});

test.each(["done", "planned", "failed"] as const)("a resource has ended once it is told as %s", (name) => {
  const course = after(
    started,
    { ...started, id: "other" },
    { ...jobs, name, change: changed("jobs", "create") },
  );
  expect(course.rows().map(({ id }) => id)).toEqual(["other"]);
  expect([course.ended(), course.total()]).toEqual([1, 2]);
});

test("what is told after its end does not bring a resource back, but a new start does", () => {
  expect(after(started, done, retry).rows()).toEqual([]);
  const again = after(started, done, { ...jobs, name: "started", move: "delete" });
  expect(again.rows()).toMatchObject([{ id: "jobs", move: "delete", since: 2_000 }]);
  expect([again.ended(), again.total()]).toEqual([0, 1]);
});

test("warnings, notices and requests begin nothing", () => {
  const course = after(
    { ...jobs, name: "warning", message: "m" },
    { name: "notice", message: "m" },
    { name: "call", api: "GetResource" },
  );
  expect([course.rows(), course.total()]).toEqual([[], 0]);
});
