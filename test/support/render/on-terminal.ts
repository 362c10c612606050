import { once } from "node:events";
import type { Event } from "../../../src/events.ts";
import { live } from "../../../src/render/live.ts";

// A run as a terminal shows it: after each line typed it comes a step further, after the last but one it ends.
const about = { id: "jobs", type: "AWS::SQS::Queue" } as const;
const reply = { id: "reply", type: "AWS::ApiGatewayV2::IntegrationResponse" } as const;
const colourful = { id: "日本\u001b[2Jの料理", type: "AWS::S3::Bucket" } as const;
const patch = [
  { op: "replace", path: "/TemplateSelectionExpression", value: "${request.body.action}" },
] as const;

const steps: readonly (readonly Event[])[] = [
  [
    { name: "notice", message: "Using the default app" },
    { ...about, name: "started", move: "create" },
    { ...about, name: "progress", elapsedMs: 41_000, message: "Waiting for the queue to be\nready" },
    { ...reply, name: "started", move: "update", patch },
    { ...reply, name: "retry", reason: "Rate exceeded", attempt: 3, waitMs: 600_000 },
    { ...colourful, name: "started", move: "delete" },
  ],
  [
    {
      ...reply,
      name: "done",
      change: { ...reply, move: "update", identifier: "a|b|c", patch, durationMs: 0 },
    },
    { ...colourful, name: "done", change: { ...colourful, move: "delete", durationMs: 0 } },
    { ...about, name: "progress", elapsedMs: 42_000 },
  ],
  [
    {
      ...about,
      name: "done",
      change: { ...about, move: "create", identifier: "https://sqs/jobs", durationMs: 0 },
    },
  ],
];

const run = live(process.stderr, process.env);
for (const step of steps) {
  for (const event of step) run.hear(event);
  run.aside("a line of the script\n");
  await once(process.stdin, "data");
}
run.end();
process.stderr.write("ended\n");
await once(process.stdin, "data");
process.stdin.pause();
