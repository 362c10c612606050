import type { Entry } from "../../entry.ts";
import type { Change, Report } from "../../events.ts";

/** How a resource stands in a graph: its move, how it has drifted, or what is recorded of it. */
export type Look =
  | Change["move"]
  | NonNullable<Change["drift"]>
  | Entry["status"]
  | "failed"
  | "skipped"
  | "unfinished"
  | "unreadable"
  /** Used by another, and neither recorded nor declared. */
  | "elsewhere";

/** One resource of a graph. */
export interface GraphNode {
  /** Names it among all nodes: its id, with its app before it where there are several. */
  readonly key: string;
  readonly id: string;
  /** Empty where nobody knows it. */
  readonly type: string;
  /** What it is drawn with, e.g. `SQS`. */
  readonly service: string;
  readonly look: Look;
  readonly identifier?: string;
}

/** That one resource uses another, by their keys. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
}

/** What uses what. Nodes by service and key, edges by their ends: what is the same is written the same. */
export interface Graph {
  readonly app: string;
  readonly stage: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** What is recorded of one stage; what cannot be read stands as an error. */
export interface Recorded {
  readonly app: string;
  readonly stage: string;
  readonly entries: ReadonlyMap<string, Entry | Error>;
}

/** What uses what by what is recorded. */
export function graphOfEntries({ app, stage, entries }: Recorded): Graph {
  const drafts = [...entries].map(([id, entry]) =>
    entry instanceof Error
      ? { id, type: "", look: "unreadable" as const, uses: [] }
      : {
          id,
          type: entry.type,
          look: entry.intent ? ("unfinished" as const) : entry.status,
          uses: entry.dependencies,
          ...(entry.identifier !== undefined && { identifier: entry.identifier }),
        },
  );
  return graphOf({ app, stage }, [{ prefix: "", drafts }]);
}

/** What uses what in a run, all its apps together. */
export function graphOfReport(report: Report): Graph {
  const all = [report, ...(report.others ?? [])];
  const parts = all.map((one) => ({ prefix: keyOf(one, "", all.length), drafts: draftsOf(one.changes) }));
  return graphOf(report, parts);
}

/** What names a resource among those of a run with so many apps. */
export const keyOf = ({ app, stage }: Pick<Report, "app" | "stage">, id: string, apps: number): string =>
  apps > 1 ? `${app} (${stage})/${id}` : id;

interface Draft {
  readonly id: string;
  readonly type: string;
  readonly look: Look;
  readonly identifier?: string;
  readonly uses: readonly string[];
}

/** The old one of a replacement is deleted under the id of the new one: they are drawn as one, by what matters more. */
function draftsOf(changes: readonly Change[]): readonly Draft[] {
  const drafts = new Map<string, Draft>();
  for (const change of changes) {
    const { id, type, identifier, uses = [] } = change;
    const look = lookOf(change);
    const known = drafts.get(id);
    const isFirst = known === undefined || (look === "failed" && known.look !== "failed");
    const all = [...new Set([...(known?.uses ?? []), ...uses])];
    const shown = isFirst ? { id, type, look, ...(identifier !== undefined && { identifier }) } : known;
    drafts.set(id, { ...shown, uses: all });
  }
  return [...drafts.values()];
}

/** How a change stands in a graph. */
export function lookOf({ move, drift, error, skipped }: Change): Look {
  if (drift !== undefined && error === undefined) return drift;
  if (error) return "failed";
  return skipped === true ? "skipped" : move;
}

interface Part {
  readonly prefix: string;
  readonly drafts: readonly Draft[];
}

function graphOf({ app, stage }: Pick<Graph, "app" | "stage">, parts: readonly Part[]): Graph {
  const nodes = parts.flatMap(nodesOf);
  const edges = parts.flatMap(({ prefix, drafts }) =>
    drafts.flatMap(({ id, uses }) =>
      [...new Set(uses)].map((used) => ({ from: `${prefix}${id}`, to: `${prefix}${used}` })),
    ),
  );
  return {
    app,
    stage,
    nodes: nodes.toSorted((a, b) => compare(a.service, b.service) || compare(a.key, b.key)),
    edges: edges.toSorted((a, b) => compare(a.from, b.from) || compare(a.to, b.to)),
  };
}

function nodesOf({ prefix, drafts }: Part): readonly GraphNode[] {
  const known = new Set(drafts.map(({ id }) => id));
  const strange = new Set(drafts.flatMap(({ uses }) => uses.filter((id) => !known.has(id))));
  return [
    ...drafts.map(({ id, type, look, identifier }) => ({
      key: `${prefix}${id}`,
      id,
      type,
      service: `${prefix.replace(/\/$/, ": ")}${serviceOf(type)}`,
      look,
      ...(identifier !== undefined && { identifier }),
    })),
    ...[...strange].map((id) => ({
      key: `${prefix}${id}`,
      id,
      type: "",
      service: `${prefix.replace(/\/$/, ": ")}elsewhere`,
      look: "elsewhere" as const,
    })),
  ];
}

/** The service of a type, e.g. `SQS` of `AWS::SQS::Queue`; whose it is, where it is not AWS's own. */
export function serviceOf(type: string): string {
  const [owner = "", service] = type.split("::");
  if (service === undefined) return owner === "" ? "unknown" : owner;
  return owner === "AWS" ? service : `${owner}::${service}`;
}

/** What a type is within its service, e.g. `Queue` of `AWS::SQS::Queue`. */
export const kindOf = (type: string): string => type.split("::").slice(2).join("::") || type;

/** By code units: the same everywhere, whatever the language. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
