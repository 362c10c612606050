import { looks } from "./looks.ts";

/** How drawings are styled within a page that has the variables of page/styles.ts. */
export const svgStyles: string = `.graph text{font:11px system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif;text-anchor:middle;fill:var(--text)}
.graph .kind{font-size:10px;fill:var(--muted)}
.graph .frame rect{fill:none;stroke:var(--line);stroke-dasharray:4 3}
.graph .frame text{fill:var(--muted);font-size:12px}
.graph .arrow path{fill:none;stroke:var(--arrow);stroke-width:1}
.graph .count{font-size:10px;fill:var(--text)}
.graph .tip path{fill:var(--arrow);stroke:none}
.graph .box rect{fill:var(--fill);stroke:var(--edge);stroke-width:1.2}
.graph .elsewhere rect,.graph .skipped rect{stroke-dasharray:3 2}`;

/** Of each look the variables of its colours, for light and dark as the page is. */
export const lookVariables: string = Object.values(looks)
  .map(
    ({ class: name, fill, line }) =>
      `.${name}{--fill:light-dark(${fill},${darken(line)});--edge:light-dark(${line},${lighten(line)})}`,
  )
  .join("\n");

/** How a drawing is styled that stands alone: many that show one know neither variables nor what is asked of the page. */
export const loneStyles: string = [
  rulesFor({ text: "#111827", muted: "#4b5563", line: "#9ca3af", arrow: "#6b7280" }),
  ...Object.values(looks).map(({ class: name, fill, line }) => `.${name} rect{fill:${fill};stroke:${line}}`),
  "@media (prefers-color-scheme:dark){",
  rulesFor({ text: "#e5e7eb", muted: "#a3abb8", line: "#4b5563", arrow: "#8b95a5" }),
  ...Object.values(looks).map(
    ({ class: name, line }) => `.${name} rect{fill:${darken(line)};stroke:${lighten(line)}}`,
  ),
  "}",
].join("\n");

type Colours = Readonly<Record<"text" | "muted" | "line" | "arrow", string>>;

function rulesFor(colours: Colours): string {
  return svgStyles.replaceAll(/[\w-]+:var\(--(\w+)\)/g, (rule, name: string) => {
    const colour = colours[name as keyof Colours] as string | undefined;
    return colour === undefined ? "" : rule.replace(/var\(--\w+\)/, colour);
  });
}

/** Of a colour as `#rrggbb`: enough of it on the black of a dark page. */
function darken(colour: string): string {
  return mix(colour, "#111418", 0.34);
}

/** The same, pale enough to be read on that. */
function lighten(colour: string): string {
  return mix(colour, "#ffffff", 0.5);
}

function mix(colour: string, other: string, share: number): string {
  const channels = [1, 3, 5].map((at) => {
    const [a, b] = [colour, other].map((text) => Number.parseInt(text.slice(at, at + 2), 16));
    return Math.round(share * (a ?? 0) + (1 - share) * (b ?? 0))
      .toString(16)
      .padStart(2, "0");
  });
  return `#${channels.join("")}`;
}
