import { defineConfig } from "vitest/config";

// The tests that judge the mutated files, and those alone: each mutant runs them again.
export default defineConfig({
  test: {
    include: ["test/diff/**/*.test.ts", "test/json.test.ts", "test/wire/failure*.test.ts"],
    env: { LAW_RUNS: "100" },
  },
});
