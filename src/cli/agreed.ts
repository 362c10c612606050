import { askYesOrNo } from "../render/confirm.ts";
import { writeErr } from "../render/out.ts";

/** The flag that answers whatever a command would ask. */
export const yesFlag = ["-y, --yes", "do not ask"] as const;

/**
 * Asks somebody at a terminal before what is recorded is changed. Where nobody can be asked the command itself has said
 * so: nothing at AWS is lost by it.
 */
export async function isAgreed(question: string, { yes }: { readonly yes?: true }): Promise<boolean> {
  if (yes === true) return true;
  const isYes = (await askYesOrNo(question, process.env)) ?? true;
  if (!isYes) writeErr("Nothing was changed.\n");
  return isYes;
}
