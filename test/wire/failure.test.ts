import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ResourceError } from "../../src/errors.ts";
import {
  codeOf,
  failureOf,
  isConcurrentOperation,
  isTokenConflict,
  requestTokenIn,
} from "../../src/wire/failure.ts";

/** An error as the SDK throws it after a service has spoken. */
const spoken = (name: string, message: string, status = 400): Error =>
  Object.assign(new Error(message), { name, $fault: "client", $metadata: { httpStatusCode: status } });

/** An error from on the way to the service. */
const unspoken = (name: string, message: string, more: object = {}): Error =>
  Object.assign(new Error(message), { name, ...more });

describe("exceptions of Cloud Control", () => {
  test.each([
    ["AlreadyExistsException", "ALREADY_EXISTS"],
    ["ClientTokenConflictException", "BUSY"],
    ["ConcurrentModificationException", "BUSY"],
    ["ConcurrentOperationException", "BUSY"],
    ["GeneralServiceException", "HANDLER_FAILED"],
    ["HandlerFailureException", "HANDLER_FAILED"],
    ["HandlerInternalFailureException", "HANDLER_FAILED"],
    ["InvalidCredentialsException", "EXPIRED_CREDENTIALS"],
    ["InvalidRequestException", "INVALID_REQUEST"],
    ["NetworkFailureException", "UNAVAILABLE"],
    ["NotStabilizedException", "NOT_STABILIZED"],
    ["NotUpdatableException", "NOT_UPDATABLE"],
    ["PrivateTypeException", "UNSUPPORTED_TYPE"],
    ["RequestTokenNotFoundException", "NOT_FOUND"],
    ["ResourceConflictException", "BUSY"],
    ["ResourceNotFoundException", "NOT_FOUND"],
    ["ServiceInternalErrorException", "UNAVAILABLE"],
    ["ServiceLimitExceededException", "SERVICE_LIMIT"],
    ["ThrottlingException", "THROTTLED"],
    ["TypeNotFoundException", "UNSUPPORTED_TYPE"],
    ["UnsupportedActionException", "UNSUPPORTED_TYPE"],
    ["ValidationException", "INVALID_REQUEST"],
    ["AccessDeniedException", "ACCESS_DENIED"],
    ["ExpiredTokenException", "EXPIRED_CREDENTIALS"],
    ["ExpiredToken", "EXPIRED_CREDENTIALS"],
    ["UnrecognizedClientException", "NO_CREDENTIALS"],
    ["MissingAuthenticationTokenException", "NO_CREDENTIALS"],
    ["InvalidClientTokenId", "NO_CREDENTIALS"],
    ["InvalidSignatureException", "NO_CREDENTIALS"],
    ["SerializationException", "INVALID_REQUEST"],
    ["UnknownOperationException", "INVALID_REQUEST"],
    ["ServiceUnavailableException", "UNAVAILABLE"],
    ["BadRequestException", "INVALID_REQUEST"],
    ["ConflictException", "BUSY"],
    ["NotFoundException", "NOT_FOUND"],
    ["TooManyRequestsException", "THROTTLED"],
    ["RequestLimitExceeded", "THROTTLED"],
  ])("%s reads as %s, with and without its namespace, whatever the status", (name, code) => {
    expect(codeOf(name)).toBe(code);
    expect(codeOf(`com.amazon.coral.service#${name}:http://internal.amazon.com/`)).toBe(code);
    expect(failureOf(spoken(name, "m", 400)).code).toBe(code);
    expect(failureOf(spoken(name, "m", 502)).code).toBe(code);
  });

  test.each(["constructor", "toString", "__proto__", "BrandNewException", ""])(
    "a name nobody knows (%j) is a failed handler, told in its own words",
    (name) => {
      expect(codeOf(name)).toBe("HANDLER_FAILED");
      expect(failureOf(spoken(name, "new words")).what).toBe("new words");
    },
  );

  test("a name nobody knows is read by its status where that tells more", () => {
    expect(failureOf(spoken("Unknown", "UnknownError", 503)).code).toBe("UNAVAILABLE");
    expect(failureOf(spoken("InternalServerError", "m", 500)).code).toBe("UNAVAILABLE");
    expect(failureOf(spoken("Unknown", "m", 429)).code).toBe("THROTTLED");
    expect(failureOf(spoken("Unknown", "m", 403)).code).toBe("ACCESS_DENIED");
    expect(failureOf(spoken("Unknown", "m", 404)).code).toBe("HANDLER_FAILED");
  });

  test("InternalFailure is a bug when a handler ends with it, and passing when the front door answers it", () => {
    expect(codeOf("InternalFailure")).toBe("HANDLER_FAILED");
    expect(failureOf(spoken("InternalFailure", "m", 500)).code).toBe("UNAVAILABLE");
  });

  test.each(["RequestExpired", "RequestTimeTooSkewed", "RequestInTheFuture"])(
    "%s passes: the SDK has set its clock right by the next sending",
    (name) => {
      expect(codeOf(name)).toBe("UNAVAILABLE");
    },
  );

  test("a signature of the wrong time passes, one of the wrong key does not", () => {
    const name = "InvalidSignatureException";
    expect(codeOf(name, "Signature expired: 20261121T040000Z is now earlier than 20261121T050000Z")).toBe(
      "UNAVAILABLE",
    );
    expect(codeOf(name, "Signature not yet current: 20261121T060000Z is still later than")).toBe(
      "UNAVAILABLE",
    );
    expect(
      codeOf(name, "The request signature we calculated does not match the signature you provided."),
    ).toBe("NO_CREDENTIALS");
  });
});

describe("handler error codes of events", () => {
  test.each([
    ["AlreadyExists", "ALREADY_EXISTS"],
    ["NotFound", "NOT_FOUND"],
    ["NotUpdatable", "NOT_UPDATABLE"],
    ["InvalidRequest", "INVALID_REQUEST"],
    ["AccessDenied", "ACCESS_DENIED"],
    ["UnauthorizedTaggingOperation", "ACCESS_DENIED"],
    ["InvalidCredentials", "EXPIRED_CREDENTIALS"],
    ["ResourceConflict", "BUSY"],
    ["Throttling", "THROTTLED"],
    ["ServiceLimitExceeded", "SERVICE_LIMIT"],
    ["NotStabilized", "NOT_STABILIZED"],
    ["GeneralServiceException", "HANDLER_FAILED"],
    ["ServiceInternalError", "UNAVAILABLE"],
    ["ServiceTimeout", "NOT_STABILIZED"],
    ["NetworkFailure", "UNAVAILABLE"],
    ["InternalFailure", "HANDLER_FAILED"],
    ["InvalidTypeConfiguration", "HANDLER_FAILED"],
    ["NonCompliant", "HANDLER_FAILED"],
  ])("%s reads as %s", (name, code) => {
    expect(codeOf(name)).toBe(code);
  });
});

describe("throttles under another name", () => {
  test.each([
    "Rate exceeded",
    "Rate exceeded (Service: Lambda, Status Code: 429, Request ID: 1)",
    "Rate exceeded for operation 'CREATE'.",
    "AWS::Lambda::Function Handler returned status FAILED: Rate exceeded (HandlerErrorCode: GeneralServiceException)",
    "Too Many Requests (Service: ApiGatewayV2, Status Code: 429, Request ID: 1)",
    "ThrottlingException",
    "ThrottlingException: Rate exceeded",
    "TooManyRequestsException: too fast",
    "com.amazonaws.services.x.model.TooManyRequestsException: slow down",
    "slow (Service: AmazonX; Status Code: 400; Error Code: ThrottlingException; Request ID: 1)",
    "An error occurred (ThrottlingException) when calling the CreateX operation: wait",
    "AWS::X::Y Handler returned status FAILED: ThrottlingException (HandlerErrorCode: GeneralServiceException)",
  ])("%s", (message) => {
    for (const name of [
      "GeneralServiceException",
      "InvalidRequestException",
      "InvalidRequest",
      "InternalFailure",
    ]) {
      expect(codeOf(name, message)).toBe("THROTTLED");
    }
  });

  test("the code wins wherever it is a definite one", () => {
    expect(codeOf("AlreadyExists", "Rate exceeded")).toBe("ALREADY_EXISTS");
    expect(codeOf("AccessDenied", "ThrottlingException")).toBe("ACCESS_DENIED");
  });

  test.each(["ThrottlingException", "TooManyRequestsException", "Rate-exceeded", "429", "TooManyRequests"])(
    "a resource that a user named %s is none",
    (user) => {
      const texts = [
        `Resource of type 'AWS::Logs::LogGroup' with identifier '${user}' is not valid.`,
        `Invalid request provided: bucket ${user} is in use`,
        `Function not found: arn:aws:lambda:us-east-1:123456789012:function:${user} (Service: Lambda, Status Code: 404)`,
        `Model validation failed (#/Name: [${user}] does not match)`,
        `/aws/lambda/${user}: no such log group`,
        `"${user}" is no name`,
      ];
      for (const text of texts)
        expect([text, codeOf("InvalidRequest", text)]).toEqual([text, "INVALID_REQUEST"]);
    },
  );

  test("API Gateway's refusal of two writes at a time is a conflict, whatever it arrives as", () => {
    const text = "Unable to complete operation due to concurrent modification. Please try again later.";
    for (const name of ["InvalidRequest", "GeneralServiceException", "ConflictException"]) {
      expect(codeOf(name, text)).toBe("BUSY");
    }
  });
});

describe("failures on the way", () => {
  test.each([
    "ECONNREFUSED",
    "ECONNRESET",
    "ENOTFOUND",
    "EPIPE",
    "ETIMEDOUT",
    "EAI_AGAIN",
    "CERT_HAS_EXPIRED",
  ])("%s means that nobody was reached", (code) => {
    expect(failureOf(unspoken("Error", "m", { code })).code).toBe("UNREACHABLE");
  });

  test.each([
    ["TimeoutError", "socket hang up", "UNREACHABLE"],
    ["AbortError", "Request aborted", "ABORTED"],
    ["CredentialsProviderError", "Could not load credentials from any providers", "NO_CREDENTIALS"],
    [
      "CredentialsProviderError",
      "The SSO session associated with this profile has expired.",
      "EXPIRED_CREDENTIALS",
    ],
    [
      "TokenProviderError",
      "Token is expired. To refresh this SSO session run 'aws sso login'",
      "EXPIRED_CREDENTIALS",
    ],
    ["Error", "Region is missing", "NO_REGION"],
    ["TypeError", "Invalid URL", "INVALID_REQUEST"],
  ])("%s: %s reads as %s", (name, message, code) => {
    expect(failureOf(unspoken(name, message))).toMatchObject({ code, what: message });
  });

  test("an empty message gives way to the system's code", () => {
    expect(failureOf(unspoken("AggregateError", "", { code: "ECONNREFUSED" })).what).toBe("ECONNREFUSED");
  });

  test.each([undefined, null, "text", 5, {}, []])("whatever is thrown (%j) becomes one of ours", (thrown) => {
    expect(failureOf(thrown)).toBeInstanceOf(ResourceError);
  });

  test("a failure that is ours already stays the same one, and every other is its cause", () => {
    const ours = new ResourceError("LOCKED", "held");
    expect(failureOf(ours)).toBe(ours);
    const theirs = spoken("ValidationException", "m");
    expect(failureOf(theirs).cause).toBe(theirs);
  });
});

describe("request tokens in messages", () => {
  const uuid = "5f2c7b1e-0000-4000-8000-000000000000";

  test("are read wherever Cloud Control puts them", () => {
    expect(requestTokenIn(`Concurrent operation found for resource a|b with RequestToken ${uuid}`)).toBe(
      uuid,
    );
    expect(requestTokenIn(`x (HandlerErrorCode: NotFound, RequestToken: ${uuid})`)).toBe(uuid);
    expect(requestTokenIn("no token here")).toBeUndefined();
  });

  test("cannot be foisted on us by a resource's name", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constant("a with RequestToken b")), (name) => {
        const text = `Concurrent operation found for resource ${name} with RequestToken ${uuid}`;
        return requestTokenIn(text) === uuid;
      }),
    );
  });

  test("tell whose operation is in the way by the exception, not by the words", () => {
    const other = failureOf(spoken("ConcurrentOperationException", `busy with RequestToken ${uuid}`));
    const own = failureOf(spoken("ClientTokenConflictException", `in use, RequestToken: ${uuid}`));
    const neither = failureOf(spoken("ConflictException", "Concurrent operation found for resource x"));
    expect([other, own, neither].map(isConcurrentOperation)).toEqual([true, false, false]);
    expect([other, own, neither].map(isTokenConflict)).toEqual([false, true, false]);
  });
});
