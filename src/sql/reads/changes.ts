import { ResourceError } from "../../errors.ts";
import { type Json, type Props, parseExact } from "../../json.ts";
import type { Change } from "../../resource/direct/draft.ts";
import { propertyOf } from "../engine/cells.ts";
import type { Cell, WrittenRow } from "../engine/table.ts";
import type { Column } from "../language/columns.ts";
import type { LiveShape } from "./choose.ts";
import type { LiveRow } from "./rows.ts";

/** What a statement wants done to one resource. */
export interface WantedChange {
  readonly change: Change;
  /** The resource as it was read; undefined for one that is to be made. */
  readonly row: LiveRow | undefined;
  /** Where; undefined where the statement does not say. */
  readonly region: string | undefined;
}

/** What a written row wants done: a column that cannot be set is `VALIDATION` naming it. */
export function changeFor(shape: LiveShape, { values }: WrittenRow, row: LiveRow | undefined): WantedChange {
  const { type } = shape.facts;
  const set = [...(values ?? [])].map(([at, cell]) => ({ column: shape.columns[at], cell }));
  if (!row) return creationOf(type, set);
  const at = { row, region: row.region };
  const { identifier } = row;
  if (!values) return { change: { operation: "delete", identifier }, ...at };
  const patch = set.find(({ column }) => column?.source.from === "patch");
  if (!patch) return { change: { operation: "update", identifier, props: propsIn(type, set) }, ...at };
  if (set.length === 1)
    return { change: { operation: "patch", identifier, patch: patchIn(type, patch.cell) }, ...at };
  throw refuse(
    type,
    `data__PatchDocument is all that an update sets, and here it also sets ${set.length - 1} more`,
  );
}

type SetColumn = { readonly column: Column | undefined; readonly cell: Cell };

function creationOf(type: string | undefined, set: readonly SetColumn[]): WantedChange {
  const isRegion = ({ column }: SetColumn): boolean => column?.source.from === "region";
  const region = set.find(isRegion)?.cell;
  const props = propsIn(
    type,
    set.filter((one) => !isRegion(one)),
  );
  return {
    change: { operation: "create", props },
    row: undefined,
    region: region === undefined ? undefined : String(region),
  };
}

function propsIn(type: string | undefined, set: readonly SetColumn[]): Props {
  const entries = set.map(({ column, cell }): [string, Json] => {
    if (column?.source.from !== "property" || column.isReadOnly) throw refuse(type, tellFixed(column));
    return [column.source.property, propertyOf(cell, column.datatype)];
  });
  return Object.fromEntries(entries);
}

const tellFixed = (column: Column | undefined): string =>
  column?.source.from === "property"
    ? `${column.name} cannot be set: AWS alone sets it`
    : `${column?.name ?? "that"} cannot be set here`;

function patchIn(type: string | undefined, cell: Cell): Json {
  try {
    return parseExact(String(cell));
  } catch {
    throw refuse(type, "data__PatchDocument is no JSON: it is a list of operations in text");
  }
}

const refuse = (type: string | undefined, what: string): ResourceError =>
  new ResourceError("VALIDATION", what, { type, advice: "DESCRIBE tells which columns can be set." });
