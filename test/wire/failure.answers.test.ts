import { describe, expect, test } from "vitest";
import { codeOf, failureOf } from "../../src/wire/failure.ts";

/** What the SDK throws when an answer came that it cannot read: no service has spoken. */
const unreadable = (status: number): Error =>
  Object.assign(new SyntaxError("Unexpected token < in JSON"), { $metadata: { httpStatusCode: status } });

describe("codes that every service may answer", () => {
  test.each([
    ["AuthFailure", "NO_CREDENTIALS"],
    ["Forbidden", "ACCESS_DENIED"],
    ["IncompleteSignature", "NO_CREDENTIALS"],
    ["LimitExceededException", "SERVICE_LIMIT"],
    ["NotAuthorized", "ACCESS_DENIED"],
    ["OptInRequired", "ACCESS_DENIED"],
    ["RequestThrottledException", "THROTTLED"],
    ["RequestTimeoutException", "UNAVAILABLE"],
    ["SignatureDoesNotMatch", "NO_CREDENTIALS"],
    ["SlowDown", "THROTTLED"],
    ["ThrottledException", "THROTTLED"],
    ["UnauthorizedException", "ACCESS_DENIED"],
  ])("%s reads as %s", (name, code) => {
    expect(codeOf(name)).toBe(code);
  });

  test("only a refused signature is read by what it says of time", () => {
    expect(codeOf("AccessDenied", "Signature expired: now is later")).toBe("ACCESS_DENIED");
    expect(codeOf("InvalidSignature", "The key of Signature expired")).toBe("NO_CREDENTIALS");
  });
});

describe("an answer that cannot be read", () => {
  test.each([
    [200, "UNAVAILABLE"],
    [299, "UNAVAILABLE"],
    [300, "INVALID_REQUEST"],
    [401, "ACCESS_DENIED"],
    [403, "ACCESS_DENIED"],
    [404, "INVALID_REQUEST"],
    [407, "ACCESS_DENIED"],
    [429, "THROTTLED"],
    [500, "UNAVAILABLE"],
    [503, "UNAVAILABLE"],
  ])("with the status %i is %s, told by its status", (status, code) => {
    expect(failureOf(unreadable(status))).toMatchObject({
      code,
      what: `the answer (HTTP ${status}) cannot be read`,
    });
  });
});

describe("the words of a failure", () => {
  const said = (thrown: unknown): string => failureOf(thrown).what;
  const $metadata = { httpStatusCode: 503 };

  test("are those of the service, in either spelling", () => {
    expect(said({ $fault: "server", message: "a", Message: "b" })).toBe("a");
    expect(said({ $fault: "server", message: "", Message: "b" })).toBe("b");
    expect(said({ $fault: "server", message: "UnknownError", Message: "b" })).toBe("b");
  });

  test("are the status where the service said nothing", () => {
    expect(said({ $fault: "server", name: "X", message: "UnknownError", $metadata })).toBe(
      "the service answered HTTP 503 without a word",
    );
  });

  test("are the code of the network, else the name, else the value itself", () => {
    expect(said({ message: "", name: "Error", code: "ECONNREFUSED" })).toBe("ECONNREFUSED");
    expect(said({ message: "", name: "AggregateError" })).toBe("AggregateError");
    expect(said("boom")).toBe("boom");
    expect(said(undefined)).toBe("undefined");
  });
});

test("a service that spoke without a status is read by the name of its error, or as a failed handler", () => {
  expect(failureOf({ $fault: "client", name: "ThrottlingException", message: "m" }).code).toBe("THROTTLED");
  expect(failureOf({ $fault: "client", name: 7, message: "m" }).code).toBe("HANDLER_FAILED");
  expect(failureOf({ name: 7, code: 7, message: "m" }).code).toBe("INVALID_REQUEST");
});
