#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Command } from "commander";
import { addCommands } from "./commands.ts";
import { writeErr, writeOut } from "../render/out.ts";
import { quietAboutNode, quietAboutPipes } from "./quiet.ts";

const { version, description }: { version: string; description: string } = JSON.parse(
  readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
);

quietAboutNode();
quietAboutPipes();
const given = [...process.argv];
const program = new Command("await-aws").description(description).version(version, "-v, --version");
program.configureOutput({ writeOut, writeErr });
addCommands(program);
// State lies beside the nearest package.json of the script; without a script, of the folder that one works in.
process.argv[1] = resolve("aws.run.ts");
await program.parseAsync(given);
