import { describe, expect, test } from "vitest";
import type { Reply } from "../support/wire/scripted.ts";
import { createOf } from "../support/cloudcontrol/control.ts";
import { failed, played, succeeded } from "../support/cloudcontrol/played.ts";

describe("a role that this run has only just written", () => {
  const unusable = failed("InvalidRequest", {
    StatusMessage: "The role defined for the function cannot be assumed by Lambda.",
  });

  test("is waited for, with a new client token each time", async () => {
    const roles = { hasFreshRole: () => true };
    const replies = [unusable, failed("AccessDenied"), succeeded];
    const { ended, tokens } = await played(replies, createOf, roles);
    expect(await ended()).toMatchObject({ outcome: "succeeded" });
    expect(tokens()).toEqual(["t1", "t2", "t3"]);
  });

  test("is waited for two minutes and no more", async () => {
    const roles = { hasFreshRole: () => true };
    const { ended, elapsed } = await played(Array<Reply>(200).fill(unusable), createOf, roles);
    expect(await ended()).toMatchObject({ outcome: "failed", error: { code: "NOT_PROPAGATED" } });
    expect(elapsed()).toBeGreaterThan(100_000);
    expect(elapsed()).toBeLessThanOrEqual(120_000);
  });

  test("is not waited for where there is none: the refusal is meant", async () => {
    const { ended, tokens } = await played([unusable]);
    expect(await ended()).toMatchObject({ outcome: "failed", error: { code: "INVALID_REQUEST" } });
    expect(tokens()).toEqual(["t1"]);
  });
});
