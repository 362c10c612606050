/**
 * Turns the specification's markdown into a doc comment at the given indent; nothing when there is nothing to
 * say. Links keep their words alone: nine of ten lead back to the page that the text was taken from.
 */
export function commentOf(paragraphs: readonly (string | undefined)[], indent: string): string {
  const text = paragraphs
    .map((paragraph) => plain(paragraph ?? ""))
    .filter((paragraph) => paragraph !== "")
    .join("\n\n");
  if (text === "") return "";
  const lines = text.split("\n");
  if (lines.length === 1) return `${indent}/** ${text} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join("\n")}\n${indent} */\n`;
}

function plain(markdown: string): string {
  return markdown
    .replace(/\[([^\]]*)\]\([^)\s]*\)/g, "$1")
    .replace(/(?<=[\w)`*]) (?=[.,;:](\s|$))/g, "")
    .replace(/(?<=\S) {2,}(?=\S)/g, " ")
    .replace(/[ \t]+$/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .replaceAll("*/", "*\\/")
    .trim();
}
