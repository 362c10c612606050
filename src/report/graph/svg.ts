import { type Markup, markup } from "../markup/markup.ts";
import { type Box, type Drawing, framesOf, namesOf } from "./drawing.ts";
import type { ArrowPath, Layout, Point, Rectangle } from "./layout.ts";
import { looks } from "./looks.ts";

/** How a drawing is drawn. */
export interface SvgOptions {
  /** Where a box leads to. */
  readonly hrefOf?: (box: Box) => string | undefined;
  /** What stands at its beginning, such as its styles. */
  readonly head?: Markup;
  /** Distinguishes it from the other drawings of its page. */
  readonly name: string;
}

/** A drawing as SVG, of which every colour is left to styles: by `.box`, `.frame`, `.arrow` and the class of each look. */
export function svgMarkup(drawing: Drawing, layout: Layout, options: SvgOptions): Markup {
  const names = namesOf(drawing);
  const [width, height] = [round(layout.width + 2 * margin), round(layout.height + 2 * margin)];
  const tip = `${options.name}-tip`;
  const frames = framesOf(drawing).flatMap(([frame], i) => frameMarkup(frame, layout.frames.get(i)));
  const arrows = drawing.arrows.flatMap(({ from, to, count }) => {
    const path = layout.arrows(names.get(from) ?? "", names.get(to) ?? "");
    return path === undefined ? [] : [arrowMarkup(path, count, tip)];
  });
  const boxes = drawing.boxes.flatMap((box) => {
    const place = layout.boxes.get(names.get(box.key) ?? "");
    return place === undefined ? [] : [boxMarkup(box, place, options)];
  });
  return markup`<svg xmlns="http://www.w3.org/2000/svg" class="graph" role="group" aria-label="${drawing.title}" width="${width}" height="${height}" viewBox="${-margin} ${-margin} ${width} ${height}">${options.head}<defs><marker id="${tip}" class="tip" viewBox="0 0 8 8" refX="0" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z"/></marker></defs>${frames}
${arrows}
${boxes}</svg>`;
}

const margin = 8;

function frameMarkup(frame: string, place: Rectangle | undefined): readonly Markup[] {
  if (place === undefined) return [];
  const { x, y, width, height } = place;
  return [
    markup`<g class="frame"><rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="8"/><text x="${round(x + width / 2)}" y="${round(y + 17)}">${frame}</text></g>`,
  ];
}

function arrowMarkup({ curve, head, label }: ArrowPath, count: number, tip: string): Markup {
  const [start, ...rest] = curve;
  if (start === undefined) return markup``;
  const end = rest.at(-1) ?? start;
  // The curve ends where the head begins, which is as long as the way that is left.
  const line = `M${pointText(start)}C${rest.map(pointText).join(" ")}`;
  const isLong = head !== undefined && Math.hypot(head.x - end.x, head.y - end.y) > 0;
  const counted =
    label && count > 1
      ? markup`<text x="${round(label.x)}" y="${round(label.y + 4)}">${count}</text>`
      : undefined;
  return markup`<g class="arrow"><path d="${line}"${isLong ? markup` marker-end="url(#${tip})"` : undefined}/>${counted}</g>
`;
}

function boxMarkup(box: Box, place: Rectangle, { hrefOf }: SvgOptions): Markup {
  const { x, y, width, height } = place;
  const [first = "", second] = box.lines;
  const middle = round(x + width / 2);
  const href = hrefOf?.(box);
  const below =
    second === undefined
      ? undefined
      : markup`<text class="kind" x="${middle}" y="${round(y + 31)}">${second}</text>`;
  const inner = markup`<title>${box.title}</title><rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="6"/><text x="${middle}" y="${round(y + (second === undefined ? 23 : 16))}">${first}</text>${below}`;
  const look = looks[box.look].class;
  return href === undefined
    ? markup`<g class="box ${look}">${inner}</g>
`
    : markup`<a class="box ${look}" href="${href}">${inner}</a>
`;
}

const round = (number: number): number => Math.round(number * 10) / 10;
const pointText = ({ x, y }: Point): string => `${round(x)},${round(y)}`;
