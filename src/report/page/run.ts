import type { Change, Report } from "../../events.ts";
import { type Graph, type GraphEdge, type Look, graphOfReport, keyOf, lookOf } from "../graph/graph.ts";

/** A change with how it stands in a page. */
export interface ShownChange extends Change {
  readonly look: Look;
  /** Names its resource among all of the run. */
  readonly key: string;
  /** Names the resource in links; the first change of a resource has it. */
  readonly anchor: string;
  readonly isFirst: boolean;
}

/** A run as a page shows it. */
export interface ShownRun {
  readonly report: Report;
  /** Of all its apps, those first that somebody must see first. */
  readonly changes: readonly ShownChange[];
  readonly graph: Graph;
  /** By the keys of resources. */
  readonly anchors: ReadonlyMap<string, string>;
  /** The keys of what each uses. */
  readonly used: ReadonlyMap<string, readonly string[]>;
  /** The keys of what uses each. */
  readonly users: ReadonlyMap<string, readonly string[]>;
}

/** Makes of a report what a page shows. */
export function showRun(report: Report): ShownRun {
  const graph = graphOfReport(report);
  const anchors = anchorsOf(graph);
  const all = [report, ...(report.others ?? [])];
  const seen = new Set<string>();
  const changes = all.flatMap((one) =>
    one.changes.map((change) => {
      const key = keyOf(one, change.id, all.length);
      const isFirst = !seen.has(key);
      seen.add(key);
      return { ...change, look: lookOf(change), key, anchor: anchors.get(key) ?? "", isFirst };
    }),
  );
  const used = groupEnds(graph.edges, ({ from, to }) => [from, to]);
  const users = groupEnds(graph.edges, ({ from, to }) => [to, from]);
  return { report, changes, graph, anchors, used, users };
}

/** Links to resources by their keys: no id can say anything in one. */
export const anchorsOf = ({ nodes }: Graph): ReadonlyMap<string, string> =>
  new Map(nodes.map(({ key }, i) => [key, `r${i}`]));

/** Of each first end the second ends. */
export function groupEnds(
  edges: Graph["edges"],
  endsOf: (edge: GraphEdge) => readonly [string, string],
): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const [one, other] of edges.map(endsOf)) {
    const group = groups.get(one);
    if (group) group.push(other);
    else groups.set(one, [other]);
  }
  return groups;
}
