import type { Props } from "../../json.ts";
import { partsOf } from "../../schema/identifier.ts";
import type { Found, OpenedType } from "../../resource/direct/table.ts";

/** One resource as far as it has been read. */
export interface LiveRow {
  readonly rowid: number;
  readonly region: string;
  readonly of: OpenedType;
  readonly identifier: string;
  /** What lists have shown of it, with what its identifier says. */
  shown: Props;
  /** What a read has shown. */
  live: Props | undefined;
  /** A read has shown that it is not there any more. */
  isGone: boolean;
}

/** The resources that one statement has come across, each once. */
export interface Rows {
  /** The row of what a list or a read has shown. */
  put(of: OpenedType, found: Found, parents: Props): LiveRow;
  /** Lets a row go by another spelling of its identifier too; undefined for one that is not there. */
  name(of: OpenedType, identifier: string, row: LiveRow | undefined): void;
  /** The row, or undefined where it is known that there is none; `unknown` where nobody has asked. */
  find(of: OpenedType, identifier: string): LiveRow | "unknown" | undefined;
  at(rowid: number): LiveRow | undefined;
  clear(): void;
}

/** Tells a resource from every other. */
export const keyOf = (of: OpenedType, identifier: string): string =>
  JSON.stringify([of.type, of.home.region, identifier]);

/** Opens a collection without a row. `onRow` is told of each new one, with the texts that it is known by. */
export function openRows(onRow: (region: string, names: readonly string[]) => void): Rows {
  const known = new Map<string, LiveRow | undefined>();
  const byNumber: LiveRow[] = [];
  return {
    put: (of, { identifier, live }, parents) => {
      const key = keyOf(of, identifier);
      const parts = partsOf(of.facts, identifier) ?? {};
      const shown = { ...parts, ...parents, ...live };
      const found = known.get(key);
      if (found) {
        found.shown = { ...shown, ...found.shown };
        return found;
      }
      const { region } = of.home;
      const row = { rowid: byNumber.length, region, of, identifier, shown, live: undefined, isGone: false };
      known.set(key, row);
      byNumber.push(row);
      onRow(region, [identifier, ...Object.values(parts)]);
      return row;
    },
    name: (of, identifier, row) => void known.set(keyOf(of, identifier), row),
    find: (of, identifier) => {
      const key = keyOf(of, identifier);
      return known.has(key) ? known.get(key) : "unknown";
    },
    at: (rowid) => byNumber[rowid],
    clear: () => {
      known.clear();
      byNumber.length = 0;
    },
  };
}
