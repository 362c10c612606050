import fc from "fast-check";
import type { Nodes } from "mdast";
import { describe, expect, test } from "vitest";
import type { Change, Report } from "../../../src/events.ts";
import { markdownOf } from "../../../src/report/markdown/markdown.ts";
import { spellOut } from "../../../src/unruly.ts";
import { changed, reported } from "../../support/render/report.ts";
import { nodesIn, rowsIn, treeOf } from "../../support/report/markdown.ts";

const hostile = [
  "</script><img src=x onerror=alert(1)>",
  "</details></code></summary>",
  "<!-- x --> <a href='javascript:alert(1)'>x</a>",
  "]]>",
  "`",
  "``",
  "```",
  "````\n</details>",
  "~~~\n# x",
  "a|b",
  "a\\|b",
  "\\",
  "\\`",
  "| a | b |",
  "two\nlines",
  "a\r\n\r\n# heading",
  "\n\n---\n\n",
  "- [ ] task",
  "@org/team",
  "@octocat",
  "#123",
  "GH-7",
  "owner/repo#1",
  "0123456789abcdef0123456789abcdef01234567",
  "https://evil.example/?a=b",
  "www.evil.example",
  "me@evil.example",
  "[x](https://evil.example)",
  "![x](y)",
  "[^1]",
  "[^1]: note",
  "[x]: https://evil.example",
  "&lt;b&gt;&amp;",
  "&#64;org",
  "\u001b[31mred\u001b[0m",
  "\u202egnp.exe",
  "\u0000",
  "\u2028",
  "a\u0301",
  "👩‍👩‍👧",
  "漢字",
  " ",
  "  a  ",
  "**b** _i_ ~~s~~",
  "$x^2$",
  "%25",
  "-->",
  "constructor",
  "__proto__",
  "",
];

const allowed =
  /^(<!-- await-aws [\w.%]* [\w.%]* \w+ -->|<details><summary>(<code>(\w| |&#\d+;|<!-- -->|\P{ASCII})*<\/code>|[\w ])*<\/summary>|<\/details>|<code>|<\/code>|<!-- -->)$/u;
const structure: readonly Nodes["type"][] = [
  "root",
  "html",
  "heading",
  "paragraph",
  "strong",
  "text",
  "inlineCode",
  "code",
  "blockquote",
  "list",
  "listItem",
  "table",
  "tableRow",
  "tableCell",
  "emphasis",
];

/** What stands outside of code: our own words alone. */
function wordsIn(node: Nodes): string {
  if (!("children" in node)) return node.type === "text" ? node.value : "";
  let isCode = false;
  let words = "";
  for (const child of node.children) {
    if (child.type === "html" && /^<\/?code>$/.test(child.value)) isCode = child.value === "<code>";
    else if (!isCode) words += wordsIn(child);
  }
  return words;
}

function requireTame(text: string): void {
  const tree = treeOf(text);
  const nodes = nodesIn(tree);
  expect(nodes.filter(({ type }) => !structure.includes(type))).toEqual([]);
  expect(nodes.filter((node) => node.type === "html" && !allowed.test(node.value))).toEqual([]);
  expect(wordsIn(tree)).toMatch(/^[A-Za-z0-9 .,:;()[\]!→±\n…*/-]*$/);
  // Only the line feed steers anything.
  expect(text).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/u);
}

const text = fc.oneof(
  fc.constantFrom(...hostile),
  fc.array(fc.constantFrom(...hostile), { maxLength: 4 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary", maxLength: 30 }),
);
const pointer = text.map((name) => `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`);
const value = fc.oneof(text, fc.dictionary(text, text, { maxKeys: 3 }), fc.array(text, { maxLength: 3 }));
const reason = fc.record({ path: pointer, from: value, to: value }, { requiredKeys: ["path"] });
const failure = fc.record({
  code: fc.constant("BUSY" as const),
  kind: fc.constant("busy" as const),
  message: text,
  advice: text,
});
const change: fc.Arbitrary<Change> = fc.record(
  {
    id: text,
    type: text,
    move: fc.constantFrom("nothing", "create", "adopt", "update", "replace", "delete", "forget"),
    identifier: text,
    patch: fc.array(
      fc.oneof(
        fc.record({ op: fc.constant("replace" as const), path: pointer, from: value, value }),
        fc.record({ op: fc.constant("remove" as const), path: pointer, from: value }),
        fc.record({ op: fc.constant("move" as const), path: pointer, from: pointer }),
      ),
      { maxLength: 3 },
    ),
    because: fc.array(reason, { maxLength: 2 }),
    desired: fc.dictionary(text, value, { maxKeys: 3 }),
    unknown: fc.array(pointer, { maxLength: 2 }),
    unmanaged: fc.array(pointer, { maxLength: 2 }),
    drift: fc.constantFrom("same", "drifted", "missing", "not comparable"),
    paths: fc.array(pointer, { maxLength: 3 }),
    differences: fc.array(reason, { maxLength: 2 }),
    why: text,
    site: text,
    error: failure,
    durationMs: fc.nat(),
  },
  { requiredKeys: ["id", "type", "move", "durationMs"] },
);
const report: fc.Arbitrary<Report> = fc
  .record({
    app: text,
    stage: text,
    phase: fc.constantFrom("deploy" as const, "plan" as const, "destroy" as const, "drift" as const),
    changes: fc.array(change, { maxLength: 4 }),
    renames: fc.array(fc.record({ from: text, to: text, type: text }), { maxLength: 2 }),
    stopped: failure,
    error: failure,
  })
  .map(({ changes, ...more }) => reported(changes, more));

describe("names and values that are none", () => {
  test("mean nothing in Markdown, wherever they stand", () => {
    fc.assert(
      fc.property(fc.array(report, { maxLength: 2 }), (all) => requireTame(markdownOf(all))),
      {
        numRuns: 100,
      },
    );
  });

  test.each(hostile)("%j is an id like any other: it is read as it is", (id) => {
    const made = markdownOf([
      reported([changed(id, "create", { desired: { [id]: id } })], { phase: "plan" }),
    ]);
    requireTame(made);
    expect(rowsIn(made)).toHaveLength(1);
    // Where code stands spaces at its ends do not show.
    expect(rowsIn(made)[0]?.[1]?.trim()).toBe(spellOut(id).trim());
  });

  test("make the same text each time", () => {
    fc.assert(
      fc.property(report, (one) => {
        expect(markdownOf([structuredClone(one)])).toBe(markdownOf([one]));
      }),
    );
  });
});

describe("much to tell", () => {
  const bulky = (i: number): Change =>
    changed(`${i} ${"|`".repeat(200)}`, i % 3 === 0 ? "delete" : "update", {
      patch: [{ op: "replace", path: "/A", from: "x\n".repeat(500), value: "y\n".repeat(500) }],
      because: [{ path: `/${"|".repeat(300)}`, from: "a", to: "b" }],
    });

  test.each<[string, readonly Report[]]>([
    [
      "2,000 changes",
      [
        reported(
          Array.from({ length: 2_000 }, (_, i) => bulky(i)),
          { phase: "plan" },
        ),
      ],
    ],
    [
      "a hundred apps",
      Array.from({ length: 100 }, () => reported(Array.from({ length: 30 }, (_, i) => bulky(i)))),
    ],
    [
      "a value of 1 MB",
      [
        reported([
          changed("a", "create", { desired: { A: "`|<".repeat(350_000) } }),
          changed("b", "update", {
            patch: [{ op: "replace", path: "/B", from: "a".repeat(1e6), value: "b\n".repeat(5e5) }],
          }),
        ]),
      ],
    ],
    [
      "ids of 1 MB",
      [reported([changed("<`|".repeat(350_000), "replace"), changed("b", "create")], { phase: "plan" })],
    ],
  ])("%s stays under 60,000 characters and whole", (_, reports) => {
    const made = markdownOf(reports);
    expect(made.length).toBeLessThan(60_000);
    requireTame(made);
  });

  test("says what it has left out, and leaves out what matters least", () => {
    const changes = Array.from({ length: 3_000 }, (_, i) =>
      changed(`r${i}`, i === 2_999 ? "delete" : "create", { desired: { A: i } }),
    );
    const made = markdownOf([reported(changes, { phase: "plan" })]);
    const rows = rowsIn(made);
    expect(rows[0]?.[1]).toBe("r2999");
    const folds = made.match(/<details>/g)?.length ?? 0;
    expect(folds).toBeGreaterThan(50);
    expect(made).toContain(`${3_000 - rows.length} rows of the table, ${3_000 - folds} differences`);
    expect(made).toContain("**2999 to add, 0 to change, 1 to destroy, 0 unchanged**");
  });

  test("leaves nothing out where there is room", () => {
    const made = markdownOf([reported([changed("a", "create", { desired: { A: 1 } })])]);
    expect(made).not.toContain("Left out");
  });
});
