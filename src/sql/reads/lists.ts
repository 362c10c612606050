import type { Props } from "../../json.ts";
import type { Found, OpenedType } from "../../resource/direct/table.ts";
import type { LiveRow, Rows } from "./rows.ts";

/** What one list has brought so far. */
export interface LiveList {
  readonly rows: readonly LiveRow[];
  /** Whether it has come to its end. */
  readonly isWhole: boolean;
  /** By property, the rows by the text that they have there, where every row is known there. */
  readonly indexes: Map<string, ReadonlyMap<string, readonly LiveRow[]>>;
}

/** What is listed. */
export interface ListPlace {
  readonly of: OpenedType;
  readonly parents: Props;
}

/** The lists of one statement, each read once. */
export interface Lists {
  /** The list so far; undefined where nobody has asked for it. */
  find(place: ListPlace): LiveList | undefined;
  /** The list, empty until its first rows are fetched. */
  open(place: ListPlace): LiveList;
  /** Whether its first rows have been fetched, or are being. */
  isBegun(place: ListPlace): boolean;
  /** Fetches so many rows more, Infinity for all. */
  pull(place: ListPlace, wanted: number): Promise<void>;
  /** Forgets the rows of all, and fetches so many of each that is not whole; false where all of them are. */
  turn(wanted: number): Promise<boolean>;
  /** Ends those that are not whole. */
  close(): Promise<void>;
}

interface OpenList extends LiveList {
  readonly place: ListPlace;
  readonly rows: LiveRow[];
  isWhole: boolean;
  items: AsyncGenerator<Found> | undefined;
}

/** Tells a list from every other. */
export const listKey = ({ of, parents }: ListPlace): string =>
  JSON.stringify([of.type, of.home.region, parents]);

/** Opens lists over what a statement knows of resources. */
export function openLists(known: Rows): Lists {
  const lists = new Map<string, OpenList>();
  const open = (place: ListPlace): OpenList => {
    const key = listKey(place);
    const list = lists.get(key) ?? { place, rows: [], isWhole: false, indexes: new Map(), items: undefined };
    lists.set(key, list);
    return list;
  };
  const pull = async (list: OpenList, wanted: number): Promise<void> => {
    const { of, parents } = list.place;
    list.indexes.clear();
    list.items ??= of.list(parents);
    for (let left = wanted; left > 0; left -= 1) {
      const { done, value } = await list.items.next();
      if (done === true) {
        list.isWhole = true;
        return;
      }
      list.rows.push(known.put(of, value, parents));
    }
  };
  return {
    find: (place) => lists.get(listKey(place)),
    open,
    isBegun: (place) => open(place).items !== undefined,
    pull: (place, wanted) => pull(open(place), wanted),
    turn: async (wanted) => {
      const left = [...lists.values()].filter(({ isWhole }) => !isWhole);
      for (const list of lists.values()) {
        list.rows.length = 0;
        list.indexes.clear();
      }
      await Promise.all(left.map((list) => pull(list, wanted)));
      return left.length > 0;
    },
    close: async () => {
      for (const { items } of lists.values()) await items?.return(undefined);
    },
  };
}
