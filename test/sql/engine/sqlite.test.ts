import { expect, test, vi } from "vitest";
import { isUsageError } from "../../../src/errors.ts";
import { sql } from "../../../src/sql/index.ts";

vi.mock("@sqlite.org/sqlite-wasm", () => {
  throw new Error("Cannot find package '@sqlite.org/sqlite-wasm'");
});

test("where SQLite is not installed, a statement says what to install", async () => {
  const error: unknown = await sql`SELECT 1`.catch((thrown: unknown) => thrown);
  expect(isUsageError(error)).toBe(true);
  expect(String(error)).toMatch(/npm i @sqlite\.org\/sqlite-wasm@/);
});

test("what there is to ask needs no SQLite", async () => {
  expect(await sql`SHOW SERVICES LIKE 'sq_'`).toEqual([{ name: "sqs", id: "aws.sqs" }]);
});
