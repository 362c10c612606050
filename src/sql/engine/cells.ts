import { type Json, isProps, isList, parseExact } from "../../json.ts";
import type { Datatype } from "../language/columns.ts";
import type { Address, Sqlite } from "./sqlite.ts";
import type { Cell } from "./table.ts";

/** A JSON value as SQLite has it: objects and lists are their text, true is 1. */
export function cellOf(value: Json | undefined): Cell {
  if (value === undefined || value === null) return null;
  if (typeof value === "boolean") return value ? 1 : 0;
  return typeof value === "object" ? JSON.stringify(value) : value;
}

/** A value of SQLite as JSON, by the declared type of its column where it comes straight from one. */
export function jsonOf(value: unknown, declared: string | null): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (declared === "BOOLEAN" && (value === 0 || value === 1)) return value === 1;
  if (typeof value === "string")
    return declared?.startsWith("JSON") || declared === "ANY BLOB" ? structureIn(value) : value;
  if (typeof value === "number") return value;
  return value instanceof Uint8Array ? Buffer.from(value).toString("base64") : null;
}

/** The object or list that a text holds, or the text. */
function structureIn(text: string): Json {
  if (!/^\s*[{[]/.test(text)) return text;
  try {
    const value = parseExact(text);
    return isProps(value) || isList(value) ? value : text;
  } catch {
    return text;
  }
}

/** What a statement sets a column to, as the property takes it. */
export function propertyOf(cell: Cell, datatype: Datatype): Json {
  const value = typeof cell === "bigint" ? jsonOf(cell, null) : cell;
  switch (datatype) {
    case "boolean":
      return booleanOf(value);
    case "integer":
    case "number":
      return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
    case "string":
      return typeof value === "number" ? String(value) : value;
    case "object":
    case "array":
    case "any":
      return typeof value === "string" ? structureIn(value) : value;
  }
}

function booleanOf(value: Json): Json {
  if (value === 1 || value === "true") return true;
  return value === 0 || value === "false" ? false : value;
}

/** Hands values over to SQLite, through one stretch of its memory that grows with the longest text. */
export function cellWriter({ wasm }: Sqlite): { put(context: Address, cell: Cell): void; free(): void } {
  const encoder = new TextEncoder();
  let [room, address] = [4096, wasm.alloc(4096)];
  const putText = (context: Address, text: string): void => {
    // No text takes more than three bytes for each of its UTF-16 units.
    if (text.length * 3 > room) {
      wasm.dealloc(address);
      room = text.length * 3;
      address = wasm.alloc(room);
    }
    const { written } = encoder.encodeInto(text, wasm.heap8u().subarray(address, address + room));
    const copies = -1;
    wasm.exports.sqlite3_result_text(context, address, written, copies);
  };
  const put = (context: Address, cell: Cell): void => {
    if (cell === null) wasm.exports.sqlite3_result_null(context);
    else if (typeof cell === "string") putText(context, cell);
    else if (typeof cell === "bigint") wasm.exports.sqlite3_result_int64(context, cell);
    else if (!Number.isInteger(cell) || Object.is(cell, -0))
      wasm.exports.sqlite3_result_double(context, cell);
    else if (Math.abs(cell) < 2 ** 31) wasm.exports.sqlite3_result_int(context, cell);
    else if (Number.isSafeInteger(cell)) wasm.exports.sqlite3_result_int64(context, BigInt(cell));
    else wasm.exports.sqlite3_result_double(context, cell);
  };
  return { put, free: () => wasm.dealloc(address) };
}
