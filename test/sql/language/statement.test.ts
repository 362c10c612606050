import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Query, readStatement } from "../../../src/sql/language/statement.ts";
import { tokensOf } from "../../../src/sql/language/tokens.ts";

function query(text: string): Query {
  const statement = readStatement(text);
  if (statement.kind !== "query") throw new Error(`${text} is no query`);
  return statement;
}

describe("what SQLite is given", () => {
  test.each([
    ["SELECT * FROM aws.sqs.queues", 'SELECT * FROM "aws.sqs.queues"'],
    ['select 1 from AWS . Sqs\n. "Queues" q', 'select 1 from "aws.sqs.queues" q'],
    ["SELECT aws.sqs.queues.arn FROM aws.sqs.queues", 'SELECT "aws.sqs.queues".arn FROM "aws.sqs.queues"'],
    ["SELECT queues.arn FROM aws.sqs.queues", 'SELECT "aws.sqs.queues".arn FROM "aws.sqs.queues"'],
    ["SELECT queues.arn FROM aws.sqs.queues queues", 'SELECT queues.arn FROM "aws.sqs.queues" queues'],
    ["SELECT id FROM state.entries -- aws.sqs.queues", 'SELECT id FROM "state.entries"'],
    [
      "SELECT 'aws.sqs.queues' /* aws.a.b */ FROM \"AWS::SQS::Queue\"",
      "SELECT 'aws.sqs.queues' /* aws.a.b */ FROM \"AWS::SQS::Queue\"",
    ],
    ["DELETE FROM aws.sqs.queues WHERE 1 RETURNING arn;", 'DELETE FROM "aws.sqs.queues" WHERE 1 '],
  ])("%s", (given, text) => {
    expect(query(given).text).toBe(text);
  });

  test("keeps every place of the statement, so that a failure can be told where it stands", () => {
    const given = "SELECT aws.sqs.queues.arn, x FROM aws.sqs.queues WHERE y";
    const { text, placeOf } = query(given);
    for (const word of [", x", "FROM", "WHERE", "y"])
      expect(placeOf(text.indexOf(word))).toBe(given.indexOf(word));
  });

  test("is parted without a loss, whatever it is", () => {
    const piece = fc.constantFrom(
      "'",
      '"',
      "`",
      "[",
      "]",
      "--",
      "/*",
      "*/",
      "a",
      "aws.",
      "\n",
      " ",
      "1",
      "?",
      "(",
      "ä",
      "''",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((parts) => parts.join("")),
        ),
        (text) => {
          expect(
            tokensOf(text)
              .map((token) => token.text)
              .join(""),
          ).toBe(text);
        },
      ),
    );
  });
});

describe("a write", () => {
  test.each([
    [
      "INSERT INTO aws.sqs.queues (queue_name) VALUES ('a') RETURNING arn",
      { verb: "insert", alias: undefined, returning: " arn" },
    ],
    [
      "INSERT INTO aws.sqs.queues AS q (queue_name) SELECT 1",
      { verb: "insert", alias: "q", returning: undefined },
    ],
    ["UPDATE aws.sqs.queues AS q SET a = 1 WHERE b", { verb: "update", alias: "q", hasWhere: true }],
    [
      "UPDATE aws.sqs.queues SET a = (SELECT 1 WHERE 1)",
      { verb: "update", alias: undefined, hasWhere: false },
    ],
    ["WITH x AS (SELECT 1 WHERE 1) DELETE FROM aws.sqs.queues", { verb: "delete", hasWhere: false }],
    [
      'DELETE FROM "AWS::SQS::Queue" q WHERE 1',
      { verb: "delete", alias: "q", name: "AWS::SQS::Queue", hasWhere: true },
    ],
  ])("%s", (text, target) => {
    expect(query(text).target).toMatchObject(target);
  });

  test("is none that only reads", () => {
    expect(query("WITH x AS (SELECT 1) SELECT * FROM x").target).toBeUndefined();
  });
});
