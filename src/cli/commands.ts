import type { Command } from "commander";
import { addDeploy } from "./deploy.ts";
import { addDestroy } from "./destroy.ts";
import { addDrift } from "./drift.ts";
import { addEmulator } from "./emulator.ts";
import { addGraph } from "./graph.ts";
import { addHistory } from "./history.ts";
import { addImport } from "./import.ts";
import { addOutputs } from "./outputs.ts";
import { addPermissions } from "./permissions.ts";
import { addPlan } from "./plan.ts";
import { addFind, addGet, addList } from "./read.ts";
import { addReport } from "./report.ts";
import { addSql } from "./sql.ts";
import { addState } from "./state.ts";
import { requireValues } from "./strict.ts";
import { addUnlock } from "./unlock.ts";

/** Adds every command, in the order in which the help shows them. */
export function addCommands(program: Command): void {
  for (const add of [addPlan, addDeploy, addDestroy, addDrift, addGet, addList, addFind, addImport])
    add(program);
  for (const add of [
    addSql,
    addState,
    addOutputs,
    addHistory,
    addGraph,
    addReport,
    addUnlock,
    addPermissions,
    addEmulator,
  ])
    add(program);
  requireValues(program);
}
