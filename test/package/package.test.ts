import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { packed, root } from "../support/package/packed.ts";

const { files, size } = packed();

test("the package holds compiled code with its sources, facts and types, and nothing else", () => {
  const paths = files.map(({ path }) => path);
  for (const path of [
    "dist/index.js",
    "dist/index.d.ts",
    "dist/generated/facts/ApiGatewayV2.json",
    "README.md",
  ]) {
    expect(paths).toContain(path);
  }
  const strays = paths.filter(
    (path) => !/^(dist\/|src\/.*\.ts$|README\.md$|LICENSE$|CHANGELOG\.md$|package\.json$)/.test(path),
  );
  expect(strays).toEqual([]);
  expect(paths.filter((path) => /codegen|src\/generated|\.tsbuildinfo$|\.test\./.test(path))).toEqual([]);
  expect(size).toBeLessThan(6_000_000);
});

test("every door of package.json leads to a file that is packed", () => {
  const { exports } = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8")) as {
    exports: Record<string, string | Record<string, string>>;
  };
  const paths = files.map(({ path }) => `./${path}`);
  const targets = Object.values(exports).flatMap((target) =>
    typeof target === "string" ? [target] : Object.values(target),
  );
  const missing = targets.filter((target) => !paths.includes(target.replace("*", "ApiGatewayV2")));
  expect(missing).toEqual([]);
});
