import type { Report } from "../events.ts";
import { writeOut } from "../render/out.ts";
import { planText } from "../render/plan-text.ts";
import { failureIn } from "../resource/report.ts";
import { styleFor } from "../render/style.ts";
import type { Scope } from "../scope/scope.ts";
import { planRemovals, startReport } from "./run.ts";
import { stoppedIn } from "./session/stopped-plan.ts";

/**
 * Shows the plan of a plain script on stdout, once: what is returned finalizes the run and shows it. A script that
 * ends without finalizing shows what it came to.
 */
export function showPlanAtEnd(scope: Scope): () => Promise<void> {
  const report = startReport(scope, "plan");
  const show = (more: Partial<Report> = {}): void => {
    process.off("exit", atExit);
    const text = planText({ ...report(), ...more }, styleFor(process.stdout, process.env));
    writeOut(`${text}\n`);
  };
  const atExit = (): void => show();
  process.on("exit", atExit);
  return async () => {
    const told = await planRemovals(scope);
    const unknown = stoppedIn(scope);
    show({ ...told, ...(unknown && { stopped: failureIn(unknown) }) });
    await scope.release();
  };
}
