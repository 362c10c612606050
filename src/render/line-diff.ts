import type { Json } from "../json.ts";
import { diffLines } from "../report/line-diff.ts";
import type { Style } from "./style.ts";

/** How much of a difference is shown, and in which colours. */
export interface Frame {
  readonly style: Style;
  readonly lines: number;
}

/** The difference of two long values, line by line, in colours; undefined where they are read best as they are. */
export const lineDiff = (was: Json, will: Json, { style, lines }: Frame): readonly string[] | undefined =>
  diffLines(was, will, lines)?.map((line) => {
    if (line.startsWith("-")) return style("red", line);
    return line.startsWith("+") ? style("green", line) : style("dim", line);
  });
