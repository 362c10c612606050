import { jsonText } from "../../unruly.ts";
import type { Graph } from "./graph.ts";

/** A graph as JSON: `{ version, app, stage, nodes: [{ key, id, type, service, look, identifier? }], edges: [{ from, to }] }`. */
export const graphJson = ({ app, stage, nodes, edges }: Graph): string =>
  `${jsonText({ version: 1, app, stage, nodes, edges }, 2)}\n`;
