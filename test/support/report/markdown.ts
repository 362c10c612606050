import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

/** The tree that a parser of GitHub's Markdown makes of a text. */
export const treeOf = (text: string): Nodes =>
  fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });

/** Every node of a tree, outermost first. */
export const nodesIn = (node: Nodes): readonly Nodes[] => [
  node,
  ...("children" in node ? node.children.flatMap((child) => nodesIn(child)) : []),
];

/** What a node reads as, entities decoded and tags left out. */
export const textOf = (node: Nodes): string => {
  if (node.type === "html") return "";
  if ("value" in node) return node.value;
  return "children" in node ? node.children.map((child) => textOf(child)).join("") : "";
};

/** The cells of every row of every table, its head left out. */
export const rowsIn = (text: string): readonly (readonly string[])[] =>
  nodesIn(treeOf(text)).flatMap((node) =>
    node.type === "table"
      ? node.children.slice(1).map((row) => row.children.map((cell) => textOf(cell)))
      : [],
  );
