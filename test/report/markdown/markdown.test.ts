import { describe, expect, test } from "vitest";
import type { Change } from "../../../src/events.ts";
import { markdownOf } from "../../../src/report/markdown/markdown.ts";
import { changed, denied, reported } from "../../support/render/report.ts";
import { nodesIn, rowsIn, textOf, treeOf } from "../../support/report/markdown.ts";

const because = [{ path: "/FifoQueue", from: true, to: false }];
const all: readonly Change[] = [
  changed("kept", "nothing"),
  changed("new", "create", { desired: { QueueName: "new", DelaySeconds: 3 } }),
  changed("old", "delete", { identifier: "https://sqs/old", holdsData: true }),
  changed("slow", "update", {
    patch: [{ op: "replace", path: "/DelaySeconds", from: 1, value: 2 }],
  }),
  changed("fifo", "replace", { because, order: "delete-first" }),
  changed("taken", "adopt"),
  changed("left", "forget"),
];
const plan = (changes: readonly Change[], more = {}): string =>
  markdownOf([reported(changes, { phase: "plan", ...more })]);

/** What each fold says in its summary, and the lines in it. */
function foldsIn(text: string): readonly string[] {
  const nodes = nodesIn(treeOf(text)).filter(({ type }) => type === "html" || type === "code");
  return nodes.flatMap((node, i) => {
    const next = nodes[i + 1];
    const isFold = node.type === "html" && node.value.startsWith("<details>");
    if (!isFold || next?.type !== "code") return [];
    const end = nodes[i + 2];
    expect(end?.type === "html" && end.value).toBe("</details>");
    expect(next.lang).toBe("diff");
    const summary = node.value.replace(/<[^>]+>/g, "");
    return [`${summary.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))}\n${next.value}`];
  });
}

describe("a plan as Markdown", () => {
  test("is a title, one line of counts, what is to be minded, a table and folds", () => {
    const tops = (treeOf(plan(all)) as { children: readonly { type: string }[] }).children.map(
      ({ type }) => type,
    );
    expect(tops.slice(0, 5)).toEqual(["html", "heading", "paragraph", "blockquote", "table"]);
    expect(new Set(tops.slice(5))).toEqual(new Set(["html", "code"]));
    expect(plan(all)).toContain(
      "**1 to adopt, 2 to add, 1 to change, 2 to destroy (1 of them replaced), 1 to forget, 1 unchanged**",
    );
  });

  test("tells of every change its sign, id, type and cause, what is lost first", () => {
    expect(rowsIn(plan(all))).toEqual([
      [
        "± replace",
        "fifo",
        "AWS::SQS::Queue",
        "/FifoQueue cannot be changed in place; the old one goes first",
      ],
      ["- delete", "old", "AWS::SQS::Queue", "what it holds is lost; no longer declared"],
      ["- forget", "left", "AWS::SQS::Queue", "stays at AWS"],
      ["~ update", "slow", "AWS::SQS::Queue", "/DelaySeconds"],
      ["> adopt", "taken", "AWS::SQS::Queue", "is there already"],
      ["+ create", "new", "AWS::SQS::Queue", "new"],
    ]);
  });

  test("names what fails, is replaced and is deleted loudly, above the table", () => {
    const failing = changed("bad", "nothing", { error: denied("bad") });
    const quote = nodesIn(treeOf(plan([...all, failing]))).find(({ type }) => type === "blockquote");
    const told = quote ? textOf(quote) : "";
    expect(told.startsWith("[!CAUTION]")).toBe(true);
    expect(told.indexOf("bad")).toBeLessThan(told.indexOf("fifo"));
    expect(told.indexOf("fifo")).toBeLessThan(told.indexOf("old"));
    expect(told).not.toContain("slow");
  });

  test("has no alarm where nothing is lost", () => {
    expect(plan([changed("new", "create")])).not.toContain("CAUTION");
  });

  test("folds what was and what will be of each change", () => {
    expect(foldsIn(plan(all))).toEqual([
      "± replace fifo AWS::SQS::Queue\n! FifoQueue forces replacement\n- FifoQueue: true\n+ FifoQueue: false",
      "~ update slow AWS::SQS::Queue\n- DelaySeconds: 1\n+ DelaySeconds: 2",
      '+ create new AWS::SQS::Queue\n+ QueueName: "new"\n+ DelaySeconds: 3',
    ]);
  });

  test.each<[string, Partial<Change>, string]>([
    ["an addition", { patch: [{ op: "add", path: "/A/B", value: "x" }] }, '+ A.B: "x"'],
    ["a removal", { patch: [{ op: "remove", path: "/A", from: [1] }] }, "- A: [1]"],
    ["a removal of what no read shows", { patch: [{ op: "remove", path: "/A" }] }, "- A"],
    ["a move", { patch: [{ op: "move", from: "/A", path: "/B" }] }, "! move A to B"],
    [
      "a value that no read shows",
      { patch: [{ op: "add", path: "/A", value: "‹secret›", unshown: "sent" }] },
      '! A sent, AWS does not show it\n+ A: "‹secret›"',
    ],
    [
      "a text of several lines, line by line",
      { patch: [{ op: "replace", path: "/A", from: "a\nb\n", value: "a\nc\n" }] },
      "  A:\n  a\n- b\n+ c",
    ],
    ["what is known after apply", { unknown: ["/A/0"] }, "# known after apply: A.0"],
    ["what is unmanaged", { unmanaged: ["/A"] }, "# unmanaged: A"],
  ])("shows %s", (_, more, lines) => {
    expect(foldsIn(plan([changed("a", "update", more)]))).toEqual([`~ update a AWS::SQS::Queue\n${lines}`]);
  });

  test("says where it stops, what looks renamed and what a script's error has ended", () => {
    const stopped = { code: "UNKNOWN_AT_PLAN", kind: "invalid", message: "m @org", advice: "a" } as const;
    const text = plan([], { stopped, renames: [{ from: "x", to: "y", type: "T" }] });
    expect(text).toContain(
      "**The plan ends here**, nothing beyond is planned: `UNKNOWN_AT_PLAN: m @org` `a`",
    );
    expect(text).toContain("- `x` looks renamed to `y`");
    expect(plan([], { error: stopped })).toContain("**Ended early**: `UNKNOWN_AT_PLAN: m @org` `a`");
  });

  test("of a destroy tells that all goes", () => {
    const report = reported([changed("a", "delete")], { phase: "plan" });
    expect(rowsIn(markdownOf([report], { isDestroy: true }))[0]?.[3]).toBe("all that is recorded goes");
  });
});

describe("other runs as Markdown", () => {
  test("a deploy tells how long it took, and by what chain", () => {
    const criticalPath = [
      { id: "net", type: "T", move: "create", fromMs: 0, toMs: 2_000, idleMs: 0 },
      { id: "app", type: "T", move: "create", fromMs: 2_000, toMs: 9_100, idleMs: 0, after: "uses" },
    ] as const;
    const text = markdownOf([reported([changed("app", "create")], { criticalPath })]);
    expect(text).toContain("**1 added, 0 changed, 0 destroyed, 0 unchanged** in 12.3 s");
    expect(text).toContain("Critical path: `net` (2.0 s) → `app` (7.1 s)");
  });

  test("a deploy that failed says so in its title, and folds the advice", () => {
    const text = markdownOf([reported([changed("a", "nothing", { error: denied("a") })])]);
    expect(text).toContain("### Deploy of `shop` (`dev`): failed");
    expect(foldsIn(text)[0]).toContain("! Ask for it.");
  });

  test("drift tells where live differs, from what was asked to what is there", () => {
    const differences = [{ path: "/DelaySeconds", from: 1, to: 9 }];
    const changes = [
      changed("same", "nothing", { drift: "same" }),
      changed("gone", "nothing", { drift: "missing" }),
      changed("moved", "nothing", { drift: "drifted", paths: ["/DelaySeconds"], differences }),
      changed("odd", "nothing", { drift: "not comparable", why: "nobody looked" }),
    ];
    const text = markdownOf([reported(changes, { phase: "drift" })]);
    expect(text).toContain("**1 drifted, 1 missing, 1 not comparable, 1 the same**");
    expect(rowsIn(text).map(([look, id, , cause]) => [look, id, cause])).toEqual([
      ["- missing", "gone", ""],
      ["~ drifted", "moved", "/DelaySeconds"],
      ["? not comparable", "odd", "nobody looked"],
    ]);
    expect(foldsIn(text)).toEqual(["~ drifted moved AWS::SQS::Queue\n- DelaySeconds: 1\n+ DelaySeconds: 9"]);
  });

  test("several apps follow one another, each with its mark", () => {
    const text = markdownOf([reported([]), reported([changed("a", "create")], { app: "web -->" })]);
    expect(text.match(/<!--.*?-->/g)).toEqual([
      "<!-- await-aws shop dev deploy -->",
      "<!-- await-aws web%20%2d%2d%3e dev deploy -->",
    ]);
  });
});
