import { createHmac, randomBytes } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digest, seal, unseal } from "../../src/state/index.ts";

const key = randomBytes(32);

describe("sealed text", () => {
  test("opens under its key to the very text", () => {
    const texts = fc.string({ unit: "grapheme" });
    fc.assert(
      fc.property(texts, (text) => {
        expect(unseal(key, seal(key, text))).toBe(text);
      }),
    );
  });

  test("shows nothing of the text and differs each time", () => {
    const [one, two] = [seal(key, "hunter2hunter2"), seal(key, "hunter2hunter2")];
    expect(one).not.toBe(two);
    expect(Buffer.from(one.slice(3), "base64").includes("hunter2")).toBe(false);
  });

  test("does not open under another key", () => {
    expect(() => unseal(randomBytes(32), seal(key, "x"))).toThrow(
      expect.objectContaining({ code: "STATE_UNREADABLE", advice: expect.stringContaining("key") }),
    );
  });

  test("does not open when one bit has changed", () => {
    const sealed = seal(key, "text");
    const length = Buffer.from(sealed.slice(3), "base64").length;
    fc.assert(
      fc.property(fc.nat(length - 1), fc.nat(7), (at, bit) => {
        const bytes = Buffer.from(sealed.slice(3), "base64");
        bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << bit), at);
        expect(() => unseal(key, `v1.${bytes.toString("base64")}`)).toThrow("STATE_UNREADABLE");
      }),
    );
  });

  test.each(["", "v1.", "v1.AAAA", "v2.AAAA", "plain text"])("is not %j", (text) => {
    expect(() => unseal(key, text)).toThrow("STATE_UNREADABLE");
  });
});

describe("a digest", () => {
  test("is HMAC-SHA256 of the text under the store's key, base64", () => {
    expect(digest(key, "é")).toBe(createHmac("sha256", key).update("é", "utf8").digest("base64"));
    expect(digest(randomBytes(32), "é")).not.toBe(digest(key, "é"));
  });
});
