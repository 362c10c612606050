import { expect, test, vi, onTestFinished } from "vitest";
import { programOf } from "../../src/cli/script.ts";

test.each(["bun", "deno"])(
  "a script is not run by %s, which does not tell when it has ended",
  async (other) => {
    const versions = vi
      .spyOn(process, "versions", "get")
      .mockReturnValue({ ...process.versions, [other]: "1.0.0" });
    onTestFinished(() => versions.mockRestore());
    await expect(programOf("deploy.ts", [])).rejects.toThrow(`not on ${other}: nothing was done`);
  },
);
