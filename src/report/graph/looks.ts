import type { Look } from "./graph.ts";

/** How a look is shown: its sign, its word and its colours on white. Its name in CSS and in Mermaid is `class`. */
export interface Showing {
  readonly class: string;
  readonly sign: string;
  readonly word: string;
  readonly fill: string;
  readonly line: string;
}

const grey = { fill: "#f3f4f6", line: "#6b7280" };
const green = { fill: "#dcfce7", line: "#15803d" };
const blue = { fill: "#dbeafe", line: "#1d4ed8" };
const yellow = { fill: "#fef3c7", line: "#a16207" };
const purple = { fill: "#f3e8ff", line: "#7e22ce" };
const red = { fill: "#fee2e2", line: "#b91c1c" };

/** Every look, those first that somebody must see first. */
export const looks: Readonly<Record<Look, Showing>> = {
  failed: { class: "failed", sign: "!", word: "failed", fill: "#fecaca", line: "#991b1b" },
  unreadable: { class: "unreadable", sign: "!", word: "unreadable", ...red },
  missing: { class: "missing", sign: "-", word: "missing", ...red },
  drifted: { class: "drifted", sign: "~", word: "drifted", ...yellow },
  "not comparable": { class: "uncompared", sign: "?", word: "not comparable", ...blue },
  replace: { class: "replace", sign: "±", word: "replace", ...purple },
  delete: { class: "delete", sign: "-", word: "delete", ...red },
  update: { class: "update", sign: "~", word: "update", ...yellow },
  adopt: { class: "adopt", sign: ">", word: "adopt", ...blue },
  create: { class: "create", sign: "+", word: "create", ...green },
  forget: { class: "forget", sign: "-", word: "forget", ...grey },
  unfinished: { class: "unfinished", sign: "…", word: "unfinished", ...yellow },
  pending: { class: "pending", sign: "…", word: "pending", ...yellow },
  incomplete: { class: "incomplete", sign: "!", word: "incomplete", ...red },
  settled: { class: "settled", sign: "=", word: "settled", ...green },
  same: { class: "same", sign: "=", word: "the same", ...grey },
  nothing: { class: "nothing", sign: "=", word: "unchanged", ...grey },
  skipped: { class: "skipped", sign: "=", word: "not targeted", ...grey },
  elsewhere: { class: "elsewhere", sign: "?", word: "not recorded", ...grey },
};

const order = Object.keys(looks) as readonly Look[];

/** The looks of these nodes, each once, with how many have it; those first that somebody must see first. */
export function countLooks(nodes: readonly { readonly look: Look }[]): readonly (readonly [Look, number])[] {
  const counts = new Map<Look, number>();
  for (const { look } of nodes) counts.set(look, (counts.get(look) ?? 0) + 1);
  return order.flatMap((look) => {
    const count = counts.get(look);
    return count === undefined ? [] : [[look, count] as const];
  });
}
