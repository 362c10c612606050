import { describe, expect, test } from "vitest";
import { commandStoryOf, storyOf } from "../../src/cli/story.ts";
import { ResourceError, UsageError } from "../../src/errors.ts";
import { project } from "../support/cli/project.ts";

const own = new URL("../../src/", import.meta.url);

/** An error as it would be with these frames, the innermost first. */
function errorAt(...frames: readonly string[]): Error {
  const error = new TypeError("x is not a function");
  error.stack = [`TypeError: ${error.message}`, ...frames.map((frame) => `    at ${frame}`)].join("\n");
  return error;
}

const script = "main (file:///home/deploy.ts:3:7)";
const ours = `apply (${new URL("resource/apply.ts", own).href}:9:1)`;
const node = "node:internal/process/task_queues:95:5";
const sdk = "send (file:///home/node_modules/@smithy/core/index.js:1:1)";

describe("an error that ended a run", () => {
  test.each([
    ["in a function of this package", [ours, script]],
    ["in Node, called by this package", ["Object.get (node:fs:1:1)", ours, script]],
    ["in another package, called by this one", [sdk, ours, script]],
    ["after an await", [ours, node]],
    ["by path rather than URL", [`apply (${new URL("resource/apply.ts", own).pathname}:9:1)`]],
  ])("is told as a fault of the library where it came up %s", (_, frames) => {
    const story = storyOf(errorAt(...frames));
    expect(story).toContain("x is not a function\n    at ");
    expect(story).toContain("please report it");
  });

  test.each([
    ["in the script", [script, ours]],
    ["in a package that the script calls", [sdk, script, ours]],
    ["where no stack tells", []],
  ])("is the script's own, with its stack, where it came up %s", (_, frames) => {
    const error = errorAt(...frames);
    expect(storyOf(error)).toBe(error.stack);
  });

  test("is told by its message alone where it is a failure, and by the script's lines where it is a slip", () => {
    const failure = new ResourceError("LOCKED", "held");
    expect(storyOf(failure)).toBe(failure.message);
    const slip = new UsageError("app() has no option stgae");
    slip.stack = errorAt(ours, script, node).stack ?? "";
    expect(storyOf(slip)).toBe(`app() has no option stgae\n    at ${script}`);
    expect(storyOf("thrown text")).toBe("thrown text");
  });

  test("is always the library's fault in a command without a script", () => {
    expect(commandStoryOf(errorAt(sdk))).toContain("please report it");
    expect(commandStoryOf(new UsageError("import takes a type"))).toBe("import takes a type");
    expect(commandStoryOf(new ResourceError("LOCKED", "held"))).not.toContain("report");
  });
});

test("a slip in a script is told with its own line, and a TypeError of the script keeps its stack", async () => {
  const made = await project();
  made.write("slip.mjs", 'import { app } from "await-aws";\nawait app("x", { stgae: "prod" });\n');
  const slip = await made.run("plan", "slip.mjs");
  expect(slip.code).toBe(1);
  expect(slip.stderr).toContain("stage");
  expect(slip.stderr).toContain("slip.mjs:2:");
  expect(slip.stderr).not.toMatch(/dist\/app|report it/);
  made.write("own.mjs", 'import "await-aws";\nconst nothing = undefined;\nnothing.x();\n');
  const own = await made.run("plan", "own.mjs");
  expect(own.code).toBe(1);
  expect(own.stderr).toMatch(/TypeError: .*\n +at .*own\.mjs:3:/);
  expect(own.stderr).not.toContain("report it");
});
