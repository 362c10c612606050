import { ResourceError } from "../../errors.ts";

/** Where in a statement, as `line 2, column 7`, for UTF-16 units before the place. */
export function placeIn(statement: string, at: number): string {
  const before = statement.slice(0, at).split("\n");
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

/** The failure of a statement that cannot be right, with where in it that shows. */
export function refuseStatement(statement: string, at: number, what: string, advice: string): ResourceError {
  return new ResourceError("VALIDATION", `${what}, at ${placeIn(statement, at)}`, { advice });
}
