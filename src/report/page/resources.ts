import type { Graph, GraphNode } from "../graph/graph.ts";
import { groupByService } from "../graph/drawing.ts";
import { looks } from "../graph/looks.ts";
import { type Markup, markup } from "../markup/markup.ts";
import { linksMarkup } from "./changes.ts";
import type { Section } from "./document.ts";
import { groupEnds } from "./run.ts";
import { spellLine } from "./values.ts";

/** Every resource of a graph by its service: how it stands, what it uses and what uses it. */
export function resourcesSection(graph: Graph, anchors: ReadonlyMap<string, string>): Section {
  const used = groupEnds(graph.edges, ({ from, to }) => [from, to]);
  const users = groupEnds(graph.edges, ({ from, to }) => [to, from]);
  const rowOf = (node: GraphNode): Markup => {
    const { key, id, type, look, identifier } = node;
    const { class: name, sign, word } = looks[look];
    const anchor = anchors.get(key);
    const named =
      identifier === undefined ? undefined : markup` <code class="muted">${spellLine(identifier)}</code>`;
    return markup`<div class="row ${name}" id="${anchor}" data-item="${anchor}"><span class="sign">${sign}</span> <span class="id">${spellLine(id)}</span> <span class="muted">${spellLine(type)}</span> <span class="word">${word}</span>${named}${linksMarkup("Uses", used.get(key) ?? [], anchors)}${linksMarkup("Used by", users.get(key) ?? [], anchors)}</div>
`;
  };
  const services = [...groupByService(graph.nodes)];
  const isOpen = graph.nodes.length <= mostOpen ? markup` open` : undefined;
  const body = services.map(
    ([service, nodes]) =>
      markup`<details class="more"${isOpen}><summary><strong>${spellLine(service)}</strong> <span class="muted">${nodes.length}</span></summary>${nodes.map(rowOf)}</details>`,
  );
  return { name: "resources", heading: "Resources", body };
}

const mostOpen = 60;
