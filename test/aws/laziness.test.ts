import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");

// Hooks live on a thread of their own: what they see goes out through stderr.
const hooks = `
  import { writeSync } from "node:fs";
  export async function load(url, context, next) {
    writeSync(2, "loaded " + url + "\\n");
    return next(url, context);
  }`;
const watch = `
  import { register } from "node:module";
  register("data:text/javascript," + encodeURIComponent(${JSON.stringify(hooks)}));`;

/** Everything that a fresh process loads while it runs a program: modules, and JSON by require. */
function loadedBy(program: string): string[] {
  const told = `
    const { createRequire } = await import("node:module");
    for (const file of Object.keys(createRequire(import.meta.url).cache)) console.error("loaded " + file);`;
  const from = pathToFileURL(root).href;
  const source = `import { AWS } from "${from}/src/aws/namespace.ts";\n${program}\n${told}`;
  const args = ["--import", "tsx", "--import", `data:text/javascript,${encodeURIComponent(watch)}`];
  const { stderr, status } = spawnSync(process.execPath, [...args, "--input-type=module", "-e", source], {
    cwd: root,
    encoding: "utf8",
  });
  expect([status, status === 0 ? "" : stderr]).toEqual([0, ""]);
  return stderr.split("\n").filter((line) => line.startsWith("loaded "));
}

const facts = /generated\/facts\//;
const sdk = /@aws-sdk|@smithy/;

describe("nothing is loaded before it is needed:", () => {
  test("the namespace and a function of it cost no facts, no door and no SDK", () => {
    const loaded = loadedBy("AWS.S3.Bucket.type;");
    expect(loaded.filter((file) => file.includes("src/aws/namespace.ts"))).not.toEqual([]);
    expect(loaded.filter((file) => facts.test(file) || sdk.test(file))).toEqual([]);
    expect(loaded.filter((file) => file.includes("generated/services"))).toEqual([]);
  });

  test("a call loads the facts of its own service alone", () => {
    const loaded = loadedBy(`await AWS.SQS.Queue("orders", { QueueNam: "orders" }).catch(() => undefined);`);
    const files = loaded.filter((file) => facts.test(file));
    expect(files.map((file) => /[^/]+$/.exec(file)?.[0])).toEqual(["SQS.json"]);
    expect(loaded.filter((file) => sdk.test(file))).toEqual([]);
  });
});
