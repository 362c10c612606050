import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");

interface Packed {
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

/** What `npm pack` would publish; the compiled code must be there already. */
function packed(): Packed {
  const text = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const answer: unknown = JSON.parse(text);
  // npm 11 answers a list, npm 12 an object by package name.
  const [only] = Object.values(answer as Record<string, Packed>);
  if (!only) throw new Error(text);
  return only;
}

test("the package holds compiled code, facts and types, and nothing else", () => {
  const { files, size } = packed();
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
    (path) => !/^(dist\/|README\.md$|LICENSE$|CHANGELOG\.md$|package\.json$)/.test(path),
  );
  expect(strays).toEqual([]);
  expect(paths.filter((path) => /codegen|\.tsbuildinfo$|\.test\./.test(path))).toEqual([]);
  expect(size).toBeLessThan(6_000_000);
});

test("every door of package.json leads to a file that is packed", () => {
  const { exports } = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8")) as {
    exports: Record<string, string | Record<string, string>>;
  };
  const paths = packed().files.map(({ path }) => `./${path}`);
  const targets = Object.values(exports).flatMap((target) =>
    typeof target === "string" ? [target] : Object.values(target),
  );
  const missing = targets.filter((target) => !paths.includes(target.replace("*", "ApiGatewayV2")));
  expect(missing).toEqual([]);
});
