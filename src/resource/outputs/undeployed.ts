import type { Entry } from "../../entry.ts";
import { type ResourceError, isResourceError } from "../../errors.ts";
import type { Change } from "../../events.ts";
import { type Props, covers, valueAt } from "../../json.ts";
import type { Scope } from "../../scope/scope.ts";
import type { Snapshot } from "../../services/note.ts";
import { noteOf } from "../../services/notes.ts";
import { placeholderOf } from "./placeholders.ts";

/** What was recorded when the program had made its calls, before anything was deleted. */
export type Recorded = ReadonlyMap<string, Entry | ResourceError>;

/** What has changed below one API, and what serves it. */
interface Group {
  readonly snapshot: Snapshot;
  readonly below: string;
  readonly changed: Change[];
}

/**
 * Tells, once an API, what this run has changed below it although no deployment follows: its stages go on serving what
 * was deployed before. A warning where the script has deployments of it, a notice where it has none.
 */
export function tellUndeployed(scope: Scope, recorded: Recorded): void {
  for (const { snapshot, below, changed } of groupsIn(scope, recorded).values()) {
    const [first] = changed;
    if (!first || isServedAtOnce(scope, recorded, { snapshot, below })) continue;
    const names = [...new Set(changed.map(({ id }) => id))];
    const ids = [...names.slice(0, 3), ...(names.length > 3 ? [`${names.length - 3} more`] : [])].join(", ");
    const deployments = idsOf(scope, recorded, snapshot.type, { snapshot, below });
    const { id, type } = first;
    const what = `${scope.withholds ? "changes" : "changed"} (${ids})`;
    if (deployments.length > 0) {
      const message =
        `${what}, and no ${snapshot.type} of ${below} is made after: its stages go on serving what was ` +
        "deployed before. Put deploymentTrigger(…) of what it stands on into the id of the deployment";
      scope.listener({ name: "warning", id, type, message });
    } else {
      const message =
        `${below} ${what}, and this script declares no ${snapshot.type} of it: ` +
        "its stages serve that once one is made";
      scope.listener({ name: "notice", message });
    }
  }
}

function groupsIn(scope: Scope, recorded: Recorded): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  for (const change of scope.journal.changes) {
    const snapshot = noteOf(change.type)?.snapshot;
    if (!snapshot || change.error || !isChanging(scope, change, snapshot)) continue;
    const below = parentOf(scope, recorded, change.id, snapshot.below);
    if (below === undefined || isFollowed(scope, recorded, { snapshot, below }, change)) continue;
    const key = `${snapshot.type} ${below}`;
    const group = groups.get(key) ?? { snapshot, below, changed: [] };
    group.changed.push(change);
    groups.set(key, group);
  }
  return groups;
}

function isChanging({ journal }: Scope, { id, move, patch = [] }: Change, { only }: Snapshot): boolean {
  if (move === "nothing" || move === "forget" || (move === "adopt" && patch.length === 0)) return false;
  // The old one of a replacement goes, too.
  if (move === "delete" && journal.seen.has(id)) return false;
  if (only === undefined) return true;
  if (move === "update" || move === "adopt")
    return patch.some(({ path }) => only.some((one) => covers(one, path)));
  const asked = journal.declared.get(id);
  return asked !== undefined && only.some((one) => valueAt(asked, one) !== undefined);
}

/** What a resource stands below, by name: as the script asks it, else as it is recorded. */
function parentOf({ journal }: Scope, recorded: Recorded, id: string, name: string): string | undefined {
  const entry = recorded.get(id);
  const known: Props[] = entry && !isResourceError(entry) ? [entry.desired, entry.live] : [];
  const asked = journal.declared.get(id);
  const values = [...(asked ? [asked] : []), ...known].map((model) => model[name]);
  const value = values.find((one) => typeof one === "string");
  if (typeof value === "string") return value;
  return journal.seen.has(id) ? placeholderOf(id, [name]) : undefined;
}

type Below = Pick<Group, "snapshot" | "below">;

/** The ids of a type that stand below the same, declared or recorded. */
function idsOf(scope: Scope, recorded: Recorded, type: string, { snapshot, below }: Below): string[] {
  const ids = new Set([...scope.journal.seen.keys(), ...recorded.keys()]);
  return [...ids].filter((id) => {
    const entry = recorded.get(id);
    const its = scope.journal.seen.get(id) ?? (entry && !isResourceError(entry) ? entry.type : undefined);
    return its === type && parentOf(scope, recorded, id, snapshot.below) === below;
  });
}

/** Whether a snapshot is made in this run that was begun after the change had come to its end. */
function isFollowed(scope: Scope, recorded: Recorded, group: Below, { id, move }: Change): boolean {
  if (move === "delete") return false;
  const { resolved, changes } = scope.journal;
  const nth = resolved.get(id)?.nth ?? 0;
  const isMade = (one: string): boolean =>
    changes.some((change) => change.id === one && !change.error && /^(create|replace)$/.test(change.move));
  return idsOf(scope, recorded, group.snapshot.type, group).some(
    (one) => isMade(one) && (resolved.get(one)?.begunAfter ?? 0) > nth,
  );
}

/** Whether a stage below the same deploys by itself, or what they stand below is deleted itself. */
function isServedAtOnce(scope: Scope, recorded: Recorded, group: Below): boolean {
  const { changes } = scope.journal;
  if (changes.some(({ move, identifier }) => move === "delete" && identifier === group.below)) return true;
  return (group.snapshot.unless ?? []).some(({ type, at }) =>
    idsOf(scope, recorded, type, group).some((id) => {
      const entry = recorded.get(id);
      const model = scope.journal.declared.get(id) ?? (entry && !isResourceError(entry) ? entry.live : {});
      const value = valueAt(model, at);
      return value !== undefined && value !== false && value !== "false";
    }),
  );
}
