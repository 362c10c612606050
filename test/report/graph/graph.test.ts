import { instance } from "@viz-js/viz";
import { describe, expect, test } from "vitest";
import type { Entry } from "../../../src/entry.ts";
import { UsageError } from "../../../src/errors.ts";
import type { Json } from "../../../src/json.ts";
import { graphOfEntries, graphOfReport, kindOf, serviceOf } from "../../../src/report/graph/graph.ts";
import { looks } from "../../../src/report/graph/looks.ts";
import { graphDot, graphMermaid, graphSvg } from "../../../src/report/graph/text.ts";
import { type UsingChange, graphOf, planOf, queue } from "../../support/report/graphs.ts";
import { readFlowchart } from "../../support/report/mermaid.ts";

const viz = await instance();
const layOut = (dot: string): Json => JSON.parse(viz.renderString(dot, { format: "json0" })) as Json;

const entry = (id: string, more: Partial<Entry> = {}): Entry => ({
  version: 1,
  id,
  type: "AWS::SQS::Queue",
  home: { region: "eu-west-1", partition: "aws" },
  status: "settled",
  desired: {},
  digests: {},
  live: {},
  dependencies: [],
  updatedAt: "2026-01-01T00:00:00.000Z",
  ...more,
});

const recorded = (...entries: Entry[]) =>
  graphOfEntries({ app: "shop", stage: "dev", entries: new Map(entries.map((one) => [one.id, one])) });

const looksIn = (changes: readonly UsingChange[]) =>
  Object.fromEntries(graphOf(changes).nodes.map(({ id, look }) => [id, look]));

const error = { code: "UNKNOWN", kind: "unknown", message: "no", advice: "" } as const;

describe("what is recorded", () => {
  test("is drawn by its status, with what it uses", () => {
    const intent = { move: "update", clientToken: "t", startedAt: "", request: "" } as const;
    const { nodes, edges } = recorded(
      entry("a", { dependencies: ["b"] }),
      entry("b", { status: "incomplete", identifier: "url-b" }),
      entry("c", { intent }),
    );
    expect(nodes.map(({ id, look }) => [id, look])).toEqual([
      ["a", "settled"],
      ["b", "incomplete"],
      ["c", "unfinished"],
    ]);
    expect(nodes[1]?.identifier).toBe("url-b");
    expect(edges).toEqual([{ from: "a", to: "b" }]);
  });

  test("is drawn where it cannot be read, and where it uses what is recorded nowhere", () => {
    const entries = new Map<string, Entry | Error>([
      ["a", entry("a", { dependencies: ["gone"] })],
      ["broken", new Error("no JSON")],
    ]);
    const { nodes } = graphOfEntries({ app: "shop", stage: "dev", entries });
    expect(nodes.map(({ id, look }) => [id, look])).toEqual([
      ["a", "settled"],
      ["gone", "elsewhere"],
      ["broken", "unreadable"],
    ]);
  });
});

describe("what a run tells", () => {
  test("is drawn by its move, by how it has drifted, or as failed", () => {
    expect(
      looksIn([
        queue("a", [], { move: "replace" }),
        queue("b", [], { move: "nothing", skipped: true }),
        queue("c", [], { move: "nothing", drift: "missing" }),
        queue("d", [], { move: "nothing", drift: "same", error }),
        queue("e", [], { move: "create", error }),
      ]),
    ).toEqual({ a: "replace", b: "skipped", c: "missing", d: "failed", e: "failed" });
  });

  test("is one box an id: the old one of a replacement is deleted under the same, and a failure counts", () => {
    const changes = [queue("a", ["b"], { move: "replace" }), queue("a", ["c"], { move: "delete", error })];
    const { nodes, edges } = graphOf([...changes, queue("b"), queue("c")]);
    expect(nodes.map(({ id, look }) => [id, look])).toEqual([
      ["a", "failed"],
      ["b", "create"],
      ["c", "create"],
    ]);
    expect(edges).toHaveLength(2);
  });

  test("of several apps keeps them apart", () => {
    const report = { ...planOf([queue("q", ["k"]), queue("k")]), others: [planOf([queue("q")], "web")] };
    const { nodes, edges } = graphOfReport(report);
    expect(nodes.map(({ key, service }) => [key, service])).toEqual([
      ["shop (dev)/k", "shop (dev): SQS"],
      ["shop (dev)/q", "shop (dev): SQS"],
      ["web (dev)/q", "web (dev): SQS"],
    ]);
    expect(edges).toEqual([{ from: "shop (dev)/q", to: "shop (dev)/k" }]);
  });

  test.each([
    ["AWS::SQS::Queue", "SQS", "Queue"],
    ["Acme::Things::Thing", "Acme::Things", "Thing"],
    ["AWS::Acme::Thing::MODULE", "Acme", "Thing::MODULE"],
    ["odd", "odd", "odd"],
    ["", "unknown", ""],
  ])("%s is of %s, and in it a %s", (type, service, kind) => {
    expect([serviceOf(type), kindOf(type)]).toEqual([service, kind]);
  });
});

describe("more than a reader can take in", () => {
  const types = ["AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::IAM::Role", "AWS::Lambda::Function"];
  const many = (count: number) =>
    Array.from({ length: count }, (_, i) =>
      queue(`r${i}`, i > 0 ? [`r${Math.floor(i / 3)}`, `r${i - 1}`] : [], {
        type: types[i % types.length] ?? "",
        ...(i === 7 && { error }),
      }),
    );

  test("is drawn service by service, with how many there are of each and how many uses between them", async () => {
    const graph = graphOf(many(1_000));
    const { nodes, arrows } = await readFlowchart(graphMermaid(graph, {}));
    expect(nodes.toSorted()).toEqual([
      "IAM<br/>250 create",
      "Lambda<br/>1 failed, 249 create",
      "SNS<br/>250 create",
      "SQS<br/>250 create",
    ]);
    expect(arrows).toBeGreaterThanOrEqual(4);
    const svg = graphSvg(graph, {}, layOut);
    expect(svg.match(/class="box /g)).toHaveLength(4);
    expect(svg).toContain('<g class="box failed">');
  });

  test("can be drawn whole, or one service and what it is joined to", () => {
    const graph = graphOf(many(400));
    expect(graphSvg(graph, { all: true }, layOut).match(/class="box /g)).toHaveLength(400);
    const one = graphSvg(graph, { service: "SNS" }, layOut);
    // A hundred topics, and one box for each of the services that they use (two), and for each that uses them (three).
    expect(one.match(/class="box /g)).toHaveLength(105);
    expect(one.match(/class="frame"/g)).toHaveLength(1);
    expect(() => graphDot(graph, { service: "EC2" })).toThrow(
      new UsageError('there is nothing of "EC2" here: the services are IAM, Lambda, SNS, SQS'),
    );
  });

  test("150 are each a box, one more are not", () => {
    const boxes = (count: number) => graphDot(graphOf(many(count)), {}).match(/^ +n\d+ \[/gm)?.length;
    expect([boxes(150), boxes(151)]).toEqual([150, 4]);
  });

  test("Mermaid is given no more than it draws", async () => {
    // A hundred and forty that use each other all: 9,730 arrows, where Mermaid takes 500.
    const ids = Array.from({ length: 140 }, (_, i) => `r${i}`);
    const graph = graphOf(ids.map((id, i) => queue(id, ids.slice(0, i), { type: types[i % 4] ?? "" })));
    expect((await readFlowchart(graphMermaid(graph, {}))).nodes).toHaveLength(4);
  });

  test("what nothing joins, and what all use, does not stand in one column", () => {
    const alone = graphOf(Array.from({ length: 140 }, (_, i) => queue(`r${i}`)));
    const fan = graphOf([queue("hub"), ...Array.from({ length: 140 }, (_, i) => queue(`r${i}`, ["hub"]))]);
    for (const graph of [alone, fan]) {
      const [, width = 0, height = 0] = (
        /width="([\d.]+)" height="([\d.]+)"/.exec(graphSvg(graph, {}, layOut)) ?? []
      ).map(Number);
      expect(height / width).toBeLessThan(3);
    }
  });
});

describe("a picture", () => {
  test("draws every box where Graphviz has put it, every arrow between its ends, and no control character", () => {
    const graph = graphOf([queue("a", ["b", "c"]), queue("b", ["c"]), queue("c"), queue("d\u0007<&\"'")]);
    const svg = graphSvg(graph, {}, layOut);
    expect(svg.match(/<path d="M\d+ \d+c/g)).toHaveLength(3);
    expect(svg).toContain(">+ d\\u0007&lt;&amp;&quot;&#39;</text>");
    const left = (id: string): number =>
      Number(new RegExp(`<text x="([\\d.]+)" y="[\\d.]+">\\+ ${id}</text>`).exec(svg)?.[1]);
    // What is used stands on the left of what uses it.
    expect(left("c")).toBeLessThan(left("b"));
    expect(left("b")).toBeLessThan(left("a"));
  });

  test("has a style for every look", () => {
    const svg = graphSvg(graphOf([queue("a")]), {}, layOut);
    for (const { class: name } of Object.values(looks)) expect(svg).toContain(`.${name} rect{fill:`);
    expect(svg).not.toContain("var(");
  });
});
