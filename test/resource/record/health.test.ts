import { describe, expect, test } from "vitest";
import { sicknessOf } from "../../../src/resource/record/health.ts";

const facts = {
  type: "t",
  readOnly: ["/Status", "/Health/LifecycleState", "/Rules/*/Status", "/StatusReason", "/Arn"],
};

describe("what AWS says of a resource's own state", () => {
  test.each([
    "CREATE_FAILED",
    "FAILED",
    "ERROR",
    "restore-error",
    "incompatible-network",
    "CreateFailed",
    "UNHEALTHY",
    "Update Failure",
    "FAILED_CREATION",
    "ERROR_ALLOCATING",
    "ERRORED",
    "IMPAIRED",
    "inaccessible-encryption-credentials",
    "Create_Failed",
  ])("%s is a failure", (status) => {
    expect(sicknessOf(facts, { Status: status })).toEqual({ path: "/Status", status });
    expect(sicknessOf(facts, { Health: { LifecycleState: status } })).toEqual({
      path: "/Health/LifecycleState",
      status,
    });
  });

  test.each(["ACTIVE", "available", "CREATING", "FailedOver", "failover", "NO_ERRORS", "deleting", ""])(
    "%j is none",
    (status) => {
      expect(sicknessOf(facts, { Status: status })).toBeUndefined();
    },
  );

  test("is not what the script sets, what an item of a list is at, or the words of a reason", () => {
    expect(sicknessOf({ type: "t", readOnly: [] }, { Status: "FAILED" })).toBeUndefined();
    expect(sicknessOf(facts, { Rules: [{ Status: "FAILED" }], StatusReason: "FAILED" })).toBeUndefined();
    expect(sicknessOf(facts, { Status: ["FAILED"] })).toBeUndefined();
  });
});
