import { withArticle } from "../wording.ts";
import type { Entry } from "../entry.ts";
import { type ResourceError, isResourceError } from "../errors.ts";
import { holderText, lifeText } from "../state/lock/holder-text.ts";
import type { SeenHolder } from "../state/store.ts";

/** Something that is not as it should be in what is recorded. */
export interface Finding {
  readonly id: string;
  readonly what: string;
  readonly todo: string;
}

/** Looks through the entries of a stage; asks nobody. */
export function findings(entries: ReadonlyMap<string, Entry | ResourceError>): readonly Finding[] {
  const owners = ownersIn(entries);
  return [...entries].flatMap(([id, entry]) =>
    isResourceError(entry)
      ? [{ id, what: entry.what, todo: entry.advice }]
      : [...findingsOf(entry), ...twins(entry, owners)].map((finding) => ({ id, ...finding })),
  );
}

/** Tells of a lock: while its run is alive what it has recorded is on its way, and nothing is to be set right. */
export function lockFinding(holder: SeenHolder): Finding {
  const todos: Readonly<Record<SeenHolder["life"], string>> = {
    alive: "Wait for that run to end, and look again.",
    silent: `The next run takes it over once it has shown no life for ${holder.termMs / 1_000} s.`,
    gone: "Run the script again: it takes the lock over.",
  };
  return {
    id: "",
    what: `locked by ${holderText(holder)}; ${lifeText(holder)}`,
    todo: todos[holder.life],
  };
}

function findingsOf({ intent, status, superseded, identifier }: Entry): Omit<Finding, "id">[] {
  const found: Omit<Finding, "id">[] = [];
  if (intent) {
    const what = `${withArticle(intent.move)} begun at ${intent.startedAt} was cut off`;
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

/** The ids of each resource: thirty thousand entries are not to be held against each other one by one. */
function ownersIn(
  entries: ReadonlyMap<string, Entry | ResourceError>,
): ReadonlyMap<string, readonly string[]> {
  const owners = new Map<string, string[]>();
  for (const entry of entries.values()) {
    const key = isResourceError(entry) ? undefined : resourceOf(entry);
    if (key === undefined || isResourceError(entry)) continue;
    const ids = owners.get(key);
    if (ids) ids.push(entry.id);
    else owners.set(key, [entry.id]);
  }
  return owners;
}

const resourceOf = ({ type, identifier, home }: Entry): string | undefined =>
  identifier === undefined ? undefined : JSON.stringify([type, identifier, home.region]);

/** Two ids of one resource undo each other's work; of many, the first few are told. */
function twins(entry: Entry, owners: ReadonlyMap<string, readonly string[]>): Omit<Finding, "id">[] {
  const ids = owners.get(resourceOf(entry) ?? "") ?? [];
  // One more than are told, for its own id may be among them: to leave it out of all of them would take as long as all.
  const others = ids.slice(0, mostTwins + 1).filter((id) => id !== entry.id);
  return others.slice(0, mostTwins).map((other) => ({
    what: `${entry.identifier} is recorded as ${JSON.stringify(other)} too`,
    todo: "Forget one of the two with await-aws state rm.",
  }));
}

const mostTwins = 3;
