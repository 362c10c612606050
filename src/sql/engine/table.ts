import type { Datatype } from "../language/columns.ts";

/** A value as SQLite has it. */
export type Cell = string | number | bigint | null;

/** A comparison that a query makes of a column. */
export interface Offered {
  readonly column: number;
  /** Whether it is by `=` (or one of `IN`), without regard to how text collates. */
  readonly isEqual: boolean;
  /** Whether the other side is known when this table is asked, in the order of the join that is being weighed. */
  readonly isUsable: boolean;
}

/** How a table will be asked. */
export interface Choice {
  readonly way: string;
  /** The columns of which values are handed over, in that order. */
  readonly by: readonly number[];
  /** What it takes to ask once, in no unit: SQLite orders a join by it. */
  readonly cost: number;
  readonly rows: number;
}

/** Goes along the rows that were asked for. */
export interface Cursor {
  isAtEnd(): boolean;
  next(): void;
  cell(column: number): Cell;
  rowid(): number;
}

/** What SQLite takes for a table. Its rows come from elsewhere, and may not be at hand yet. */
export interface Table {
  readonly name: string;
  readonly columns: readonly {
    readonly name: string;
    readonly datatype: Datatype;
    readonly isHidden: boolean;
  }[];
  /** Weighs one order of the join; undefined where the table cannot be asked in it. */
  choose(offered: readonly Offered[]): Choice | undefined;
  /** `limit` is how many rows are wanted at most, where the query says so of this table alone. */
  open(choice: Choice, values: readonly Cell[], limit: number | undefined): Cursor;
}

/** What a statement writes to a row: the rows that it inserts have no `rowid`, those that it deletes no values. */
export interface WrittenRow {
  readonly table: string;
  readonly rowid: number | undefined;
  /** The columns that are set, by their place in the table. */
  readonly values: ReadonlyMap<number, Cell> | undefined;
}
