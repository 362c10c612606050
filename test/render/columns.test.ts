import { expect, test } from "vitest";
import { cutTo, widthOf } from "../../src/render/columns.ts";
import { styleFor } from "../../src/render/style.ts";

const green = (text: string): string => styleFor({}, { FORCE_COLOR: "1" })("green", text);

test("the width of texts is that of the widest, where wide characters count twice and colours nothing", () => {
  expect(widthOf(["abc", "a"])).toBe(3);
  expect(widthOf(["日本", "abc"])).toBe(4);
  expect(widthOf([green("abc")])).toBe(3);
  expect(widthOf(["abc", green("日本")])).toBe(4);
});

test("rows are filled up and cut to the width of their columns", () => {
  expect(
    cutTo(
      [4, 3],
      [
        ["abcdef", "x"],
        ["日本語", green("xyz!")],
      ],
    ),
  ).toEqual(["abc…  x  ", `日…   ${green("xy")}…`]);
});
