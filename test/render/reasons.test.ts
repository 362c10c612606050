import { describe, expect, test } from "vitest";
import { AWS } from "../../src/aws/namespace.ts";
import type { Because, Event, Move } from "../../src/events.ts";
import { lines } from "../../src/render/lines.ts";
import { cloud } from "../support/run.ts";

/** What is printed for events. */
function printed(events: readonly Event[]): string {
  let text = "";
  const listener = lines((line) => void (text += line), { NO_COLOR: "1" });
  for (const event of events) listener(event);
  return text;
}

const about = { id: "q", type: "AWS::SQS::Queue" };
const done = (move: Move, because: readonly Because[]): Event => ({
  ...about,
  name: "done",
  change: { ...about, move, identifier: "i", durationMs: 1000, because },
});

describe("the line of a replacement", () => {
  test.each<[string, Because, string]>([
    ["another value", { path: "/QueueName", from: "a", to: "b" }, 'QueueName: "a" → "b"'],
    ["a value that is dropped", { path: "/FifoQueue", from: true }, "FifoQueue: true → (none)"],
    ["a value that comes", { path: "/Kms/Key", to: "k" }, 'Kms.Key: (none) → "k"'],
    ["a list", { path: "/Zones", from: ["a"], to: ["b"] }, 'Zones: ["a"] → ["b"]'],
    ["a long value", { path: "/Name", from: "x".repeat(400), to: "y" }, "…"],
  ])("is followed by its reasons: %s", (_, because, reason) => {
    const [head, line, ...rest] = printed([done("replace", [because])])
      .trimEnd()
      .split("\n");
    expect(head).toContain("replaced");
    expect(line).toContain(reason);
    expect(line?.length).toBeLessThan(170);
    expect(rest).toEqual([]);
  });

  test("is not that of an update, which may know reasons for what it has not come to", () => {
    expect(printed([done("update", [{ path: "/QueueName", from: "a", to: "b" }])])).not.toContain("forces");
  });

  test("tells in a deploy what the plan has told", async () => {
    const { deploy, events } = await cloud();
    const queue = (QueueName: string) => () => AWS.SQS.Queue("q", { QueueName, allowReplace: true });
    await deploy(queue("one"));
    events.length = 0;
    await deploy(queue("two"));
    expect(printed(events)).toContain('    QueueName: "one" → "two"  forces replacement\n');
  });
});
