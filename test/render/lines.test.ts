import { afterEach, describe, expect, test, vi } from "vitest";
import type { Change, Event, Move } from "../../src/events.ts";
import { lines } from "../../src/render/lines.ts";
import type { Environment } from "../../src/render/style.ts";

const about = { id: "reply", type: "AWS::ApiGatewayV2::IntegrationResponse" };

const changeOf = (move: Move, more: Partial<Change> = {}): Change => ({
  ...about,
  move,
  identifier: "a|b|c",
  durationMs: 1234,
  ...more,
});

const done = (move: Move, more: Partial<Change> = {}): Event => ({
  ...about,
  name: "done",
  change: changeOf(move, more),
});

const failure = {
  code: "ACCESS_DENIED",
  kind: "denied",
  message: "no (ACCESS_DENIED). Ask.",
  advice: "Ask.",
} as const;

/** What is printed for events in an environment. */
function printed(events: readonly Event[], environment: Environment = { NO_COLOR: "1" }): string {
  let text = "";
  const listener = lines((more) => {
    text += more;
  }, environment);
  for (const event of events) listener(event);
  return text;
}

const escape = String.fromCharCode(27);

/** What colours are made of. */
const sgr = new RegExp(`${escape}\\[\\d+m`, "g");

describe("a line", () => {
  test("tells of every change but of none that changed nothing", () => {
    const moves: Move[] = ["nothing", "create", "adopt", "update", "replace", "delete", "forget"];
    expect(printed(moves.map((move) => done(move)))).toMatchInlineSnapshot(`
      "+ reply  AWS::ApiGatewayV2::IntegrationResponse  created  a|b|c  (1.2 s)
      > reply  AWS::ApiGatewayV2::IntegrationResponse  adopted  a|b|c  (1.2 s)
      ~ reply  AWS::ApiGatewayV2::IntegrationResponse  updated  a|b|c  (1.2 s)
      ± reply  AWS::ApiGatewayV2::IntegrationResponse  replaced  a|b|c  (1.2 s)
      - reply  AWS::ApiGatewayV2::IntegrationResponse  deleted  a|b|c  (1.2 s)
      - reply  AWS::ApiGatewayV2::IntegrationResponse  forgotten  a|b|c  (1.2 s)
      "
    `);
  });

  test("leaves out an identifier that is not known", () => {
    const { identifier: _, ...change } = changeOf("create");
    expect(printed([{ ...about, name: "done", change }])).toMatchInlineSnapshot(`
      "+ reply  AWS::ApiGatewayV2::IntegrationResponse  created  (1.2 s)
      "
    `);
  });

  test("is followed by the patch, each operation cut to one line", () => {
    const patch = [
      { op: "replace", path: "/TemplateSelectionExpression", value: "${a}" },
      { op: "add", path: "/ResponseTemplates/text~1plain", value: "two\nlines" },
      { op: "remove", path: "/ContentHandlingStrategy" },
      { op: "add", path: "/Long", value: "x".repeat(500) },
    ] as const;
    const text = printed([done("update", { patch })]);
    expect(text).toMatchInlineSnapshot(`
      "~ reply  AWS::ApiGatewayV2::IntegrationResponse  updated  a|b|c  (1.2 s)
          TemplateSelectionExpression: (none) → "\${a}"
          ResponseTemplates."text/plain": (none) → "two\\nlines"
          ContentHandlingStrategy: → (none)
          Long: (none) → "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
      "
    `);
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBe(164);
  });

  test("of a run that withholds its writes says what would be", () => {
    const planned = (move: Move, more: Partial<Change> = {}): Event => ({
      ...about,
      name: "planned",
      change: changeOf(move, more),
    });
    const patch = [{ op: "remove", path: "/ContentHandlingStrategy" }] as const;
    expect(printed([planned("nothing"), planned("update", { patch }), planned("delete")]))
      .toMatchInlineSnapshot(`
        "~ reply  AWS::ApiGatewayV2::IntegrationResponse  would be updated  a|b|c
            ContentHandlingStrategy: → (none)
        - reply  AWS::ApiGatewayV2::IntegrationResponse  would be deleted  a|b|c
        "
      `);
  });

  test("names a failed resource once, though its message names it too", () => {
    const message = `${about.type} "reply": no (ACCESS_DENIED). Ask.`;
    const error = { ...failure, message };
    expect(printed([{ ...about, name: "failed", change: changeOf("create", { error }) }])).toBe(
      "! reply  AWS::ApiGatewayV2::IntegrationResponse  failed: no (ACCESS_DENIED). Ask.\n",
    );
  });

  test("tells of failures, pauses, warnings and notices", () => {
    const reason = "Rate exceeded";
    expect(
      printed([
        { ...about, name: "failed", change: changeOf("create", { error: failure }) },
        { ...about, name: "failed", change: changeOf("create") },
        { ...about, name: "retry", reason, attempt: 2, waitMs: 1540 },
        { ...about, name: "warning", message: "nothing to look for" },
        { name: "notice", message: "Using the default app" },
      ]),
    ).toMatchInlineSnapshot(`
      "! reply  AWS::ApiGatewayV2::IntegrationResponse  failed: no (ACCESS_DENIED). Ask.
      ! reply  AWS::ApiGatewayV2::IntegrationResponse  failed: no word of why
        reply  Rate exceeded: retry 2 in 1.5 s
      ? reply  nothing to look for
      ? Using the default app
      "
    `);
  });

  test("is not written for what only a table would show", () => {
    expect(
      printed([
        { ...about, name: "started", move: "create" },
        { ...about, name: "progress", elapsedMs: 5 },
        { name: "call", api: "GetResource" },
      ]),
    ).toBe("");
  });
});

describe("colour", () => {
  const events = [done("create"), done("update"), { ...about, name: "warning", message: "m" }] as const;

  afterEach(() => {
    Reflect.deleteProperty(process.stderr, "isTTY");
    vi.unstubAllEnvs();
  });

  const isColoured = (environment: Environment, isTTY: boolean): boolean => {
    Object.defineProperty(process.stderr, "isTTY", { value: isTTY, configurable: true });
    return printed(events, environment).includes(escape);
  };

  test.each<[Environment, boolean, boolean]>([
    [{}, true, true],
    [{}, false, false],
    [{ TERM: "dumb" }, true, false],
    [{ NO_COLOR: "1" }, true, false],
    [{ NO_COLOR: "" }, true, true],
    [{ FORCE_COLOR: "1" }, false, true],
    [{ FORCE_COLOR: "0" }, true, false],
    [{ FORCE_COLOR: "false" }, true, false],
    [{ FORCE_COLOR: "1", TERM: "dumb" }, false, true],
    [{ FORCE_COLOR: "1", NO_COLOR: "1" }, true, false],
  ])("with %o on a terminal (%s) is shown: %s", (environment, isTTY, expected) => {
    expect(isColoured(environment, isTTY)).toBe(expected);
  });

  test("is the only difference", () => {
    const coloured = printed(events, { FORCE_COLOR: "1" });
    expect(coloured.replaceAll(sgr, "")).toBe(printed(events));
    expect(coloured.split("\n")[0]).toBe(
      `${escape}[32m+${escape}[39m reply  ${about.type}  created  a|b|c  ${escape}[2m(1.2 s)${escape}[22m`,
    );
  });

  test("never comes from the environment of the process, only from the one given", () => {
    vi.stubEnv("FORCE_COLOR", "1");
    expect(isColoured({}, false)).toBe(false);
  });
});

test("control characters of names and messages are spelled out, so that they cannot steer the terminal", () => {
  const evil = `${escape}[2J${escape}[31mred${escape}]0;title\u0007\r\u009b`;
  const event: Event = { ...about, name: "warning", message: `a\nb ${evil}` };
  const plain = printed([event]);
  expect(plain).toBe("? reply  a\nb \\u001b[2J\\u001b[31mred\\u001b]0;title\\u0007\\u000d\\u009b\n");
  const coloured = printed([event], { FORCE_COLOR: "1" });
  expect(coloured.replaceAll(sgr, "")).not.toMatch(/[^\P{Cc}\n]/u);
});
