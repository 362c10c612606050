import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { filesOfTheHouse, roomOf } from "./house.ts";

const root = resolve(import.meta.dirname, "../..");
const map = readFileSync(join(root, "src/README.md"), "utf8");
const named = [...map.matchAll(/`([\w./-]+(?:\.ts|\/))`/g)].map(([, path = ""]) => path);

describe("the map of the house", () => {
  test("names files and rooms that are there", () => {
    const lost = named.filter(
      (path) =>
        !["src", "test", "src/resource", "src/app", "."].some((at) => existsSync(join(root, at, path))),
    );
    expect(lost).toEqual([]);
    expect(named.length).toBeGreaterThan(60);
  });

  test("names every room, and every room in resource, app and emulator", () => {
    const rooms = filesOfTheHouse().map(
      (file) =>
        (/^(resource|app|emulator)\/\w+\//.exec(file) ?? [])[0] ??
        `${roomOf(file)}${file.includes("/") ? "/" : ".ts"}`,
    );
    // The rooms inside resource/ stand for it.
    const missing = [...new Set(rooms)]
      .filter((room) => room !== "resource/")
      .filter((room) => !map.includes(`\`${room}\``));
    expect(missing).toEqual([]);
  });
});
