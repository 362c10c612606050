import { describe, expect, test, vi } from "vitest";
import { type Code, type Kind, ResourceError, catalogue, isResourceError } from "../src/errors.ts";

const codes = Object.keys(catalogue).filter((name): name is Code => name in catalogue);
const kinds: readonly Kind[] = ["transient", "conflict", "missing", "invalid", "denied", "busy", "state"];

describe("the catalogue", () => {
  test.each(codes)("%s has a kind, and a full sentence as advice", (code) => {
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
    expect(kinds).toContain(catalogue[code].kind);
    expect(catalogue[code].advice).toMatch(/^[A-Z].* .*\.$/);
  });

  test("uses every kind", () => {
    expect(new Set(codes.map((code) => catalogue[code].kind))).toEqual(new Set(kinds));
  });
});

describe("a ResourceError", () => {
  const circumstances = {
    type: "AWS::SQS::Queue",
    id: 'my "queue"',
    identifier: "https://sqs/q",
    paths: ["/QueueName"],
    requestToken: "token",
    requestId: "request",
    cause: new Error("beneath"),
  };

  test("says where, what, which code and what to do", () => {
    expect(new ResourceError("NOT_FOUND", "there is no such queue", circumstances).message).toBe(
      `AWS::SQS::Queue "my \\"queue\\"": there is no such queue (NOT_FOUND). ${catalogue.NOT_FOUND.advice}`,
    );
    expect(new ResourceError("LOCKED", "a run is under way", { type: "T" }).message).toBe(
      `T: a run is under way (LOCKED). ${catalogue.LOCKED.advice}`,
    );
    expect(new ResourceError("LOCKED", "a run is under way").message).toBe(
      `a run is under way (LOCKED). ${catalogue.LOCKED.advice}`,
    );
  });

  test("carries its kind, its advice and all that is known of it", () => {
    const { cause, ...known } = circumstances;
    const error = new ResourceError("NOT_FOUND", "gone", circumstances);
    expect(error.cause).toBe(cause);
    expect(Object.fromEntries(Object.entries(error))).toEqual({
      ...known,
      name: "ResourceError",
      code: "NOT_FOUND",
      kind: "missing",
      advice: catalogue.NOT_FOUND.advice,
      what: "gone",
    });
  });

  test("gives the advice of the moment rather than that of the catalogue", () => {
    const error = new ResourceError("LOCKED", "held", { advice: "Ask Ada." });
    expect(error.message).toBe("held (LOCKED). Ask Ada.");
    expect(error.at({ id: "q" }).message).toBe('"q": held (LOCKED). Ask Ada.');
  });

  test("keeps what was known first when more becomes known", () => {
    const first = new ResourceError("NOT_FOUND", "gone", circumstances);
    const again = first.at({ type: "T", id: "i", identifier: "x" });
    expect(Object.entries(again)).toEqual(Object.entries(first));
    expect(again.message).toBe(first.message);
    expect(again.cause).toBe(first.cause);
  });

  test("learns what was not known yet, and is left as it was", () => {
    const bare = new ResourceError("BUSY", "held", { requestToken: "token", paths: ["/A"] });
    const placed = bare.at({ type: "T", id: "i", identifier: "x" });
    expect(placed).toMatchObject({
      type: "T",
      id: "i",
      identifier: "x",
      requestToken: "token",
      paths: ["/A"],
    });
    expect(placed.message).toBe(`T "i": ${bare.message}`);
    expect(bare.type).toBeUndefined();
  });
});

describe("isResourceError", () => {
  test("knows an error that another copy of the package made", async () => {
    vi.resetModules();
    const copy = await import("../src/errors.ts");
    expect(copy.ResourceError).not.toBe(ResourceError);
    const foreign = new copy.ResourceError("BUSY", "held");
    expect(foreign).not.toBeInstanceOf(ResourceError);
    expect(isResourceError(foreign)).toBe(true);
    expect(copy.isResourceError(new ResourceError("BUSY", "held"))).toBe(true);
  });

  test.each([[undefined], [null], ["BUSY"], [{ code: "BUSY" }], [new Error("BUSY")]])(
    "does not know %j",
    (value) => {
      expect(isResourceError(value)).toBe(false);
    },
  );

  test("leaves no mark that shows when an error is spread or printed", () => {
    const error = new ResourceError("BUSY", "held");
    expect(Object.getOwnPropertySymbols(Object.assign({}, error))).toEqual([]);
  });
});
