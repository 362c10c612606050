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
  /** What is told of a box to who points at it, if anything. */
  readonly titleOf?: (box: Box) => string;
}

/** A drawing as SVG, of which every colour is left to styles: by `.box`, `.frame`, `.arrow` and the class of each look. */
export function svgMarkup(drawing: Drawing, layout: Layout, options: SvgOptions): Markup {
  const names = namesOf(drawing);
  const [width, height] = [round(layout.width + 2 * margin), round(layout.height + 2 * margin)];
  const tip = `${options.name}-tip`;
  const frames = framesOf(drawing).flatMap(([frame], i) => frameMarkup(frame, layout.frames.get(i)));
  const paths = drawing.arrows.flatMap(({ from, to, count }) => {
    const path = layout.arrows(names.get(from) ?? "", names.get(to) ?? "");
    return path === undefined ? [] : [{ ...path, count }];
  });
  const boxes = drawing.boxes.flatMap((box) => {
    const place = layout.boxes.get(names.get(box.key) ?? "");
    return place === undefined ? [] : [boxMarkup(box, place, options)];
  });
  return markup`<svg xmlns="http://www.w3.org/2000/svg" class="graph" role="group" aria-label="${drawing.title}" width="${width}" height="${height}" viewBox="${-margin} ${-margin} ${width} ${height}">${options.head}<defs><marker id="${tip}" class="tip" viewBox="0 0 8 8" refX="0" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z"/></marker></defs>${frames}
<g class="arrow" marker-end="url(#${tip})">${paths.map(arrowMarkup)}</g>
${paths.map(countMarkup)}${boxes}</svg>`;
}

const margin = 8;

function frameMarkup(frame: string, place: Rectangle | undefined): readonly Markup[] {
  if (place === undefined) return [];
  const { x, y, width, height } = place;
  return [
    markup`<g class="frame"><rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="8"/><text x="${round(x + width / 2)}" y="${round(y + 17)}">${frame}</text></g>`,
  ];
}

/** The curve ends where its head begins. Each point is told from where the curve before has ended: there are many. */
function arrowMarkup({ curve }: ArrowPath): Markup {
  const points = curve.map(({ x, y }) => ({ x: round(x), y: round(y) }));
  const [start, ...rest] = points;
  if (start === undefined) return markup``;
  let base = start;
  const steps: string[] = [];
  for (const [i, point] of rest.entries()) {
    steps.push(pairText({ x: point.x - base.x, y: point.y - base.y }));
    if (i % 3 === 2) base = point;
  }
  return markup`<path d="M${pairText(start)}c${steps.join(" ")}"/>
`;
}

/** How many uses an arrow stands for, at the middle of its curve. */
function countMarkup({ curve, count }: ArrowPath & { readonly count: number }): Markup | undefined {
  const place = middleOf(curve);
  if (place === undefined || count < 2) return undefined;
  return markup`<text class="count" x="${round(place.x)}" y="${round(place.y + 4)}">${count}</text>
`;
}

/** Where two curves meet in the middle, or half-way along the one in the middle. */
function middleOf(curve: readonly Point[]): Point | undefined {
  const curves = (curve.length - 1) / 3;
  if (curves % 2 === 0) return curve[(3 * curves) / 2];
  const [a, b, c, d] = curve.slice((3 * (curves - 1)) / 2);
  if (!a || !b || !c || !d) return a;
  return { x: (a.x + 3 * b.x + 3 * c.x + d.x) / 8, y: (a.y + 3 * b.y + 3 * c.y + d.y) / 8 };
}

function boxMarkup(box: Box, place: Rectangle, { hrefOf, titleOf }: SvgOptions): Markup {
  const { x, y, width, height } = place;
  const [first = "", second] = box.lines;
  const middle = round(x + width / 2);
  const href = hrefOf?.(box);
  const title = titleOf && markup`<title>${titleOf(box)}</title>`;
  const below =
    second === undefined
      ? undefined
      : markup`<text class="kind" x="${middle}" y="${round(y + 31)}">${second}</text>`;
  const inner = markup`${title}<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="6"/><text x="${middle}" y="${round(y + (second === undefined ? 23 : 16))}">${first}</text>${below}`;
  const look = looks[box.look].class;
  return href === undefined
    ? markup`<g class="box ${look}">${inner}</g>
`
    : markup`<a class="box ${look}" href="${href}">${inner}</a>
`;
}

/** Half a point cannot be seen, and makes a large drawing half as long again. */
const round = Math.round;
const pairText = ({ x, y }: Point): string => `${x} ${y}`;
