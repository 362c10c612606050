import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  arrowsOf,
  arrowsWithin,
  circleIn,
  figuresOf,
  filesOfTheHouse,
  graphOf,
  linesOf,
  roomOf,
} from "./house.ts";

const words = [
  "json",
  "errors",
  "entry",
  "events",
  "nearest",
  "known-options",
  "unruly",
  "frames",
  "wording",
  "author",
];

/** Who may import whom, beyond the words. `generated` holds facts (data) and doors (one module a service). */
const mayImport: Record<string, readonly string[]> = {
  schema: ["generated"],
  services: ["schema"],
  diff: ["schema", "services"],
  wire: [],
  state: ["wire"],
  render: ["report"],
  cloudcontrol: ["wire", "schema", "services"],
  lookup: ["wire", "schema", "services"],
  registry: ["wire", "schema", "services"],
  providers: ["wire", "cloudcontrol", "diff", "schema", "services"],
  scope: ["state", "cloudcontrol", "lookup", "registry"],
  parts: ["scope", "cloudcontrol", "diff", "schema", "services", "wire"],
  resource: ["parts", "scope", "diff", "schema", "services", "cloudcontrol", "lookup", "registry", "state"],
  app: [
    "providers",
    "parts",
    "resource",
    "scope",
    "diff",
    "schema",
    "cloudcontrol",
    "lookup",
    "registry",
    "wire",
    "state",
    "render",
    "report",
  ],
  report: ["schema"],
  sql: ["app", "resource", "schema", "services", "state", "wire"],
  aws: ["resource", "app", "schema", "generated"],
  generated: ["aws"],
  cli: ["app", "aws", "sql", "report", "state", "render", "emulator"],
  emulator: ["schema", "services"],
  codegen: ["schema", "services"],
  index: ["aws", "app", "resource", "scope", "generated"],
};

/** The same within a room: who may import whom of what stands at its top. Whoever is not named imports nobody. */
const mayImportWithin: Record<string, Readonly<Record<string, readonly string[]>>> = {
  resource: {
    "resource.ts": [
      "apply.ts",
      "find/",
      "record/",
      "context.ts",
      "report.ts",
      "call/",
      "outputs/",
      "secrets/",
    ],
    "apply.ts": ["moves/", "decide/", "record/", "context.ts", "call/", "outputs/", "secrets/"],
    "direct/": ["moves/", "decide/", "find/", "record/", "context.ts", "call/", "outputs/", "secrets/"],
    "moves/": ["decide/", "find/", "record/", "context.ts", "report.ts", "secrets/"],
    "decide/": ["find/", "record/", "context.ts", "outputs/", "secrets/"],
    "find/": ["record/", "context.ts", "outputs/"],
    "record/": ["context.ts", "call/", "secrets/"],
    "context.ts": ["call/", "secrets/"],
    "report.ts": ["secrets/"],
    "call/": ["outputs/", "secrets/"],
  },
  app: {
    "policy.ts": ["script/", "program.ts", "reconcile.ts", "session/", "options/"],
    "program.ts": ["script/", "reconcile.ts", "phases/", "run.ts", "options/"],
    "caller.ts": ["app.ts"],
    "app.ts": ["script/", "shown-plan.ts", "run.ts", "phases/", "session/", "options/"],
    "script/": ["reconcile.ts", "run.ts", "phases/", "session/", "options/"],
    "reconcile.ts": ["run.ts", "options/"],
    "shown-plan.ts": ["run.ts", "phases/", "session/"],
    "run.ts": ["phases/", "session/", "options/"],
    "import/": ["session/", "options/"],
    "session/": ["options/"],
    "phases/": ["options/"],
  },
  report: {
    "critical-path.ts": ["times.ts"],
    "waits.ts": ["times.ts"],
    "page/": ["graph/", "markup/", "duration.ts", "line-diff.ts"],
    "graph/": ["markup/"],
    "markdown/": ["cut-text.ts", "duration.ts", "line-diff.ts", "tally.ts"],
    "line-diff.ts": ["cut-text.ts"],
  },
  sql: {
    "index.ts": ["run.ts", "options.ts", "engine/"],
    "run.ts": ["writes.ts", "reading.ts", "show.ts", "world.ts", "options.ts", "language/", "engine/"],
    "writes.ts": ["reading.ts", "world.ts", "options.ts", "reads/", "language/", "engine/"],
    "reading.ts": ["failures.ts", "world.ts", "options.ts", "reads/", "language/", "engine/"],
    "show.ts": ["documentation.ts", "world.ts", "reads/", "language/", "engine/"],
    "world.ts": ["options.ts"],
    "failures.ts": ["language/", "engine/"],
    "reads/": ["language/", "engine/"],
    "engine/": ["language/"],
  },
};

const judgement = ["schema", "services", "diff", "report"];
/** Judgement within a room of hands. */
const isJudgement = (file: string): boolean =>
  judgement.includes(roomOf(file)) || /^sql\/(language\/|reads\/(choose|changes|row-wise))/.test(file);

const files = filesOfTheHouse();
const handWritten = files.filter((file) => !file.startsWith("generated/"));
const arrows = handWritten.flatMap(arrowsOf);

describe("the house", () => {
  test("every arrow goes the way the table says", () => {
    const strays = arrows.filter(({ from, to }) => {
      const [room, target] = [roomOf(from), roomOf(to)];
      if (room === target) return false;
      return words.includes(room)
        ? !words.includes(target)
        : !words.includes(target) && !(mayImport[room] ?? []).includes(target);
    });
    expect(strays).toEqual([]);
  });

  test("every room stands in the table", () => {
    const rooms = new Set(files.map(roomOf));
    expect([...rooms].filter((room) => !words.includes(room) && !(room in mayImport))).toEqual([]);
  });

  test("the scope knows the hands by their types alone", () => {
    const strays = arrows.filter(
      ({ from, to, typeOnly }) =>
        roomOf(from) === "scope" && roomOf(to) !== "scope" && !words.includes(roomOf(to)) && !typeOnly,
    );
    expect(strays).toEqual([]);
  });

  test.each(Object.entries(mayImportWithin))(
    "within %s every arrow goes the way its table says",
    (room, table) => {
      const strays = [...arrowsWithin(room, arrows)].flatMap(([from, targets]) =>
        [...targets].flatMap((to) => ((table[from] ?? []).includes(to) ? [] : [`${from} -> ${to}`])),
      );
      expect(strays).toEqual([]);
    },
  );

  test("no circle joins what stands at the top of a room", () => {
    const rooms = [...new Set(handWritten.filter((file) => file.includes("/")).map(roomOf))];
    const circles = rooms.flatMap((room) => circleIn(arrowsWithin(room, arrows)) ?? []);
    expect(circles).toEqual([]);
  });

  test("a reader of resource or app has few doors to choose from", () => {
    const { entries, levels, arrows: ways } = figuresOf("resource", handWritten, arrows);
    expect(entries).toBeLessThanOrEqual(12);
    expect(levels).toBeLessThanOrEqual(9);
    expect(ways).toBeLessThanOrEqual(45);
    expect(figuresOf("app", handWritten, arrows).entries).toBeLessThanOrEqual(14);
  });

  test("no circle joins files", () => {
    expect(circleIn(graphOf(arrows, (file) => file))).toBeUndefined();
  });

  test("no circle joins rooms", () => {
    // Doors import aws while aws names them in a type: the one join of hand-written and generated code.
    const between = arrows.filter(({ from, to }) => ![roomOf(from), roomOf(to)].includes("generated"));
    expect(circleIn(graphOf(between, roomOf))).toBeUndefined();
  });

  test("no hand-written file is longer than 300 lines", () => {
    expect(handWritten.filter((file) => linesOf(file) > 300)).toEqual([]);
  });

  test("no generated door imports anything but aws and other generated files", () => {
    const doors = files.filter((file) => file.startsWith("generated/"));
    const strays = doors
      .flatMap(arrowsOf)
      .filter(({ to }) => !["generated", "aws", ...words].includes(roomOf(to)));
    expect(strays).toEqual([]);
  });
});

describe("the rooms of judgement", () => {
  test("read no clock, chance or environment", async () => {
    const impure =
      /\b(Date\.now|new Date\(\)|Math\.random|process\.|performance\.|fetch\(|node:(fs|net|http|crypto|child_process))/;
    const found: string[] = [];
    for (const file of handWritten.filter(isJudgement)) {
      const text = await readFile(join(import.meta.dirname, "../../src", file), "utf8");
      if (impure.test(text)) found.push(file);
    }
    expect(found).toEqual([]);
  });
});
