import { describe, expect, test } from "vitest";
import { ResourceError } from "../../src/errors.ts";
import { type Reply, answer, cut, event, refuse } from "../support/wire/scripted.ts";
import { createOf, deleteOf, updateOf } from "../support/cloudcontrol/control.ts";
import { described, failed, missing, played, running, succeeded } from "../support/cloudcontrol/played.ts";

describe("a write that goes well", () => {
  test("is prepared, sent, recorded and followed, once each", async () => {
    const { ended, told, calls } = await played([running("r1"), succeeded]);
    expect(await ended()).toEqual({ outcome: "succeeded", identifier: "a" });
    expect(told).toEqual(["prepare t1", "accepted r1"]);
    expect(calls()).toEqual(["CreateResource", "poll"]);
  });

  test("is not sent before it could be recorded", async () => {
    const full = new ResourceError("STATE_UNWRITABLE", "disk full");
    const { ended, calls } = await played([succeeded], createOf, { prepare: () => Promise.reject(full) });
    await expect(ended()).rejects.toBe(full);
    expect(calls()).toEqual([]);
  });
});

describe("a failed operation", () => {
  test.each([
    ["Throttling", "THROTTLED"],
    ["NetworkFailure", "UNAVAILABLE"],
    ["ServiceInternalError", "UNAVAILABLE"],
    ["ResourceConflict", "BUSY"],
  ])("with %s is prepared again, under a new client token", async (code, pause) => {
    const { ended, told, tokens } = await played([running("r1"), failed(code), running("r2"), succeeded]);
    expect(await ended()).toMatchObject({ outcome: "succeeded" });
    expect(told).toEqual(["prepare t1", "accepted r1", `pause ${pause}`, "prepare t2", "accepted r2"]);
    expect(tokens()).toEqual(["t1", "t2"]);
  });

  test("whose throttle is in disguise is prepared again as well", async () => {
    const disguised = failed("GeneralServiceException", { StatusMessage: "Rate exceeded (Service: X)" });
    const { ended, tokens } = await played([disguised, succeeded]);
    expect(await ended()).toMatchObject({ outcome: "succeeded" });
    expect(tokens()).toEqual(["t1", "t2"]);
  });

  test.each([
    ["NotStabilized", "NOT_STABILIZED"],
    ["ServiceTimeout", "NOT_STABILIZED"],
    ["InvalidRequest", "INVALID_REQUEST"],
    ["AccessDenied", "ACCESS_DENIED"],
    ["AlreadyExists", "ALREADY_EXISTS"],
    ["NotFound", "NOT_FOUND"],
    ["InternalFailure", "HANDLER_FAILED"],
    ["SomethingNew", "HANDLER_FAILED"],
  ])("with %s has failed", async (code, ours) => {
    const { ended, tokens } = await played([failed(code, { Identifier: "a" })]);
    expect(await ended()).toMatchObject({ outcome: "failed", identifier: "a", error: { code: ours } });
    expect(tokens()).toEqual(["t1"]);
  });

  test("that was cancelled has failed, with what it may have made", async () => {
    const cancelled = event({ RequestToken: "r1", OperationStatus: "CANCEL_COMPLETE", Identifier: "a" });
    const { ended, tokens } = await played([running("r1"), cancelled]);
    expect(await ended()).toMatchObject({ outcome: "failed", identifier: "a", error: { code: "CANCELLED" } });
    expect(tokens()).toEqual(["t1"]);
  });

  test("goes on failing until its time is up, and then has failed for good", async () => {
    const { ended, elapsed } = await played([failed("NetworkFailure")]);
    expect(await ended()).toMatchObject({
      outcome: "failed",
      error: { code: "UNAVAILABLE", requestToken: "r1" },
    });
    expect(elapsed()).toBeGreaterThan(160_000);
    expect(elapsed()).toBeLessThanOrEqual(180_000);
  });

  test("gets another try also when it took longer to fail than tries are given", async () => {
    const inAWhile = event({ RequestToken: "r1", OperationStatus: "IN_PROGRESS" });
    const slow = [...Array<Reply>(200).fill(inAWhile), failed("Throttling"), succeeded];
    const { ended, elapsed } = await played(slow);
    expect(await ended()).toMatchObject({ outcome: "succeeded" });
    expect(elapsed()).toBeGreaterThan(600_000);
  });

  test("is left to the caller where the caller has a better answer", async () => {
    const answers = (error: ResourceError): boolean => error.code === "BUSY";
    const byEvent = await played([failed("ResourceConflict")], createOf, { answers });
    expect(await byEvent.ended()).toMatchObject({ outcome: "failed", error: { code: "BUSY" } });
    const byRefusal = await played([refuse("ResourceConflictException")], createOf, { answers });
    expect(await byRefusal.ended()).toMatchObject({ outcome: "failed", error: { code: "BUSY" } });
    expect([byEvent.tokens(), byRefusal.tokens()]).toEqual([["t1"], ["t1"]]);
  });
});

describe("a failed operation that names an identifier", () => {
  const throttled = failed("Throttling", { Identifier: "a" });

  test("is not made again when something is there", async () => {
    const { ended, calls } = await played([throttled, described]);
    expect(await ended()).toMatchObject({ outcome: "failed", identifier: "a", error: { code: "THROTTLED" } });
    expect(calls()).toEqual(["CreateResource", "GetResource"]);
  });

  test("is not made again when something shows only after a while", async () => {
    const { ended, tokens } = await played([throttled, missing, missing, missing, described]);
    expect(await ended()).toMatchObject({ outcome: "failed", identifier: "a" });
    expect(tokens()).toEqual(["t1"]);
  });

  test("is made again when nothing is there, nor shows for nine seconds", async () => {
    const { ended, tokens, elapsed } = await played([throttled, ...Array<Reply>(6).fill(missing), succeeded]);
    expect(await ended()).toMatchObject({ outcome: "succeeded" });
    expect(tokens()).toEqual(["t1", "t2"]);
    expect(elapsed()).toBeGreaterThanOrEqual(9_000);
  });

  test("that AWS chose is not made again after a conflict either: nobody else can have had it", async () => {
    const conflict = failed("ResourceConflict", { Identifier: "a" });
    const { ended, tokens } = await played([conflict, described], createOf, { isServerNamed: true });
    expect(await ended()).toMatchObject({ outcome: "failed", identifier: "a", error: { code: "BUSY" } });
    expect(tokens()).toEqual(["t1"]);
  });

  test("because of a conflict is made again: that was about something else", async () => {
    const { ended, calls } = await played([failed("ResourceConflict", { Identifier: "a" }), succeeded]);
    expect(await ended()).toMatchObject({ outcome: "succeeded" });
    expect(calls()).toEqual(["CreateResource", "CreateResource"]);
  });

  test("is not called failed while nobody can say whether something is there", async () => {
    const { ended, tokens } = await played([throttled, refuse("ExpiredTokenException")]);
    await expect(ended()).rejects.toMatchObject({ code: "EXPIRED_CREDENTIALS" });
    expect(tokens()).toEqual(["t1"]);
  });

  test.each([updateOf, deleteOf])("is tried again where nothing was to be made (%o)", async (writeOf) => {
    const { ended, calls, tokens } = await played([throttled, succeeded], writeOf);
    expect(await ended()).toMatchObject({ outcome: "succeeded" });
    expect(calls()).not.toContain("GetResource");
    expect(tokens()).toEqual(["t1", "t2"]);
  });
});

describe("a refused write", () => {
  test.each<[string, Reply]>([
    ["ThrottlingException", refuse("ThrottlingException")],
    ["ResourceConflictException", refuse("ResourceConflictException")],
    ["ServiceInternalErrorException", refuse("ServiceInternalErrorException")],
  ])("for %s goes out again as it is: it has started nothing", async (_, reply) => {
    const { ended, told, tokens } = await played([reply, succeeded]);
    expect(await ended()).toMatchObject({ outcome: "succeeded" });
    expect(told.filter((line) => line.startsWith("prepare"))).toEqual(["prepare t1"]);
    expect(tokens()).toEqual(["t1", "t1"]);
  });

  test.each([
    ["ValidationException", "INVALID_REQUEST"],
    ["NotUpdatableException", "NOT_UPDATABLE"],
    ["AlreadyExistsException", "ALREADY_EXISTS"],
    ["ResourceNotFoundException", "NOT_FOUND"],
    ["ExpiredTokenException", "EXPIRED_CREDENTIALS"],
  ])("for %s has failed", async (name, code) => {
    const { ended, tokens } = await played([refuse(name, "m")], updateOf);
    expect(await ended()).toMatchObject({ outcome: "failed", identifier: undefined, error: { code } });
    expect(tokens()).toEqual(["t1"]);
  });

  test("has failed also where an operation had failed before: that one has ended", async () => {
    const { ended, tokens } = await played([failed("Throttling"), refuse("ValidationException")]);
    expect(await ended()).toMatchObject({ outcome: "failed", error: { code: "INVALID_REQUEST" } });
    expect(tokens()).toEqual(["t1", "t2"]);
  });

  test("for throttling until its time is up has failed: nothing has come of it", async () => {
    const { ended, tokens } = await played([refuse("ThrottlingException")]);
    expect(await ended()).toMatchObject({ outcome: "failed", error: { code: "THROTTLED" } });
    expect(new Set(tokens())).toEqual(new Set(["t1"]));
  });
});

describe("a write that is not let out any more", () => {
  const stopped = new ResourceError("ABORTED", "the run was stopped");

  test("because its run was stopped while it waited has certainly not been sent", async () => {
    const permit = (): never => {
      throw stopped;
    };
    const { ended, calls } = await played([succeeded], createOf, { permit });
    expect(await ended()).toMatchObject({ outcome: "failed", error: stopped, isUnsent: true });
    expect(calls()).toEqual([]);
  });

  test("after a sending that went unanswered leaves open what became of that", async () => {
    let asked = 0;
    const permit = (): void => {
      asked += 1;
      if (asked > 2) throw stopped;
    };
    const { ended, calls } = await played([cut, succeeded], createOf, { permit });
    await expect(ended()).rejects.toBe(stopped);
    expect(calls()).toEqual(["CreateResource"]);
  });

  test("because its stage is another's is not called unsent: nothing may be recorded", async () => {
    const locked = new ResourceError("LOCKED", "another run holds it");
    const permit = (): never => {
      throw locked;
    };
    const { ended } = await played([succeeded], createOf, { permit });
    await expect(ended()).rejects.toBe(locked);
  });
});

describe("another operation on the same resource", () => {
  const other = "5f2c7b1e-0000-4000-8000-000000000000";
  const busy = refuse(
    "ConcurrentOperationException",
    `Concurrent operation found for resource a with RequestToken ${other}`,
  );

  test("is waited for, however long it takes, and ours goes out right after it", async () => {
    const { ended, told, calls, elapsed } = await played(
      [busy, ...Array<Reply>(200).fill(running(other)), failed("InternalFailure"), succeeded],
      updateOf,
    );
    expect(await ended()).toMatchObject({ outcome: "succeeded" });
    expect(elapsed()).toBeGreaterThan(600_000);
    expect(told).toEqual(["prepare t1", "accepted r9"]);
    expect(calls().filter((call) => call !== "poll")).toEqual(["UpdateResource", "UpdateResource"]);
  });

  test("that comes back is waited out with pauses", async () => {
    const { ended, told } = await played([busy, succeeded, busy, succeeded], updateOf);
    expect(await ended()).toMatchObject({ outcome: "succeeded" });
    expect(told).toContain("pause BUSY");
  });
});

describe("an unknown outcome", () => {
  test.each<[string, readonly Reply[], string]>([
    ["nobody answers", [cut], "UNREACHABLE"],
    [
      "the answer was lost and the resend is refused",
      [cut, refuse("ExpiredTokenException")],
      "EXPIRED_CREDENTIALS",
    ],
    ["the answer was lost and the resend is throttled", [cut, refuse("ThrottlingException")], "THROTTLED"],
    ["polls are refused", [running("r1"), refuse("ExpiredTokenException")], "EXPIRED_CREDENTIALS"],
    ["polls are denied", [running("r1"), refuse("AccessDeniedException")], "ACCESS_DENIED"],
    [
      "AWS knew the client token and then refuses us",
      [refuse("ClientTokenConflictException"), refuse("ExpiredTokenException")],
      "EXPIRED_CREDENTIALS",
    ],
    [
      "AWS knows the client token but not which operation it is",
      [refuse("ClientTokenConflictException")],
      "BUSY",
    ],
  ])("is thrown and not called failed: %s", async (_, replies, code) => {
    const { ended, tokens } = await played(replies);
    await expect(ended()).rejects.toMatchObject({ code });
    expect(new Set(tokens())).toEqual(new Set(["t1"]));
  });

  test("is never tried under a new client token", async () => {
    const { ended, told } = await played([running("r1"), answer("<html>", 503)]);
    await expect(ended()).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(told.filter((line) => line.startsWith("prepare"))).toEqual(["prepare t1"]);
  });

  test("after the time limit is TIMEOUT, at once and without another try", async () => {
    const { ended, tokens, elapsed } = await played([running("r1")], createOf, {
      watch: { timeoutMs: 1_000 },
    });
    await expect(ended()).rejects.toMatchObject({ code: "TIMEOUT", requestToken: "r1" });
    expect(tokens()).toEqual(["t1"]);
    expect(elapsed()).toBe(1_000);
  });

  test("is told as such where AWS has forgotten the operation", async () => {
    const { ended } = await played([running("r1"), refuse("RequestTokenNotFoundException")]);
    expect(await ended()).toEqual({ outcome: "unknown" });
  });

  test("stands where the operation could not be recorded", async () => {
    const full = new ResourceError("STATE_UNWRITABLE", "disk full");
    const { ended, tokens } = await played([running("r1")], createOf, {
      accepted: () => Promise.reject(full),
    });
    await expect(ended()).rejects.toBe(full);
    expect(tokens()).toEqual(["t1"]);
  });
});
