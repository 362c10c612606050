import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ResourceError } from "../../src/errors.ts";
import { put, visibleText } from "../../src/render/out.ts";
import { jsonText, spellOut } from "../../src/unruly.ts";

const steering = {
  "a colour": "\u001b[31m",
  "a cleared screen": "\u001b[2J",
  "a title": "\u001b]0;x\u0007",
  "a single CSI": "\u009b31m",
  "a device control": "\u0090x\u009c",
  "a carriage return": "safe\revil",
  "a backspace": "a\bb",
  "an override": "a\u202eb",
  "an isolate": "a\u2066b\u2069",
  "an Arabic mark": "a\u061cb",
  "a line separator": "a\u2028b",
  "a mark without a form": "a\u200bb\ufeff",
  "hidden tags": "a\u{e0041}\u{e0042}",
};

// What may reach a terminal where no colours are wanted.
const isPlain = (text: string): boolean => !/(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text);

describe("what is written", () => {
  test.each(Object.entries(steering))("shows %s instead of obeying it", (_, text) => {
    expect(isPlain(visibleText(`x${text}y`, false))).toBe(true);
    const stream = new PassThrough();
    put(stream, text, { FORCE_COLOR: "0" });
    expect(isPlain(String(stream.read()))).toBe(true);
  });

  test("keeps colours where they are wanted, and nothing else that begins with ESC", () => {
    const text = visibleText("\u001b[1m\u001b[31mred\u001b[39m\u001b[22m \u001b[2J \u001b]8;;x\u0007", true);
    expect(text).toContain("\u001b[31mred\u001b[39m");
    expect(isPlain(stripVTControlCharacters(text))).toBe(true);
    expect(text).toContain("\\u001b[2J");
  });

  test.each(Object.entries(steering))("as JSON has %s as an escape, and reads back the same", (_, text) => {
    const value = { [text]: [text, { a: `"${text}\\` }] };
    expect(isPlain(jsonText(value, 2))).toBe(true);
    expect(JSON.parse(jsonText(value))).toEqual(value);
  });

  test("as JSON reads back the same, whatever it is", () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
        expect(isPlain(jsonText(value))).toBe(true);
        expect(JSON.stringify(JSON.parse(jsonText(value)))).toBe(JSON.stringify(value));
      }),
    );
  });

  test("leaves letters, emoji and their joiners as they are", () => {
    const text = "Ünïcode 日本語 👩‍💻 क्‍ष\n\tnext";
    expect(spellOut(text, "\n\t")).toBe(text);
  });

  test("by Node of an error that nobody catches obeys nothing", () => {
    for (const text of Object.values(steering)) {
      expect(isPlain(new ResourceError("INVALID_REQUEST", text).stack ?? "")).toBe(true);
    }
  });
});

test("nothing in the rooms that print writes anywhere but through render/out.ts", () => {
  const source = join(import.meta.dirname, "../../src");
  const files = ["cli", "render", "app"].flatMap((room) =>
    readdirSync(join(source, room), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => join(room, name)),
  );
  expect(files.length).toBeGreaterThan(60);
  const strays = files
    .filter((file) => file !== join("render", "out.ts"))
    .filter((file) =>
      /(?<!learned\??)\.write\(|std(?:out|err)\.write|\bconsole\.|writeSync\(/.test(
        readFileSync(join(source, file), "utf8"),
      ),
    );
  expect(strays).toEqual([]);
});
