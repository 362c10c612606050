import type { Report, RunRecord } from "../../events.ts";
import type { Graph } from "../graph/graph.ts";
import { countLooks, looks } from "../graph/looks.ts";
import { markup } from "../markup/markup.ts";
import { changesSection } from "./changes.ts";
import { type Hash, documentText } from "./document.ts";
import { type LayOut, graphSection } from "./drawings.ts";
import { failuresSection } from "./failures.ts";
import { historySection } from "./history.ts";
import { resourcesSection } from "./resources.ts";
import { anchorsOf, showRun } from "./run.ts";
import { summaryMarkup, titleOf } from "./summary.ts";
import { timesSection } from "./times.ts";
import { spellLine } from "./values.ts";

/** What a page is made with. */
export interface PageTools {
  readonly hash: Hash;
  /** Without it nothing is drawn, and the page says so. */
  readonly layOut?: LayOut | undefined;
  /** The runs that wrote, the latest last. */
  readonly runs?: readonly RunRecord[] | undefined;
}

/** A run, plan or drift as one page that needs nothing else: no network, no other file, and no script to be read. */
export function reportPage(report: Report, { hash, layOut, runs = [] }: PageTools): string {
  const run = showRun(report);
  const sections = [
    failuresSection(run),
    changesSection(run),
    graphSection(run.graph, run.anchors, layOut),
    timesSection(run),
    historySection(runs),
  ];
  return documentText(
    { title: titleOf(report), lead: summaryMarkup(run), sections: sections.flatMap((one) => one ?? []) },
    hash,
  );
}

/** What uses what, as such a page. */
export function graphPage(graph: Graph, { hash, layOut, runs = [] }: PageTools): string {
  const anchors = anchorsOf(graph);
  const counts = countLooks(graph.nodes).map(
    ([look, count]) => markup`<li class="${looks[look].class}"><b>${count}</b> ${looks[look].word}</li>`,
  );
  return documentText(
    {
      title: spellLine(`Resources of ${graph.app} (${graph.stage})`),
      lead: markup`<ul class="counts" aria-label="Counts">${counts}</ul>`,
      sections: [
        graphSection(graph, anchors, layOut),
        resourcesSection(graph, anchors),
        ...[historySection(runs)].flatMap((section) => section ?? []),
      ],
    },
    hash,
  );
}
