import { describe, expect, test } from "vitest";
import { planText } from "../../src/render/plan-text.ts";
import { summaryText } from "../../src/render/summary-text.ts";
import { changed, denied, reported } from "../support/render/report.ts";

describe("a deploy's summary", () => {
  test("counts what was done, and how long it took", () => {
    const changes = [
      changed("a", "create"),
      changed("b", "create"),
      changed("c", "update"),
      changed("d", "nothing"),
    ];
    expect(summaryText(reported(changes))).toBe(
      "Deployed: 2 added, 1 changed, 0 destroyed, 1 unchanged in 12.3 s.",
    );
    expect(
      summaryText(reported([changed("a", "adopt"), changed("b", "forget")], { durationMs: 125_000 })),
    ).toBe("Deployed: 1 adopted, 0 added, 0 changed, 0 destroyed, 0 unchanged, 1 forgotten in 2 min 5 s.");
  });

  test("names every failure with what to do about it", () => {
    const changes = [
      changed("a", "create"),
      changed("b", "create", { error: denied("b") }),
      changed("c", "update", {
        identifier: "https://sqs/c",
        error: { code: "UNKNOWN", kind: "unknown", message: "one line\nand another", advice: "" },
      }),
    ];
    expect(summaryText(reported(changes))).toMatchInlineSnapshot(`
      "! b  AWS::SQS::Queue
          not allowed to do this (ACCESS_DENIED)
          Ask for it.
      ! c  AWS::SQS::Queue  https://sqs/c
          one line
          and another

      Only in part deployed: 1 added, 0 changed, 0 destroyed, 0 unchanged, 2 failed in 12.3 s."
    `);
  });

  test("counts what was no target apart from what is unchanged", () => {
    const changes = [changed("a", "nothing"), changed("b", "nothing", { skipped: true })];
    expect(summaryText(reported(changes))).toBe(
      "Deployed: 0 added, 0 changed, 0 destroyed, 1 unchanged, 1 not targeted in 12.3 s.",
    );
    expect(planText(reported(changes, { phase: "plan" }))).toBe(
      "No changes.\nPlan: 0 to add, 0 to change, 0 to destroy, 1 not targeted.",
    );
  });

  test("does not count a replaced one as destroyed that a failed run has left", () => {
    const replaced = changed("a", "replace", { order: "create-first" });
    const failed = changed("b", "create", { error: denied("b") });
    expect(
      summaryText(reported([replaced]))
        .split("\n")
        .at(-1),
    ).toContain("1 added, 0 changed, 1 destroyed");
    expect(
      summaryText(reported([replaced, failed]))
        .split("\n")
        .at(-1),
    ).toBe(
      "Only in part deployed: 1 added, 0 changed, 0 destroyed, 0 unchanged, 1 replaced but not yet deleted, 1 failed in 12.3 s.",
    );
  });

  test("says so when nothing was deployed at all", () => {
    const report = reported([changed("a", "nothing"), changed("b", "create", { error: denied("b") })]);
    expect(summaryText(report).split("\n").at(-1)).toBe(
      "Not deployed: 0 added, 0 changed, 0 destroyed, 1 unchanged, 1 failed in 12.3 s.",
    );
  });
});

describe("a destroy's summary", () => {
  const destroyed = (changes: Parameters<typeof reported>[0]): string =>
    summaryText(reported(changes, { phase: "destroy" }));

  test("counts what is gone", () => {
    expect(destroyed([changed("a", "delete")])).toBe("Destroyed: 1 resource in 12.3 s.");
    expect(destroyed([changed("a", "delete"), changed("b", "delete"), changed("c", "forget")])).toBe(
      "Destroyed: 2 resources, 1 forgotten in 12.3 s.",
    );
  });

  test("of a stage that never existed has nothing to tell", () => {
    expect(destroyed([])).toBe("Nothing to do.");
  });

  test("gives a command for each that is left, quoted for the shell", () => {
    const reply = "AWS::ApiGatewayV2::IntegrationResponse";
    expect(
      destroyed([
        changed("a", "delete"),
        changed("b", "delete", { identifier: "https://sqs/b", error: denied("b") }),
        changed("c", "delete", { type: reply, identifier: "api|int|it's", error: denied("c") }),
      ]),
    ).toMatchInlineSnapshot(`
      "! b  AWS::SQS::Queue  https://sqs/b
          not allowed to do this (ACCESS_DENIED)
          Ask for it.
      ! c  AWS::ApiGatewayV2::IntegrationResponse  api|int|it's
          AWS::SQS::Queue "c": not allowed to do this (ACCESS_DENIED)
          Ask for it.

      To delete by hand what was left, before the same run again:
          aws cloudcontrol delete-resource --type-name AWS::SQS::Queue --identifier https://sqs/b
          aws cloudcontrol delete-resource --type-name AWS::ApiGatewayV2::IntegrationResponse --identifier 'api|int|it'\\''s'

      Only in part destroyed: 1 resource, 2 failed in 12.3 s."
    `);
  });

  test("gives none for what is refused on purpose or was never known", () => {
    const held = { ...denied("b"), code: "PROTECTED" } as const;
    expect(
      destroyed([
        changed("b", "delete", { identifier: "https://sqs/b", error: held }),
        changed("c", "delete", { type: "unknown", error: denied("c") }),
        changed("d", "create", { identifier: "x", error: denied("d") }),
      ]),
    ).not.toContain("aws cloudcontrol");
  });
});
