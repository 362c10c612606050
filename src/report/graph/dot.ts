import { type Box, type Drawing, framesOf, namesOf, oneLine } from "./drawing.ts";
import { looks } from "./looks.ts";
import { type Hints, noHints } from "./spread.ts";

/** A box of a layout: how much room its text takes, in points. */
export const boxHeight = 38;

/** The drawing in Graphviz's language, see https://graphviz.org/doc/info/lang.html. What is used stands on the left. */
export function dotText(drawing: Drawing, { lengths, pairs, ...hints }: Hints = noHints): string {
  const names = namesOf(drawing);
  const nodes = framesOf(drawing).flatMap(([frame, boxes], i) => {
    const lines = boxes.map((box) => nodeText(names.get(box.key) ?? "", box));
    if (frame === "") return lines;
    const label = `graph [label=${quote(frame)}];`;
    return [`subgraph cluster_${i} {`, ...[label, ...lines].map((line) => `  ${line}`), "}"];
  });
  const edges = drawing.arrows.map(({ from, to, count }, i) => {
    const length = lengths.get(i);
    const told = [
      ...(count > 1 && hints.hasCounts ? [`label="${count}"`] : []),
      ...(length === undefined ? [] : [`minlen=${length}`]),
    ];
    return `${names.get(from)} -> ${names.get(to)}${told.length > 0 ? ` [${told.join(", ")}]` : ""};`;
  });
  const unseen = pairs.map(([from, to]) => `${names.get(from)} -> ${names.get(to)} [style=invis];`);
  const frame = 'style="rounded,dashed", color="#9ca3af", fontcolor="#4b5563"';
  const head = [
    `graph [rankdir=RL, ${effortText(hints)}nodesep=0.15, ranksep=0.6, fontname="Helvetica", fontsize=12, ${frame}];`,
    'node [shape=box, style="rounded,filled", fixedsize=true, fontname="Helvetica", fontsize=11];',
    'edge [color="#6b7280", arrowsize=0.7, fontname="Helvetica", fontsize=10];',
  ];
  const body = [...head, ...nodes, ...edges, ...unseen].map((line) => `  ${line}`);
  return [`digraph ${quote(drawing.title)} {`, ...body, "}", ""].join("\n");
}

const effortText = ({ ranksWhole, effort }: Pick<Hints, "ranksWhole" | "effort">): string =>
  `${ranksWhole ? "newrank=true, " : ""}${effort < 1 ? `mclimit=${effort}, nslimit=1, nslimit1=1, ` : ""}`;

function nodeText(name: string, box: Box): string {
  const { fill, line, class: look } = looks[box.look];
  const size = `width=${(widthOf(box) / 72).toFixed(2)}, height=${(boxHeight / 72).toFixed(2)}`;
  const colours = `fillcolor="${fill}", color="${line}"`;
  const texts = `label=${quote(...box.lines)}, tooltip=${quote(...box.title.split("\n"))}`;
  return `${name} [${texts}, class="${look}", ${colours}, ${size}];`;
}

/** The width of a box in points, enough for its text in the usual fonts at 11 points. */
export function widthOf({ lines }: Pick<Box, "lines">): number {
  const [first = "", second = ""] = lines;
  return Math.round(Math.max(90, textWidth(first, 6.6), textWidth(second, 6)) + 18);
}

/** Wide characters take two places. */
const textWidth = (text: string, place: number): number =>
  Array.from(text).reduce((sum, character) => sum + (isWide(character) ? 2 : 1) * place, 0);

const isWide = (character: string): boolean =>
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Extended_Pictographic}\uff00-\uff60]/u.test(
    character,
  );

/** Lines as one string: a backslash begins an escape there, and an ampersand an entity of HTML. */
function quote(...lines: readonly string[]): string {
  const escaped = lines.map((line) =>
    oneLine(line)
      .replaceAll("&", "&amp;")
      .replaceAll("\\", "\\\\")
      .replaceAll('"', String.raw`\"`),
  );
  return `"${escaped.join(String.raw`\n`)}"`;
}
