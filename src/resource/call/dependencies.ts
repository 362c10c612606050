import type { Props } from "../../json.ts";
import { partOwnerOf } from "../../parts/model.ts";
import type { Journal } from "../../scope/journal.ts";
import { usedBy } from "../outputs/uses.ts";
import type { Call } from "./read-call.ts";

/** The ids that a call uses: those that it says itself, and those whose names stand in its properties. */
export const dependenciesOf = (
  journal: Pick<Journal, "resolved" | "words" | "unworded">,
  call: Call,
): readonly string[] => [...new Set([...call.dependencies, ...usedBy(journal, call.id, namesUsed(call))])];

/** What the properties say of other resources; a part stands upon what its names spell together. */
function namesUsed({ desired, note }: Call): Props {
  const uses = note?.part?.uses ?? [];
  return { ...desired, uses: uses.map((names) => partOwnerOf({ identity: names }, desired)) };
}
