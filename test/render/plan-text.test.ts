import { describe, expect, test } from "vitest";
import type { Report } from "../../src/events.ts";
import { planText } from "../../src/render/plan-text.ts";
import { changed, denied, reported } from "../support/render/report.ts";

const plan = (changes: Report["changes"], more: Partial<Report> = {}): Report =>
  reported(changes, { phase: "plan", ...more });

const lastLine = (text: string): string | undefined => text.split("\n").at(-1);

describe("a plan", () => {
  test("shows every move with its sign, and what is sent for it", () => {
    const report = plan([
      changed("jobs", "create", { desired: { QueueName: "jobs", DelaySeconds: 5 } }),
      changed("kept", "update", {
        identifier: "https://sqs/kept",
        patch: [
          { op: "test", path: "/DelaySeconds", value: 1 },
          { op: "replace", path: "/DelaySeconds", value: 2 },
          { op: "remove", path: "/KmsMasterKeyId" },
          { op: "move", from: "/A", path: "/B" },
        ],
      }),
      changed("net", "replace", {
        type: "AWS::EC2::VPC",
        identifier: "vpc-1",
        order: "create-first",
        because: [{ path: "/CidrBlock", from: "10.0.0.0/16", to: "10.1.0.0/16" }],
      }),
      changed("file", "replace", {
        identifier: "https://sqs/file",
        order: "delete-first",
        because: [{ path: "/FifoQueue", from: true }],
      }),
      changed("app", "adopt", {
        type: "AWS::Logs::LogGroup",
        identifier: "/app",
        patch: [{ op: "replace", path: "/RetentionInDays", value: 7 }],
      }),
      changed("gone", "delete", { identifier: "https://sqs/gone" }),
      changed("left", "forget", { identifier: "https://sqs/left" }),
      changed("same", "nothing", { identifier: "https://sqs/same" }),
    ]);
    expect(planText(report)).toMatchInlineSnapshot(`
      "+ jobs  AWS::SQS::Queue
          QueueName: "jobs"
          DelaySeconds: 5
      ~ kept  AWS::SQS::Queue  https://sqs/kept
          DelaySeconds is 1
          DelaySeconds: (none) → 2
          KmsMasterKeyId: → (none)
          move A to B
      ± net  AWS::EC2::VPC  vpc-1
          CidrBlock: "10.0.0.0/16" → "10.1.0.0/16"  forces replacement
      ± file  AWS::SQS::Queue  https://sqs/file  the old one goes first
          FifoQueue: true → (none)  forces replacement
      > app  AWS::Logs::LogGroup  /app
          RetentionInDays: (none) → 7
      - gone  AWS::SQS::Queue  https://sqs/gone
      - left  AWS::SQS::Queue  https://sqs/left  only forgotten: it stays at AWS

      Plan: 1 to adopt, 3 to add, 2 to change, 3 to destroy, 1 to forget."
    `);
  });

  test("marks what is known only after apply, wherever it stands", () => {
    const report = plan([
      changed("live", "create", {
        desired: {
          ApiId: "⟨api.ApiId⟩",
          Description: "wss://⟨api.ApiId⟩.example",
          Tags: [{ Key: "api", Value: "⟨api.ApiId⟩" }],
          StageVariables: {},
        },
        unknown: ["/ApiId", "/Description", "/Tags/0/Value"],
      }),
      changed("rule", "update", {
        identifier: "r",
        patch: [{ op: "add", path: "/Targets", value: [{ Arn: "⟨jobs.Arn⟩", Id: "1" }] }],
        unknown: ["/Targets/0/Arn", "/RoleArn"],
      }),
      changed("map", "replace", {
        identifier: "m",
        order: "create-first",
        because: [{ path: "/ApiId", from: "a1", to: "⟨api.ApiId⟩" }],
        unknown: ["/ApiId"],
      }),
    ]);
    expect(planText(report)).toMatchInlineSnapshot(`
      "+ live  AWS::SQS::Queue
          ApiId: "⟨api.ApiId⟩" (known after apply)
          Description: "wss://⟨api.ApiId⟩.example" (known after apply)
          Tags: [
            {
              Key: "api"
              Value: "⟨api.ApiId⟩" (known after apply)
            }
          ]
          StageVariables: {}
      ~ rule  AWS::SQS::Queue  r
          Targets: (none) → [
            {
              Arn: "⟨jobs.Arn⟩" (known after apply)
              Id: "1"
            }
          ]
          known after apply: /RoleArn
      ± map  AWS::SQS::Queue  m
          ApiId: "a1" → "⟨api.ApiId⟩" (known after apply)  forces replacement

      Plan: 2 to add, 1 to change, 1 to destroy."
    `);
  });

  test("shows long values whole, a line a member", () => {
    const PolicyDocument = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: ["sqs:SendMessage", "sqs:GetQueueUrl"], Resource: "*" }],
    };
    const report = plan([
      changed("role", "create", {
        desired: { Policies: [{ PolicyDocument }], "odd name": "x".repeat(100) },
      }),
    ]);
    expect(planText(report)).toMatchInlineSnapshot(`
      "+ role  AWS::SQS::Queue
          Policies: [
            {
              PolicyDocument: {
                Version: "2012-10-17"
                Statement: [
                  {
                    Effect: "Allow"
                    Action: ["sqs:SendMessage","sqs:GetQueueUrl"]
                    Resource: "*"
                  }
                ]
              }
            }
          ]
          "odd name": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

      Plan: 1 to add, 0 to change, 0 to destroy."
    `);
  });

  test("tells what would fail, with the advice, and counts it as no change", () => {
    const report = plan([
      changed("held", "delete", { identifier: "https://sqs/held", error: denied("held") }),
      changed("jobs", "create", { desired: {} }),
    ]);
    expect(planText(report)).toMatchInlineSnapshot(`
      "! held  AWS::SQS::Queue  https://sqs/held
          not allowed to do this (ACCESS_DENIED)
          Ask for it.
      + jobs  AWS::SQS::Queue

      1 would fail: see ! above.

      Plan: 1 to add, 0 to change, 0 to destroy."
    `);
  });

  test("says where it stopped, and which ids look renamed", () => {
    const report = plan([changed("b", "create", { desired: {} }), changed("a", "delete")], {
      stopped: {
        code: "UNKNOWN_AT_PLAN",
        kind: "state",
        message: "table.Arns is known only after apply (UNKNOWN_AT_PLAN). Deploy what comes before it first.",
        advice: "Deploy what comes before it first.",
      },
      renames: [{ from: "a", to: "b", type: "AWS::SQS::Queue" }],
    });
    expect(planText(report)).toMatchInlineSnapshot(`
      "+ b  AWS::SQS::Queue
      - a  AWS::SQS::Queue

      ? The plan ends here: table.Arns is known only after apply (UNKNOWN_AT_PLAN)
          Deploy what comes before it first.
          Nothing beyond is planned, and no deletion.

      ? looks like "a" renamed to "b" (AWS::SQS::Queue): pass renamedFrom: "a" to keep the resource

      Plan: 1 to add, 0 to change, 1 to destroy."
    `);
  });

  test("without changes says so, and shows what is unchanged only where asked", () => {
    const same = changed("same", "nothing", { identifier: "https://sqs/same" });
    const report = plan([same, changed("other", "nothing", { skipped: true })]);
    expect(planText(report)).toMatchInlineSnapshot(`
      "No changes.
      Plan: 0 to add, 0 to change, 0 to destroy, 1 not targeted."
    `);
    expect(planText(report, undefined, { all: true })).toMatchInlineSnapshot(`
      "= same  AWS::SQS::Queue  https://sqs/same
      = other  AWS::SQS::Queue  not a target

      No changes.
      Plan: 0 to add, 0 to change, 0 to destroy, 1 not targeted."
    `);
    const unmanaged = plan([{ ...same, unmanaged: ["/DelaySeconds", "/Tags"] }]);
    expect(planText(unmanaged)).toMatchInlineSnapshot(`
      "= same  AWS::SQS::Queue  https://sqs/same
          unmanaged: /DelaySeconds, /Tags

      No changes.
      Plan: 0 to add, 0 to change, 0 to destroy."
    `);
  });

  test("that stopped at once is not told as one without changes", () => {
    const stopped = { code: "UNKNOWN_AT_PLAN", kind: "state", message: "m", advice: "" } as const;
    expect(planText(plan([], { stopped }))).not.toContain("No changes");
  });
});

describe("the last line of a plan", () => {
  test("counts a replacement as one more and one less", () => {
    const changes = [
      changed("a", "create"),
      changed("b", "replace"),
      changed("c", "update"),
      changed("d", "delete"),
    ];
    expect(lastLine(planText(plan(changes)))).toBe("Plan: 2 to add, 1 to change, 2 to destroy.");
  });

  test("speaks of adoptions and of what is forgotten only where there are any", () => {
    const patch = [{ op: "remove", path: "/A" }] as const;
    const changes = [
      changed("a", "adopt", { patch }),
      changed("b", "adopt", { patch: [] }),
      changed("c", "forget"),
    ];
    expect(lastLine(planText(plan(changes)))).toBe(
      "Plan: 2 to adopt, 0 to add, 1 to change, 0 to destroy, 1 to forget.",
    );
    expect(lastLine(planText(plan([])))).toBe("Plan: 0 to add, 0 to change, 0 to destroy.");
  });
});
