import { parseArgs } from "node:util";
import type { RunOptions } from "./run-options.ts";

/** What a plain script was told when it was started, e.g. `npx tsx deploy.ts --plan --stage prod`. */
export interface Flags {
  readonly phase: "deploy" | "plan" | "destroy";
  readonly isConfirmed: boolean;
  readonly options: Pick<RunOptions, "stage" | "adopt">;
}

/** Reads the flags that app() honours; whatever else stands there is the script's own. */
export function flagsIn(args: readonly string[]): Flags {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: {
      plan: { type: "boolean" },
      destroy: { type: "boolean" },
      stage: { type: "string" },
      adopt: { type: "boolean" },
      yes: { type: "boolean", short: "y" },
    },
  });
  const { plan, destroy, stage, adopt, yes } = values;
  if (plan === true && destroy === true) throw new TypeError("--plan and --destroy exclude each other");
  return {
    phase: plan === true ? "plan" : destroy === true ? "destroy" : "deploy",
    isConfirmed: yes === true,
    options: { ...(typeof stage === "string" && { stage }), ...(adopt === true && { adopt }) },
  };
}
