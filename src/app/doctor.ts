import type { Entry } from "../entry.ts";
import { type ResourceError, isResourceError } from "../errors.ts";

/** Something that is not as it should be in what is recorded. */
export interface Finding {
  readonly id: string;
  readonly what: string;
  readonly todo: string;
}

/** Looks through the entries of a stage; asks nobody. */
export function findings(entries: ReadonlyMap<string, Entry | ResourceError>): readonly Finding[] {
  return [...entries].flatMap(([id, entry]) =>
    isResourceError(entry)
      ? [{ id, what: entry.what, todo: entry.advice }]
      : [...findingsOf(entry), ...twins(entry, entries)].map((finding) => ({ id, ...finding })),
  );
}

function findingsOf({ intent, status, superseded, identifier }: Entry): Omit<Finding, "id">[] {
  const found: Omit<Finding, "id">[] = [];
  if (intent) {
    const what = `a ${intent.move} begun at ${intent.startedAt} was cut off`;
    found.push({ what, todo: "Run the script again: it is settled first." });
  } else if (status === "pending") {
    const what = `a create failed that named ${identifier ?? "nothing"}`;
    found.push({ what, todo: "Run the script again: it looks whether anything was made." });
  } else if (status === "incomplete") {
    found.push({
      what: "its last write did not end well",
      todo: "Run the script again: it is brought to what is declared.",
    });
  }
  for (const old of superseded ?? []) {
    const what = `the old ${old.type} ${old.identifier} waits to be deleted`;
    found.push({ what, todo: "Run the script with app() and finalize(), or await-aws deploy." });
  }
  return found;
}

/** Two ids of one resource undo each other's work. */
function twins(entry: Entry, entries: ReadonlyMap<string, Entry | ResourceError>): Omit<Finding, "id">[] {
  const others = [...entries.values()].filter(
    (other): other is Entry =>
      !isResourceError(other) &&
      other.id !== entry.id &&
      other.type === entry.type &&
      other.identifier !== undefined &&
      other.identifier === entry.identifier &&
      other.home.region === entry.home.region,
  );
  return others.map((other) => ({
    what: `${entry.identifier} is recorded as ${JSON.stringify(other.id)} too`,
    todo: "Forget one of the two with await-aws state rm.",
  }));
}
