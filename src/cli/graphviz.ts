import { UsageError } from "../errors.ts";
import type { Json } from "../json.ts";

/** Lays a drawing out: its text in Graphviz's language in, its format `json0` out. */
export type LayOut = (dot: string) => Json;

/** The version that this one is tested with. */
const tested = "@viz-js/viz@3.31.0";

/** Loads Graphviz, which is WebAssembly and takes some 40 ms; where it is not installed, a UsageError says what to install. */
export async function loadGraphviz(): Promise<LayOut> {
  const viz = await importGraphviz();
  if (!viz) throw new UsageError(`drawing needs Graphviz, which is not installed here: npm i ${tested}`);
  return viz;
}

/** The same where drawings are one part of many: undefined where it is not installed. */
export async function importGraphviz(): Promise<LayOut | undefined> {
  const module = await import("@viz-js/viz").catch(() => undefined);
  if (!module) return undefined;
  const viz = await module.instance();
  return (dot) => JSON.parse(viz.renderString(dot, { format: "json0" })) as Json;
}
