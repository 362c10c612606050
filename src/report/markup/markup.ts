/** Markup that is safe to stand in a page or a drawing: all that came from elsewhere is escaped in it. */
export interface Markup {
  readonly markup: string;
}

/** What may stand in a template: text, which is escaped; markup, as it is; lists of these; nothing. */
export type Part = string | number | Markup | undefined | readonly Part[];

/** Writes HTML or SVG: what is put in is escaped for text and for attributes in double quotes alike. */
export function markup(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let written = texts[0] ?? "";
  for (const [i, part] of parts.entries()) written += `${writePart(part)}${texts[i + 1] ?? ""}`;
  return { markup: written };
}

function writePart(part: Part): string {
  if (part === undefined) return "";
  if (typeof part === "string") return escapeText(part);
  if (typeof part === "number") return String(part);
  return "markup" in part ? part.markup : part.map(writePart).join("");
}

/** No letter of a text can open a tag, an entity or a comment, or end an attribute. */
const escapeText = (text: string): string => text.replace(/[&<>"'`]/g, (letter) => entities[letter] ?? "");

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};
