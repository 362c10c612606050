import type { Move } from "../events.ts";
import type { Format } from "./style.ts";

/** How a move is told of. */
export interface Wording {
  readonly sign: string;
  readonly done: string;
  readonly doing: string;
  readonly format: Format;
}

/** One sign and one set of words a move, everywhere. */
export const wordings: Readonly<Record<Move, Wording>> = {
  nothing: { sign: "=", done: "unchanged", doing: "reading", format: "dim" },
  create: { sign: "+", done: "created", doing: "creating", format: "green" },
  adopt: { sign: ">", done: "adopted", doing: "adopting", format: "cyan" },
  update: { sign: "~", done: "updated", doing: "updating", format: "yellow" },
  replace: { sign: "±", done: "replaced", doing: "replacing", format: "magenta" },
  delete: { sign: "-", done: "deleted", doing: "deleting", format: "red" },
  forget: { sign: "-", done: "forgotten", doing: "forgetting", format: "dim" },
};
