import type { Entry } from "../../entry.ts";
import { type ResourceError, isResourceError } from "../../errors.ts";
import type { Json } from "../../json.ts";
import type { StateStore } from "../../state/store.ts";
import { cellOf } from "../engine/cells.ts";
import type { Table } from "../engine/table.ts";
import type { Datatype } from "../language/columns.ts";
import type { LiveRow } from "./rows.ts";
import type { Store } from "./store.ts";

/** An entry, and where it is recorded. */
export interface RecordedEntry {
  readonly app: string;
  readonly stage: string;
  readonly entry: Entry;
}

/** An entry that cannot be read. */
interface UnreadableEntry {
  readonly app: string;
  readonly stage: string;
  readonly id: string;
}

/** What the store has recorded, read once where a query needs it. */
export interface Recorded {
  /** Every entry; none where they are still to be read. */
  entries(): readonly RecordedEntry[];
  unreadable(): readonly UnreadableEntry[];
  /** The entry of a resource that is there; undefined where nobody has recorded it, or the entries are still to be read. */
  recordOf(row: Pick<LiveRow, "of" | "identifier">): RecordedEntry | undefined;
}

/** Which apps and stages count; all where none is named. */
export interface RecordedScope {
  readonly app?: string | undefined;
  readonly stage?: string | undefined;
}

/** Opens what a store has recorded. */
export function openEntries(
  store: StateStore,
  { app, stage }: RecordedScope,
  reads: Pick<Store, "need">,
): Recorded {
  let known:
    | { readonly all: readonly RecordedEntry[]; readonly broken: readonly UnreadableEntry[] }
    | undefined;
  let byIdentifier = new Map<string, RecordedEntry[]>();
  const read = async (): Promise<void> => {
    const stages = (await store.stages()).filter(
      (one) => (app ?? one.app) === one.app && (stage ?? one.stage) === one.stage,
    );
    const read = await Promise.all(
      stages.map(async (one) => {
        const entries = await (await store.open(one.app, one.stage)).entries();
        return [...entries].map(([id, entry]) => ({ ...one, id, entry }));
      }),
    );
    const isRead = (one: { entry: Entry | ResourceError }): boolean => !isResourceError(one.entry);
    const all = read.flat().filter(isRead) as readonly (RecordedEntry & { id: string })[];
    known = { all, broken: read.flat().filter((one) => !isRead(one)) };
    byIdentifier = new Map();
    for (const one of all) {
      for (const { identifier } of [one.entry, ...(one.entry.superseded ?? [])])
        if (identifier !== undefined)
          byIdentifier.set(identifier, [...(byIdentifier.get(identifier) ?? []), one]);
    }
  };
  const need = (): void => {
    if (!known) reads.need("the entries", read);
  };
  return {
    entries: () => (need(), known?.all ?? []),
    unreadable: () => known?.broken ?? [],
    recordOf: ({ of, identifier }) => {
      need();
      return byIdentifier.get(identifier)?.find(({ entry }) => of.isRecordedBy(entry, identifier));
    },
  };
}

type EntryColumn = readonly [
  name: string,
  datatype: Datatype,
  valueOf: (one: RecordedEntry) => Json | undefined,
  isHidden?: true,
];

const entryColumns: readonly EntryColumn[] = [
  ["app", "string", ({ app }) => app],
  ["stage", "string", ({ stage }) => stage],
  ["id", "string", ({ entry }) => entry.id],
  ["type", "string", ({ entry }) => entry.type],
  ["identifier", "string", ({ entry }) => entry.identifier],
  ["region", "string", ({ entry }) => entry.home.region],
  ["status", "string", ({ entry }) => (entry.intent ? `unfinished ${entry.intent.move}` : entry.status)],
  ["desired", "object", ({ entry }) => entry.desired],
  ["live", "object", ({ entry }) => entry.live],
  ["updated_at", "string", ({ entry }) => entry.updatedAt],
  ["account", "string", ({ entry }) => entry.home.account, true],
  ["endpoint", "string", ({ entry }) => entry.home.endpoint, true],
  ["dependencies", "array", ({ entry }) => entry.dependencies, true],
];

/** The name of the table of what is recorded. */
export const entriesName = "state.entries";

/** What its columns are. */
export const entriesShape: Table["columns"] = entryColumns.map(([name, datatype, , isHidden = false]) => ({
  name,
  datatype,
  isHidden,
}));

/** What is recorded as a table of SQLite. `onRow` is told of each row that is looked at. */
export function entriesTable(recorded: Recorded, onRow: (entry: Entry) => void): Table {
  return {
    name: entriesName,
    columns: entriesShape,
    choose: () => ({ way: "all", by: [], cost: 50, rows: 200 }),
    open: () => {
      const rows = recorded.entries();
      const broken = recorded.unreadable();
      let at = 0;
      return {
        isAtEnd: () => at >= rows.length + broken.length,
        next: () => void (at += 1),
        rowid: () => at,
        cell: (column) => {
          const one = rows[at];
          const [name = "", , valueOf] = entryColumns[column] ?? [];
          if (one) {
            onRow(one.entry);
            return cellOf(valueOf?.(one));
          }
          const lost = broken[at - rows.length];
          const told: Record<string, string | undefined> = { ...lost, status: "unreadable" };
          return told[name] ?? null;
        },
      };
    },
  };
}
