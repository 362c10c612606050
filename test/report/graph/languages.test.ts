import { instance } from "@viz-js/viz";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { graphDot, graphMermaid } from "../../../src/report/graph/text.ts";
import type { Graph } from "../../../src/report/graph/graph.ts";
import { oneLine } from "../../../src/report/graph/drawing.ts";
import { graphJson } from "../../../src/report/graph/json.ts";
import { graphOf, queue } from "../../support/report/graphs.ts";
import { hostileNames } from "../../support/report/hostile-names.ts";
import { readFlowchart } from "../../support/report/mermaid.ts";

const viz = await instance();

interface DotObject {
  readonly name: string;
  readonly _ldraw_?: readonly { readonly op: string; readonly text?: string }[];
}

/** What Graphviz's own parser has understood: the lines that it would write into each node. */
function readDot(text: string): { nodes: string[][]; arrows: number } {
  const { objects = [], edges = [] } = JSON.parse(viz.renderString(text, { format: "json" })) as {
    objects?: DotObject[];
    edges?: unknown[];
  };
  const nodes = objects.filter(({ name }) => /^n\d+$/.test(name));
  // Its JSON escapes backslashes twice, other than its SVG.
  const linesOf = ({ _ldraw_: drawn = [] }: DotObject) =>
    drawn.flatMap(({ text }) => text?.replaceAll("\\\\", "\\") ?? []);
  return { nodes: nodes.map(linesOf), arrows: edges.length };
}

describe("whatever names are", () => {
  const chain = hostileNames.map((id, i) => queue(id, i > 0 ? [hostileNames[i - 1] ?? ""] : []));

  test("Mermaid's own parser reads the flowchart: each resource, each use and one service", async () => {
    const read = await readFlowchart(graphMermaid(graphOf(chain, hostileNames[0]), {}));
    expect(read).toMatchObject({ arrows: hostileNames.length - 1, frames: 1 });
    expect(read.nodes).toHaveLength(hostileNames.length);
    // Nothing of a name is HTML, Markdown or the language itself: only the line break between name and kind is.
    for (const text of read.nodes) expect(text.split("<br/>").join("")).not.toMatch(/[<>"`'|{}\\[\]*_&]/);
  });

  test("Graphviz's own parser reads the digraph, and its labels say what the names are", () => {
    const { nodes, arrows } = readDot(graphDot(graphOf(chain, hostileNames[0]), {}));
    expect(arrows).toBe(hostileNames.length - 1);
    const drawn = nodes.map(([first]) => first);
    for (const name of hostileNames.filter((name) => oneLine(name).length <= 34))
      expect(drawn).toContain(`+ ${oneLine(name)}`);
  });

  test("JSON gives them back as they are", () => {
    const { nodes, edges } = JSON.parse(graphJson(graphOf(chain))) as Graph;
    expect(nodes.map(({ id }) => id)).toEqual(hostileNames.toSorted((a, b) => (a < b ? -1 : 1)));
    expect(edges).toHaveLength(hostileNames.length - 1);
  });

  test("what cannot be seen, or turns what is seen around, stands in no drawing", () => {
    for (const text of [graphDot(graphOf(chain), {}), graphMermaid(graphOf(chain), {})])
      expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  });

  const names = fc.array(fc.string({ unit: "binary", maxLength: 24 }), { minLength: 1, maxLength: 12 });

  test("any texts make a flowchart and a digraph of as many nodes", async () => {
    await fc.assert(
      fc.asyncProperty(names, async (drawn) => {
        const ids = [...new Set(drawn)];
        const graph = graphOf(
          ids.map((id) => queue(id, [], { type: `${id}::${id}::${id}` })),
          ids[0],
        );
        expect((await readFlowchart(graphMermaid(graph, {}))).nodes).toHaveLength(ids.length);
        expect(readDot(graphDot(graph, {})).nodes).toHaveLength(ids.length);
      }),
      { numRuns: 15 },
    );
  });
});

describe("the same input gives the same bytes", () => {
  const some = [
    queue("orders", ["key"]),
    queue("key", [], { type: "AWS::KMS::Key", move: "update" }),
    queue("dead", ["key", "orders"], { move: "replace" }),
    queue("topic", ["dead"], { type: "AWS::SNS::Topic" }),
  ];

  test("in whatever order a run has come to them", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(some, { minLength: 4 }), (changes) => {
        for (const write of [graphDot, graphMermaid, graphJson] as const)
          expect(write(graphOf(changes), {})).toBe(write(graphOf(some), {}));
      }),
    );
  });

  test("as they are", () => {
    expect(graphMermaid(graphOf(some), {})).toMatchInlineSnapshot(`
      "flowchart RL
        subgraph s0["KMS"]
          n0["#126; key<br/>Key"]:::update
        end
        subgraph s1["SNS"]
          n1["#43; topic<br/>Topic"]:::create
        end
        subgraph s2["SQS"]
          n2["#177; dead<br/>Queue"]:::replace
          n3["#43; orders<br/>Queue"]:::create
        end
        n2 --> n0
        n2 --> n3
        n3 --> n0
        n1 --> n2
        classDef create fill:#dcfce7,stroke:#15803d,color:#111827
        classDef replace fill:#f3e8ff,stroke:#7e22ce,color:#111827
        classDef update fill:#fef3c7,stroke:#a16207,color:#111827
      "
    `);
    expect(graphDot(graphOf(some), {})).toMatchInlineSnapshot(`
      "digraph "4 resources of shop (dev) and what they use" {
        graph [rankdir=RL, nodesep=0.15, ranksep=0.6, fontname="Helvetica", fontsize=12, style="rounded,dashed", color="#9ca3af", fontcolor="#4b5563"];
        node [shape=box, style="rounded,filled", fixedsize=true, fontname="Helvetica", fontsize=11];
        edge [color="#6b7280", arrowsize=0.7, fontname="Helvetica", fontsize=10];
        subgraph cluster_0 {
          graph [label="KMS"];
          n0 [label="~ key\\nKey", tooltip="key\\nAWS::KMS::Key\\nupdate", class="update", fillcolor="#fef3c7", color="#a16207", width=1.50, height=0.53];
        }
        subgraph cluster_1 {
          graph [label="SNS"];
          n1 [label="+ topic\\nTopic", tooltip="topic\\nAWS::SNS::Topic\\ncreate", class="create", fillcolor="#dcfce7", color="#15803d", width=1.50, height=0.53];
        }
        subgraph cluster_2 {
          graph [label="SQS"];
          n2 [label="± dead\\nQueue", tooltip="dead\\nAWS::SQS::Queue\\nreplace", class="replace", fillcolor="#f3e8ff", color="#7e22ce", width=1.50, height=0.53];
          n3 [label="+ orders\\nQueue", tooltip="orders\\nAWS::SQS::Queue\\ncreate", class="create", fillcolor="#dcfce7", color="#15803d", width=1.50, height=0.53];
        }
        n2 -> n0;
        n2 -> n3;
        n3 -> n0;
        n1 -> n2;
      }
      "
    `);
  });
});
