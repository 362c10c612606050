/**
 * Tells from the instructions of a statement (https://sqlite.org/opcode.html) whether each row of its result stands for
 * one row of its only table: nothing is sorted, grouped, counted, joined or compared with other rows.
 */
export function isRowWise(program: readonly string[]): boolean {
  const isOne = ["VOpen", "VFilter"].every((opcode) => program.filter((one) => one === opcode).length === 1);
  if (!isOne || program.some((opcode) => elsewhere.test(opcode))) return false;
  // What IN lists is put together before the table is asked; whatever is kept later is kept of its rows.
  return !program.slice(program.indexOf("VFilter")).some((opcode) => keeping.test(opcode));
}

const elsewhere = /^(Sorter|Agg|DecrJumpZero|InitCoroutine|RowSet|OpenPseudo|OpenAutoindex|VUpdate)/;
const keeping = /^(IdxInsert|Insert|Found|NotFound|NoConflict|OpenEphemeral|Gosub|Yield)$/;
