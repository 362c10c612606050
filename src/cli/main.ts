#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { defineCommand, runMain } from "citty";

const { version, description }: { version: string; description: string } = JSON.parse(
  readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
);

await runMain(
  defineCommand({
    meta: { name: "await-aws", version, description },
    subCommands: {
      emulator: () => import("./emulator.ts").then(({ emulator }) => emulator),
      unlock: () => import("./unlock.ts").then(({ unlock }) => unlock),
    },
  }),
);
