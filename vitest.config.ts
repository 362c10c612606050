import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Most tests wait for processes and pauses of their own: with half as many again as there are cores, none idles.
    maxWorkers: Math.ceil(1.5 * availableParallelism()),
    // Nothing of the house keeps state in its modules: to load them anew for every file took half of the time.
    isolate: false,
    // No test ever speaks to AWS: these sign requests to the emulator.
    env: {
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_REGION: "us-east-1",
      AWS_EC2_METADATA_DISABLED: "true",
      AWAIT_AWS_LOG: "silent",
      NODE_NO_WARNINGS: "1",
      // A service of CI says so to whatever it starts, and there the state folder is told of: each test says for itself.
      CI: "",
    },
    typecheck: {
      enabled: true,
      include: ["test/types/**/*.test-d.ts"],
      tsconfig: "./test/types/tsconfig.json",
    },
  },
});
