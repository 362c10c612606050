import { expect, test } from "vitest";
import { withEnvironment } from "../../src/cli/environment.ts";

// Node 20 itself looks for this flag behind the script's name, and exits with 9 where there is no such file.
test("a file of variables that cannot be read is named with its flag", () => {
  expect(() => withEnvironment({ envFile: "nowhere.env" })).toThrow(
    /^--env-file nowhere\.env cannot be read: ENOENT/,
  );
});
