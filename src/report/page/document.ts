import { type Markup, type Part, markup } from "../markup/markup.ts";
import { pageScript } from "./script.ts";
import { pageStyles } from "./styles.ts";

/** What a page is made of. */
export interface PageDocument {
  readonly title: string;
  /** What stands below the title. */
  readonly lead: Part;
  readonly sections: readonly Section[];
}

/** One part of a page, with a heading of its own. */
export interface Section {
  /** Names it in links. */
  readonly name: string;
  readonly heading: string;
  readonly body: Part;
}

/** Gives the SHA-256 of a text in base64. */
export type Hash = (text: string) => string;

/** A whole page: styles and script inside, and a policy that forbids it to load or send anything, or to run another script. */
export function documentText({ title, lead, sections }: PageDocument, hash: Hash): string {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${hash(pageStyles)}'`,
    `script-src 'sha256-${hash(pageScript)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="await-aws">
<title>${title}</title>
<style>${raw(pageStyles)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header><h1>${title}</h1>${lead}</header>
${barMarkup(sections)}
<main id="main">
${sections.map(sectionMarkup)}
</main>
<footer>Made by await-aws. This page asks nothing of the network. <span data-scripted hidden>Keys: <kbd>/</kbd> search, <kbd>Esc</kbd> ends it, <kbd>j</kbd> and <kbd>k</kbd> go from change to change, <kbd>Enter</kbd> opens one.</span></footer>
<script>${raw(pageScript)}</script>
</body>
</html>
`.markup;
}

function barMarkup(sections: readonly Section[]): Markup {
  const links = sections.map(({ name, heading }) => markup`<a href="#${name}">${heading}</a> `);
  return markup`<div class="bar"><div><nav aria-label="Sections">${links}</nav>
<div class="tools" role="search" data-scripted hidden><label for="find">Search</label> <input id="find" type="search" autocomplete="off" aria-keyshortcuts="/"> <span id="found" class="found" role="status"></span><button id="open-all" type="button" aria-pressed="false">Open all changes</button><button id="theme" type="button">Theme</button></div></div></div>`;
}

const sectionMarkup = ({ name, heading, body }: Section): Markup =>
  markup`<section id="${name}" aria-labelledby="${name}-heading"><h2 id="${name}-heading">${heading}</h2>
${body}
</section>
`;

/** Of our own alone. */
const raw = (text: string): Markup => ({ markup: text });
