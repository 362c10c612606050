import { UsageError } from "../../errors.ts";
import type { Json } from "../../json.ts";
import { markup } from "../markup/markup.ts";
import { dotText } from "./dot.ts";
import { type Drawing, drawAll, drawService, drawServices, groupByService, mostBoxes } from "./drawing.ts";
import type { Graph } from "./graph.ts";
import { layoutIn } from "./layout.ts";
import { isDrawnByMermaid, mermaidText } from "./mermaid.ts";
import { spread } from "./spread.ts";
import { svgMarkup } from "./svg.ts";
import { loneStyles } from "./svg-styles.ts";

/** What of a graph is drawn. */
export interface GraphView {
  /** The resources of this service, e.g. `SQS`, and what they are joined to. */
  readonly service?: string | undefined;
  /** Every resource, however many there are. */
  readonly all?: boolean | undefined;
}

/** The graph in Graphviz's language. */
export const graphDot = (graph: Graph, view: GraphView): string => dotText(drawingOf(graph, view));

/** The graph as a flowchart of Mermaid: service by service also where Mermaid refuses to draw more. */
export function graphMermaid(graph: Graph, view: GraphView): string {
  const drawing = drawingOf(graph, view);
  const text = mermaidText(drawing);
  if (isDrawnByMermaid(text, drawing) || view.all === true || view.service !== undefined) return text;
  return mermaidText(drawServices(graph));
}

/** The graph as a picture of its own; `layOut` is Graphviz. */
export function graphSvg(graph: Graph, view: GraphView, layOut: (dot: string) => Json): string {
  const drawing = drawingOf(graph, view);
  const layout = layoutIn(layOut(dotText(drawing, spread(drawing))));
  // Nothing in the styles comes from elsewhere.
  const head = { markup: `<style>${loneStyles}</style>` };
  return markup`${svgMarkup(drawing, layout, { name: "graph", head, titleOf: ({ title }) => title })}
`.markup;
}

/** What is drawn where nobody says it: each resource, or each service where those would be too many to read. */
export function drawingOf(graph: Graph, { service, all = false }: GraphView): Drawing {
  if (service === undefined)
    return all || graph.nodes.length <= mostBoxes ? drawAll(graph) : drawServices(graph);
  const services = [...groupByService(graph.nodes).keys()];
  if (services.includes(service)) return drawService(graph, service);
  throw new UsageError(
    `there is nothing of ${JSON.stringify(service)} here: the services are ${services.join(", ")}`,
  );
}
