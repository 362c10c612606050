import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";

const dist = resolve(import.meta.dirname, "../../dist");

/** All declarations that a door's own lead to. */
function declarationsOf(door: string): readonly string[] {
  const found = new Set<string>();
  const left = [join(dist, door)];
  for (let file = left.pop(); file !== undefined; file = left.pop()) {
    if (found.has(file) || !existsSync(file)) continue;
    found.add(file);
    for (const [, path = ""] of readFileSync(file, "utf8").matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g))
      left.push(resolve(dirname(file), path).replace(/\.[jt]s$/, ".d.ts"));
  }
  return [...found];
}

// They name Node's types, and a project without those would not compile.
test.each(["index", "sql/index", "diff/index", "state/index", "emulator/index", "generated/services/SQS"])(
  "the types of the door %s know nothing of the SDK's",
  (door) => {
    const all = declarationsOf(`${door}.d.ts`);
    expect(all.length).toBeGreaterThan(3);
    const strays = all.filter((file) => /"(?:@aws-sdk|@smithy)\//.test(readFileSync(file, "utf8")));
    expect(strays.map((file) => file.slice(dist.length + 1))).toEqual([]);
  },
);
