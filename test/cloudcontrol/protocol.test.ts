import { describe, expect, test } from "vitest";
import { failureIn, modelIn, progressOf } from "../../src/cloudcontrol/protocol.ts";

const RequestToken = "token-1";

describe("an event", () => {
  test.each([
    ["PENDING", "running"],
    ["IN_PROGRESS", "running"],
    ["CANCEL_IN_PROGRESS", "running"],
    ["SUCCESS", "succeeded"],
    ["FAILED", "failed"],
    ["CANCEL_COMPLETE", "cancelled"],
  ] as const)("with status %s is %s", (OperationStatus, status) => {
    expect(progressOf({ RequestToken, OperationStatus }).status).toBe(status);
  });

  test("without a status runs on while there is a token to ask by", () => {
    expect(progressOf({ RequestToken }).status).toBe("running");
  });

  test.each([undefined, {}, { OperationStatus: "IN_PROGRESS" as const }])(
    "that leaves nothing to go by (%j) counts as no answer, never as a failed operation",
    (event) => {
      expect(() => progressOf(event)).toThrow(expect.objectContaining({ code: "UNAVAILABLE" }));
    },
  );

  test("tells when AWS wants to be asked again, as an instant", () => {
    const RetryAfter = new Date(1_800_000_000_706);
    expect(progressOf({ RequestToken, RetryAfter }).retryAt).toBe(1_800_000_000_706);
  });
});

describe("the failure of an operation", () => {
  const failed = { RequestToken, OperationStatus: "FAILED", Identifier: "a" } as const;

  test("has the code, the message and what may exist all the same", () => {
    const ErrorCode = "NotStabilized";
    expect(
      failureIn(progressOf({ ...failed, ErrorCode, StatusMessage: "did not stabilize." })),
    ).toMatchObject({
      code: "NOT_STABILIZED",
      what: "did not stabilize. [NotStabilized]",
      identifier: "a",
      requestToken: RequestToken,
    });
  });

  test("is the handler's where there is neither code nor message", () => {
    expect(failureIn(progressOf(failed))).toMatchObject({
      code: "HANDLER_FAILED",
      what: "the handler failed without a message [HandlerFailure]",
    });
  });

  test("is a cancellation where somebody cancelled it", () => {
    expect(failureIn(progressOf({ RequestToken, OperationStatus: "CANCEL_COMPLETE" })).code).toBe(
      "CANCELLED",
    );
  });
});

describe("a model", () => {
  test("is parsed from its text; none at all is empty", () => {
    expect(modelIn('{"Name":"a"}')).toEqual({ Name: "a" });
    expect(modelIn(undefined)).toEqual({});
  });

  test.each(["{", "null", "[]", '"text"'])("%s is refused: an empty model would look like drift", (text) => {
    expect(() => modelIn(text)).toThrow(expect.objectContaining({ code: "HANDLER_FAILED" }));
  });
});
