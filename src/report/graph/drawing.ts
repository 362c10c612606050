import { spellOut } from "../../unruly.ts";
import { type Graph, type GraphNode, type Look, kindOf } from "./graph.ts";
import { countLooks, looks } from "./looks.ts";

/** A box of a drawing. */
export interface Box {
  /** Names it among the boxes of its drawing. */
  readonly key: string;
  /** What is written in it: at most two lines, each on one line and not too long. */
  readonly lines: readonly string[];
  /** All there is to say of it, on lines. */
  readonly title: string;
  readonly look: Look;
  /** The frame that it stands in; none where it is empty. */
  readonly frame: string;
  /** Of a box for a whole service: which. */
  readonly service?: string;
}

/** What is drawn: boxes in frames, and arrows to what they use. */
export interface Drawing {
  /** What it shows, as a sentence without its full stop. */
  readonly title: string;
  readonly boxes: readonly Box[];
  /** By the keys of boxes; `count` where it stands for more than one. */
  readonly arrows: readonly { readonly from: string; readonly to: string; readonly count: number }[];
}

/** More resources than this are drawn service by service. */
export const mostBoxes = 150;

/** Draws every resource, in a frame for each service. */
export function drawAll(graph: Graph): Drawing {
  return {
    title: `${countText(graph.nodes.length)} of ${nameOf(graph)} and what they use`,
    boxes: graph.nodes.map(boxOf),
    arrows: graph.edges.map((edge) => ({ ...edge, count: 1 })),
  };
}

/** Draws a box for each service. */
export function drawServices(graph: Graph): Drawing {
  const services = groupByService(graph.nodes);
  const serviceByKey = new Map(graph.nodes.map(({ key, service }) => [key, service]));
  const between = graph.edges.map(({ from, to }) => ({
    from: serviceByKey.get(from) ?? "",
    to: serviceByKey.get(to) ?? "",
  }));
  return {
    title: `${countText(graph.nodes.length)} of ${nameOf(graph)} by service`,
    boxes: [...services].map(([service, nodes]) => serviceBox(service, nodes)),
    arrows: sumArrows(between.filter(({ from, to }) => from !== to)),
  };
}

/** Draws the resources of one service, and each other service that they are joined to as one box. */
export function drawService(graph: Graph, service: string): Drawing {
  const own = new Map(graph.nodes.filter((node) => node.service === service).map((node) => [node.key, node]));
  const others = new Map(graph.nodes.map((node) => [node.key, node.service]));
  // What uses it and what it uses stand on two sides, be it the same service: arrows would go around all between.
  const end = (key: string, side: Side): string =>
    own.has(key) ? key : `${stub}${side}${others.get(key) ?? ""}`;
  const arrows = graph.edges
    .filter(({ from, to }) => own.has(from) || own.has(to))
    .map(({ from, to }) => ({ from: end(from, ">"), to: end(to, "<") }));
  const joined = new Set(arrows.flatMap(({ from, to }) => [from, to]).filter((key) => key.startsWith(stub)));
  const services = groupByService(graph.nodes);
  return {
    title: `${countText(own.size)} of ${oneLine(service)} and what they are joined to`,
    boxes: [
      ...[...own.values()].map(boxOf),
      ...[...joined].toSorted().map((key) => {
        const other = key.slice(stub.length + 1);
        return { ...serviceBox(other, services.get(other) ?? []), key };
      }),
    ],
    arrows: sumArrows(arrows),
  };
}

/** Before the name of another service: no key of a resource begins so. */
const stub = "\0";

/** On which side of a service another one stands: `<` where it is used, `>` where it uses. */
type Side = "<" | ">";

/** The services of a graph in order, each with its resources. */
export function groupByService(nodes: readonly GraphNode[]): ReadonlyMap<string, readonly GraphNode[]> {
  const services = new Map<string, GraphNode[]>();
  for (const node of nodes) {
    const group = services.get(node.service);
    if (group) group.push(node);
    else services.set(node.service, [node]);
  }
  return services;
}

/** What the boxes are called in every language of graphs: no id can say anything in it. */
export const namesOf = ({ boxes }: Drawing): ReadonlyMap<string, string> =>
  new Map(boxes.map(({ key }, i) => [key, `n${i}`]));

/** The frames of a drawing in order, with their boxes; what has none comes under the empty name. */
export function framesOf({ boxes }: Drawing): readonly (readonly [string, readonly Box[]])[] {
  const frames = new Map<string, Box[]>();
  for (const box of boxes) {
    const frame = frames.get(box.frame);
    if (frame) frame.push(box);
    else frames.set(box.frame, [box]);
  }
  return [...frames];
}

function boxOf({ key, id, type, look, identifier, service }: GraphNode): Box {
  const kind = kindOf(type);
  const { sign, word } = looks[look];
  return {
    key,
    lines: [`${sign} ${shorten(id)}`, ...(kind === "" ? [] : [shorten(kind)])],
    title: [id, type, identifier ?? "", word]
      .filter((text) => text !== "")
      .map(oneLine)
      .join("\n"),
    look,
    frame: oneLine(service),
  };
}

function serviceBox(service: string, nodes: readonly GraphNode[]): Box {
  const counts = countLooks(nodes);
  const [worst] = counts[0] ?? ["elsewhere" as const];
  const told = counts.map(([look, count]) => `${count} ${looks[look].word}`);
  return {
    key: service,
    lines: [shorten(service), shorten(told.join(", "))],
    title: [oneLine(service), countText(nodes.length), ...told].join("\n"),
    look: worst,
    frame: "",
    service,
  };
}

function sumArrows(arrows: readonly { readonly from: string; readonly to: string }[]): Drawing["arrows"] {
  const sums = new Map<string, { from: string; to: string; count: number }>();
  for (const arrow of arrows) {
    const ends = JSON.stringify([arrow.from, arrow.to]);
    const sum = sums.get(ends);
    if (sum) sum.count += 1;
    else sums.set(ends, { ...arrow, count: 1 });
  }
  return [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}

const nameOf = ({ app, stage }: Graph): string => oneLine(`${app} (${stage})`);

const countText = (count: number): string => (count === 1 ? "1 resource" : `${count} resources`);

/** Text as it stands in any drawing: with what cannot be seen, or steers what is seen, spelled out. */
export const oneLine = (text: string): string => spellOut(text).replace(/\p{Cs}/gu, "\ufffd");

const longest = 36;

function shorten(text: string): string {
  const characters = Array.from(oneLine(text));
  return characters.length <= longest ? characters.join("") : `${characters.slice(0, longest - 1).join("")}…`;
}
