import { type Box, type Drawing, framesOf, namesOf } from "./drawing.ts";
import type { Look } from "./graph.ts";
import { looks } from "./looks.ts";

/** What Mermaid draws where nobody has set it otherwise: more is an error, and nothing is shown. */
const most = { characters: 50_000, arrows: 500 } as const;

/** Tells whether Mermaid draws so much, as it is set on GitHub and everywhere else that nobody has set it otherwise. */
export const isDrawnByMermaid = (text: string, { arrows }: Drawing): boolean =>
  text.length <= most.characters && arrows.length <= most.arrows;

/** The drawing as a flowchart of Mermaid, see https://mermaid.js.org/syntax/flowchart.html. What is used stands on the left. */
export function mermaidText(drawing: Drawing): string {
  const names = namesOf(drawing);
  const nodes = framesOf(drawing).flatMap(([frame, boxes], i) => {
    const lines = boxes.map((box) => nodeText(names.get(box.key) ?? "", box));
    if (frame === "") return lines;
    return [`subgraph s${i}["${escape(frame)}"]`, ...lines.map((line) => `  ${line}`), "end"];
  });
  const arrows = drawing.arrows.map(({ from, to, count }) =>
    count > 1
      ? `${names.get(from)} -- ${count} --> ${names.get(to)}`
      : `${names.get(from)} --> ${names.get(to)}`,
  );
  const used = [...new Set(drawing.boxes.map(({ look }) => look))].toSorted();
  const lines = [...nodes, ...arrows, ...used.map(classText)];
  return ["flowchart RL", ...lines.map((line) => `  ${line}`), ""].join("\n");
}

const nodeText = (name: string, { lines, look }: Box): string =>
  `${name}["${lines.map(escape).join("<br/>")}"]:::${looks[look].class}`;

function classText(look: Look): string {
  const { class: name, fill, line } = looks[look];
  return `classDef ${name} fill:${fill},stroke:${line},color:#111827`;
}

/**
 * Text within quotes: all that is neither a letter nor a digit nor harmless stands as its number, so that nothing in it
 * is read as the flowchart's own language, as Markdown or as HTML.
 */
const escape = (text: string): string =>
  text.replace(/[^\p{L}\p{N} .,:/()-]/gu, (character) => `#${character.codePointAt(0) ?? 0};`);
