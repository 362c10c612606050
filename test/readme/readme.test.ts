import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { catalogue } from "../../src/errors.ts";

const readme = readFileSync(resolve(import.meta.dirname, "../../README.md"), "utf8");

test("the README's table of codes is the catalogue", () => {
  const rows = Object.entries(catalogue).map(
    ([code, { kind, advice }]) => `| \`${code}\` | ${kind} | ${advice} |`,
  );
  const [, table] = /<!-- codes -->\n([^]*?)<!-- \/codes -->/.exec(readme) ?? [];
  expect(table?.trim().split("\n").slice(2)).toEqual(rows);
});

test("the two commands come first", () => {
  const [, block] = /```sh\n([^]*?)```/.exec(readme) ?? [];
  expect(block?.split("\n").map((line) => line.replace(/ +#.*/, ""))).toEqual([
    "npm install && npm run demo",
    "npm install && npm test",
    "",
  ]);
});
