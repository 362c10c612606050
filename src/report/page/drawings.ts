import type { Json } from "../../json.ts";
import { dotText } from "../graph/dot.ts";
import {
  type Drawing,
  drawAll,
  drawService,
  drawServices,
  groupByService,
  mostBoxes,
} from "../graph/drawing.ts";
import type { Graph, GraphNode } from "../graph/graph.ts";
import { layoutIn } from "../graph/layout.ts";
import { countLooks, looks } from "../graph/looks.ts";
import { spread } from "../graph/spread.ts";
import { type SvgOptions, svgMarkup } from "../graph/svg.ts";
import { type Markup, markup } from "../markup/markup.ts";
import type { Section } from "./document.ts";
import { spellLine } from "./values.ts";

/** Graphviz: a drawing in its language in, its format `json0` out. */
export type LayOut = (dot: string) => Json;

/** What uses what: every resource, or where there are too many each service, and in a fold of its own all of it. */
export function graphSection(
  graph: Graph,
  anchors: ReadonlyMap<string, string>,
  layOut: LayOut | undefined,
): Section {
  return { name: "graph", heading: "Graph", body: bodyOf(graph, anchors, layOut) };
}

function bodyOf(graph: Graph, anchors: ReadonlyMap<string, string>, layOut: LayOut | undefined): Markup {
  if (graph.nodes.length === 0) return markup`<p>There is nothing to draw.</p>`;
  if (!layOut)
    return markup`<p>It is not drawn: Graphviz is not installed where this was made (<code>npm i @viz-js/viz</code>). What uses what stands with each resource.</p>`;
  const hrefs = { hrefOf: ({ key }: { key: string }) => hrefOf(anchors.get(key)) };
  const told = markup`${legendMarkup(graph.nodes)}<p class="note">What is used stands on the left of what uses it.</p>`;
  if (graph.nodes.length <= mostBoxes)
    return markup`${told}${frameDrawing(drawAll(graph), layOut, { name: "g", ...hrefs, titleOf: ({ title }) => title })}`;
  const services = [...groupByService(graph.nodes)];
  const names = new Map(services.map(([service], i) => [service, `s${i}`]));
  const folds = services.map(([service, nodes], i) => {
    const counts = countLooks(nodes).map(([look, count]) => `${count} ${looks[look].word}`);
    const drawn = frameDrawing(drawService(graph, service), layOut, {
      name: `g${i}`,
      hrefOf: (box) => hrefOf(box.service === undefined ? anchors.get(box.key) : names.get(box.service)),
    });
    return markup`<details class="service" id="s${i}"><summary><strong>${spellLine(service)}</strong> <span class="muted">${counts.join(", ")}</span></summary><div class="body">${drawn}</div></details>
`;
  });
  const whole = frameDrawing(drawServices(graph), layOut, {
    name: "g",
    hrefOf: ({ service }) => hrefOf(service === undefined ? undefined : names.get(service)),
  });
  return markup`${told}${whole}<h3>Service by service</h3>${folds}`;
}

const hrefOf = (anchor: string | undefined): string | undefined =>
  anchor === undefined ? undefined : `#${anchor}`;

/** A drawing in a frame that scrolls, by keys too. */
function frameDrawing(drawing: Drawing, layOut: LayOut, options: SvgOptions): Markup {
  const svg = svgMarkup(drawing, layoutIn(layOut(dotText(drawing, spread(drawing)))), options);
  return markup`<label class="fit"><input type="checkbox"> fit to the width</label><div class="scroll" tabindex="0" role="region" aria-label="${drawing.title}">${svg}</div>`;
}

function legendMarkup(nodes: readonly GraphNode[]): Markup {
  const rows = countLooks(nodes).map(
    ([look, count]) =>
      markup`<li><span class="${looks[look].class}"></span>${count} ${looks[look].word}</li>`,
  );
  return markup`<ul class="legend" aria-label="Colours of the graph">${rows}</ul>`;
}
