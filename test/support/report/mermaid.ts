import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

/** What Mermaid's own parser has understood of a flowchart. */
export interface Flowchart {
  readonly nodes: readonly string[];
  readonly arrows: number;
  readonly frames: number;
}

interface Database {
  getVertices(): ReadonlyMap<string, { readonly text?: string }>;
  getEdges(): readonly unknown[];
  getSubGraphs(): readonly unknown[];
}

let loading: Promise<typeof import("mermaid").default> | undefined;

/** Reads a flowchart with Mermaid's own parser; an error of it is thrown. */
export async function readFlowchart(text: string): Promise<Flowchart> {
  const mermaid = await (loading ??= load());
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  const read = db as unknown as Database;
  const nodes = [...read.getVertices().values()].map((vertex) => vertex.text ?? "");
  return { nodes, arrows: read.getEdges().length, frames: read.getSubGraphs().length };
}

/** Its purifier of HTML needs a browser's document, which only to draw needs: what it parses is the same without. */
async function load(): Promise<typeof import("mermaid").default> {
  const path = createRequire(import.meta.resolve("mermaid")).resolve("dompurify");
  const purifier = await import(pathToFileURL(path).href.replace(/purify\.cjs\.js$/, "purify.es.mjs"));
  Object.assign(purifier.default, { addHook: () => undefined, sanitize: (text: string) => text });
  const { default: mermaid } = await import("mermaid");
  // What languages there are is known once it has parsed something.
  await mermaid.parse("flowchart LR");
  return mermaid;
}
