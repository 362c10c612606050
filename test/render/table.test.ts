import { describe, expect, test } from "vitest";
import { plainStyle } from "../../src/render/style.ts";
import { type Size, tableText } from "../../src/render/table.ts";
import type { Row } from "../../src/render/under-way.ts";

const now = 100_000;

const row = (id: string, more: Partial<Row> = {}): Row => ({
  id,
  type: "AWS::SQS::Queue",
  move: "create",
  since: now - 41_000,
  ...more,
});

const rows: readonly Row[] = [
  row("jobs", { wait: { for: "aws", since: now - 40_000, message: "Waiting for the queue" } }),
  row("a-reply-with-a-name-that-is-long", {
    type: "AWS::ApiGatewayV2::IntegrationResponse",
    move: "update",
    since: now - 125_000,
    wait: { for: "retry", reason: "Rate exceeded", attempt: 3, until: now + 2_100 },
  }),
  row("東京の料理と日本の文化と歴史", { move: "delete", wait: { for: "aws", since: now - 1_000 } }),
  row("new", { since: now }),
];

const drawn = (size: Size, shown: readonly Row[] = rows): string =>
  tableText({ rows: shown, ended: 5, total: 12, elapsedMs: 125_000, now }, size, plainStyle).replace(
    / +$/gm,
    "",
  );

describe("the table", () => {
  test("at 80 columns tells below a resource what it waits for", () => {
    expect(drawn({ columns: 80, rows: 24 })).toMatchInlineSnapshot(`
      "+ jobs                AWS::SQS::Queue                       creating  41 s
          in progress for 40 s: Waiting for the queue
      ~ a-reply-with-a-na…  AWS::ApiGatewayV2::IntegrationRespo…  updating  2 min 5 s
          Rate exceeded, retry 3 in 2.1 s
      - 東京の料理と日本…   AWS::SQS::Queue                       deleting  41 s
          in progress for 1 s
      + new                 AWS::SQS::Queue                       creating  0 s
      ████████████████░░░░░░░░░░░░░░░░░░░░░░░░  5/12  2 min 5 s"
    `);
  });

  test("at 200 columns tells beside a resource what it waits for", () => {
    expect(drawn({ columns: 200, rows: 24 })).toMatchInlineSnapshot(`
      "+ jobs                              AWS::SQS::Queue                         creating  41 s       in progress for 40 s: Waiting for the queue
      ~ a-reply-with-a-name-that-is-long  AWS::ApiGatewayV2::IntegrationResponse  updating  2 min 5 s  Rate exceeded, retry 3 in 2.1 s
      - 東京の料理と日本の文化と歴史      AWS::SQS::Queue                         deleting  41 s       in progress for 1 s
      + new                               AWS::SQS::Queue                         creating  0 s
      ████████████████░░░░░░░░░░░░░░░░░░░░░░░░  5/12  2 min 5 s"
    `);
  });

  test("never is wider than the terminal, counting wide characters twice", () => {
    const width = (line: string): number =>
      Array.from(line, (character) => (character >= "\u3000" ? 2 : 1)).reduce<number>(
        (sum, one) => sum + one,
        0,
      );
    for (const columns of [60, 80, 100, 119, 120, 200]) {
      const lines = drawn({ columns, rows: 24 }).split("\n");
      expect(Math.max(...lines.map(width)), `at ${columns}`).toBeLessThan(columns);
    }
  });

  test("never is higher than the terminal, and says how many it leaves out", () => {
    const many = Array.from({ length: 50 }, (_, i) => row(`q${i}`));
    const waiting = many.map((one) => ({ ...one, wait: { for: "aws", since: now } as const }));
    for (const columns of [80, 200]) {
      const lines = drawn({ columns, rows: 12 }, waiting).split("\n");
      expect(lines.length).toBeLessThan(12);
      expect(lines.at(-2)).toMatch(/^ {2}… and \d+ more under way$/);
    }
    expect(drawn({ columns: 200, rows: 12 }, many)).toContain("… and 41 more under way");
  });

  test("tells of a try that is no longer waited for without a time", () => {
    const tried = row("jobs", {
      wait: { for: "retry", reason: "Rate exceeded", attempt: 3, until: now - 1 },
    });
    expect(drawn({ columns: 200, rows: 24 }, [tried])).toContain("Rate exceeded, retry 3\n");
  });

  test("with nothing under way is a bar alone", () => {
    expect(drawn({ columns: 80, rows: 24 }, [])).toMatchInlineSnapshot(
      `"████████████████░░░░░░░░░░░░░░░░░░░░░░░░  5/12  2 min 5 s"`,
    );
  });

  test("stays whole on a terminal that is too small for it", () => {
    expect(drawn({ columns: 10, rows: 2 })).toContain("5/12");
  });
});
