import { describe, expect, test } from "vitest";
import type { Change, Event } from "../../../src/events.ts";
import { redactChange, redactEvent } from "../../../src/resource/secrets/redact-changes.ts";

const secret = "hunter2-hunter2";
const texts = new Set([secret]);
const about = { id: "db", type: "AWS::RDS::DBInstance" } as const;

const change: Change = {
  ...about,
  move: "update",
  identifier: `db-${secret}`,
  patch: [
    { op: "replace", path: "/A", value: secret, from: `was ${secret}` },
    { op: "remove", path: "/B", from: secret },
  ],
  because: [{ path: "/A", from: secret, to: [secret] }],
  differences: [{ path: "/C", to: { D: secret } }],
  desired: { E: secret },
  why: `said ${secret}`,
  error: { code: "UNKNOWN", kind: "unknown", message: `no ${secret}`, advice: `not ${secret}` },
  durationMs: 1,
};

const events: readonly Event[] = [
  { ...about, name: "started", move: "update", patch: [{ op: "add", path: "/A", value: secret }] },
  { ...about, name: "progress", elapsedMs: 1, message: secret },
  { ...about, name: "retry", reason: secret, attempt: 1, waitMs: 1 },
  { ...about, name: "warning", message: secret },
  { ...about, name: "done", change },
  { ...about, name: "planned", change },
  { ...about, name: "failed", change },
  { name: "notice", message: secret },
  { name: "request", api: "GetResource", identifier: secret, attempt: 1, ms: 1 },
  { ...about, name: "decision", move: "adopt", why: secret, paths: [`/Tags/${secret}`] },
];

describe("what a run tells", () => {
  test("has a mask for a secret wherever a change can hold it, and keeps its shape", () => {
    const shown = redactChange(change, texts);
    expect(JSON.stringify(shown)).not.toContain(secret);
    expect(Object.keys(shown)).toEqual(Object.keys(change));
    expect(shown.patch?.map(({ op, path }) => [op, path])).toEqual([
      ["replace", "/A"],
      ["remove", "/B"],
    ]);
  });

  test.each(events)("holds none in an event: $name", (event) => {
    const shown = redactEvent(event, texts);
    expect(JSON.stringify(shown)).not.toContain(secret);
    expect(JSON.stringify(shown)).toContain("‹secret›");
    expect(shown.name).toBe(event.name);
  });

  test("is the very same where the run knows no secret", () => {
    expect(redactChange(change, new Set())).toBe(change);
    for (const event of events) expect(redactEvent(event, new Set())).toBe(event);
  });
});
