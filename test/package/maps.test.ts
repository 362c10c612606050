import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, posix, resolve } from "node:path";
import { expect, test } from "vitest";
import { packed, root } from "../support/package/packed.ts";
import { project } from "../support/cli/project.ts";

const paths = packed().files.map(({ path }) => path);
const isGenerated = (path: string): boolean => path.startsWith("dist/generated/");
const compiled = paths.filter((path) => /^dist\/.*\.(js|d\.ts)$/.test(path));

/** The file that a comment at the end of a compiled one names, as a path of the package. */
const mapNamedIn = (path: string): string | undefined => {
  const text = readFileSync(join(root, path), "utf8");
  const [, name] = /^\/\/# sourceMappingURL=(.+)\s*$/m.exec(text) ?? [];
  return name === undefined ? undefined : posix.join(posix.dirname(path), name);
};

/** What a map leads to, as paths of the package. */
const sourcesOf = (map: string): readonly string[] => {
  const { sources } = JSON.parse(readFileSync(join(root, map), "utf8")) as { sources: readonly string[] };
  return sources.map((source) => posix.join(posix.dirname(map), source));
};

const isHandWritten = (source: string): boolean => !source.startsWith("src/generated/");

test("every hand-written file of the package leads to its sources, which are packed with it", () => {
  const handWritten = compiled.filter((path) => !isGenerated(path));
  const lost = handWritten.filter((path) => {
    const map = mapNamedIn(path);
    if (map === undefined || !paths.includes(map)) return true;
    return !sourcesOf(map)
      .filter(isHandWritten)
      .every((source) => paths.includes(source));
  });
  expect(lost).toEqual([]);
  expect(handWritten.length).toBeGreaterThan(300);
});

test("generated code has no maps, and names none", () => {
  expect(paths.filter((path) => isGenerated(path) && path.endsWith(".map"))).toEqual([]);
  expect(compiled.filter(isGenerated).filter((path) => mapNamedIn(path) !== undefined)).toEqual([]);
});

test("no source is packed that nothing leads to", () => {
  const led = new Set(paths.filter((path) => path.endsWith(".map")).flatMap(sourcesOf));
  expect(paths.filter((path) => path.startsWith("src/") && !led.has(path))).toEqual([]);
});

test("code comes in few pieces: a script pays for each that it loads", () => {
  const pieces = paths.filter((path) => path.endsWith(".js") && !isGenerated(path));
  expect(pieces.length).toBeLessThan(60);
});

test("the stack of an error in somebody's project names the lines of the sources", async () => {
  const { folder, write } = await project();
  write(
    "wrong.mjs",
    'import { reconcile } from "await-aws"; try { await reconcile("a", async () => {}, { stgae: 1 }); } catch (error) { console.log(error.stack); }',
  );
  const stack = execFileSync(process.execPath, ["--enable-source-maps", "wrong.mjs"], {
    cwd: folder,
    encoding: "utf8",
  });
  const [, file = "", line = ""] =
    /at .*requireKnownOptions \((?:file:\/\/)?(.*):(\d+):\d+\)/.exec(stack) ?? [];
  expect(resolve(file)).toBe(join(root, "src/known-options.ts"));
  expect(readFileSync(file, "utf8").split("\n")[Number(line) - 1]).toContain("throw new UsageError");
  expect(dirname(file)).toBe(join(root, "src"));
});
