import type { Json, Props } from "../../json.ts";
import type { OpenedType } from "../../resource/direct/table.ts";
import { type ListPlace, type Lists, type LiveList, listKey, openLists } from "./lists.ts";
import { type LiveRow, type Rows, keyOf, openRows } from "./rows.ts";

/** Everything that one statement has read, each once, and what it still needs. */
export interface Store {
  /** The rows of a list so far; where it has none yet, so many are asked for. */
  list(place: ListPlace, wanted: number): LiveList;
  /** Asks for as many rows again of a list that is not whole. */
  more(place: ListPlace): void;
  /** One resource: undefined where there is none, or where it is still to be read. */
  one(of: OpenedType, identifier: string): LiveRow | undefined;
  /** The value of a property; `null` where it is still to be read. */
  value(row: LiveRow, property: string): Json;
  row(rowid: number): LiveRow | undefined;
  /** The row of a resource that somebody else has read, or only named. */
  fix(fixed: FixedRow): LiveRow;
  /** Asks for something else. */
  need(key: string, fetch: () => Promise<void>): void;
  /** Tells whether nothing has been asked for since it was last fetched: whoever has read has read it all. */
  isComplete(): boolean;
  /** Fetches what has been asked for, side by side. */
  fetch(): Promise<void>;
  /** Forgets every row, and fetches the next of each list; false where there are none. */
  turn(wanted: number): Promise<boolean>;
  /** Ends the lists that nobody has read to their end. */
  close(): Promise<void>;
}

/** What a store asks and tells. */
export interface StoreOptions {
  /** Whether only so much of a list is held as is looked at: then none is read on before it is turned. */
  readonly isWindowed: () => boolean;
  /** Told of each resource that is come across: its region, and the texts that it is known by. */
  readonly onRow: (region: string, names: readonly string[]) => void;
}

/** A resource that is known without being asked for. */
export interface FixedRow {
  readonly of: OpenedType;
  readonly identifier: string;
  readonly live: Props | undefined;
}

interface Single {
  readonly of: OpenedType;
  readonly identifier: string;
}

/** Opens a store that knows nothing. */
export function openStore({ isWindowed, onRow }: StoreOptions): Store {
  const rows = openRows(onRow);
  const lists = openLists(rows);
  const { needs, singles, fetch } = openNeeds(rows, lists);
  return {
    list: (place, wanted) => {
      if (!lists.isBegun(place)) needs.set(listKey(place), () => lists.pull(place, wanted));
      return lists.open(place);
    },
    more: (place) => {
      const { rows, isWhole } = lists.open(place);
      const key = listKey(place);
      if (!isWhole && !isWindowed() && !needs.has(key))
        needs.set(key, () => lists.pull(place, Math.max(rows.length, 1)));
    },
    one: (of, identifier) => {
      const known = rows.find(of, identifier);
      if (known !== "unknown") return known;
      const isListed = lists.find({ of, parents: {} })?.isWhole === true;
      if (!isListed) singles.set(keyOf(of, identifier), { of, identifier });
      return undefined;
    },
    value: (row, property) => {
      if (row.live) return row.live[property] ?? row.shown[property] ?? null;
      const shown = Object.hasOwn(row.shown, property) ? row.shown[property] : undefined;
      if (shown !== undefined) return shown;
      needs.set(keyOf(row.of, row.identifier), () => readRow(row));
      return null;
    },
    row: (rowid) => rows.at(rowid),
    fix: ({ of, identifier, live }) => {
      const row = rows.put(of, { identifier, live: live ?? {} }, {});
      row.live = live;
      return row;
    },
    need: (key, fetch) => void needs.set(key, fetch),
    isComplete: () => needs.size === 0 && singles.size === 0,
    fetch,
    turn: (wanted) => {
      rows.clear();
      return lists.turn(wanted);
    },
    close: () => lists.close(),
  };
}

async function readRow(row: LiveRow): Promise<void> {
  const found = await row.of.read(row.identifier);
  if (found) row.live = found.live;
  else row.isGone = true;
}

/** What is missing, by what tells it from all else that is. */
interface Needs {
  readonly needs: Map<string, () => Promise<void>>;
  readonly singles: Map<string, Single>;
  readonly fetch: () => Promise<void>;
}

function openNeeds(rows: Rows, lists: Lists): Needs {
  const needs: Needs["needs"] = new Map();
  const singles: Needs["singles"] = new Map();
  const readSingle = async ({ of, identifier }: Single): Promise<void> => {
    const found = await of.read(identifier);
    const row = found && rows.put(of, found, {});
    if (row) row.live = found.live;
    // The service may call it by another spelling than the one that was asked for.
    rows.name(of, identifier, row);
  };
  const fetch = async (): Promise<void> => {
    const [asked, chosen] = [[...needs.values()], chooseReads([...singles.values()])];
    needs.clear();
    singles.clear();
    await Promise.all([
      ...asked.map((fetch) => fetch()),
      ...chosen.lists.map((of) => lists.pull({ of, parents: {} }, Infinity)),
      ...chosen.singles.map(readSingle),
    ]);
  };
  return { needs, singles, fetch };
}

/** So many resources of a type are read one by one before their list is read instead. */
const mostSingles = 25;

/** Which of the resources that are asked for by identifier are read, and of which types the list is read instead. */
export function chooseReads(asked: readonly Single[]): {
  readonly lists: readonly OpenedType[];
  readonly singles: readonly Single[];
} {
  const counts = new Map<OpenedType, number>();
  for (const { of } of asked) counts.set(of, (counts.get(of) ?? 0) + 1);
  const lists = [...counts]
    .filter(([of, count]) => count > mostSingles && of.isListed && listNeedsOf(of).length === 0)
    .map(([of]) => of);
  return { lists, singles: asked.filter(({ of }) => !lists.includes(of)) };
}

/** The properties without which there is no list of a type: sets of them, of which one has to be known. */
export function listNeedsOf({
  facts,
  note,
}: Pick<OpenedType, "facts" | "note">): readonly (readonly string[])[] {
  const required = [...new Set([...(note?.listNeeds ?? []), ...(facts.listRequires ?? [])])];
  const sets = (facts.listAlternatives ?? []).map((set) => [...new Set([...required, ...set])]);
  return sets.length > 0 || required.length === 0 ? sets : [required];
}
