import type { Change } from "../events.ts";
import { onOneLine } from "./spell-unruly.ts";

/** A resource by its id, its type and, where it is known, its identifier. */
export const fullNameOf = ({ id, type, identifier }: Pick<Change, "id" | "type" | "identifier">): string =>
  [id, type, ...(identifier === undefined ? [] : [identifier])].map(onOneLine).join("  ");

/** A line with what belongs to it below. */
export const blockText = (head: string, below: readonly string[]): string =>
  [head, ...below.map((text) => text.replace(/^/gm, "    "))].join("\n");
