import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { startEmulator } from "../../src/emulator/index.ts";
import type { Props } from "../../src/json.ts";
import { type Row, openStatement } from "../../src/sql/engine/database.ts";
import { loadSqlite } from "../../src/sql/engine/sqlite.ts";
import { type Account, accountIn } from "../support/sql/account.ts";
import { cloudAt } from "../support/run.ts";

let one: Account;
let rows: readonly Props[];

beforeAll(async () => {
  const emulator = await startEmulator({ operationMs: 1 });
  one = accountIn(cloudAt(emulator));
  for (let i = 0; i < 30; i++) {
    emulator.put("AWS::SQS::Queue", {
      QueueName: `q${(i * 7) % 30}`,
      DelaySeconds: (i * i) % 7,
      VisibilityTimeout: i % 5 === 0 ? 60 : 30,
      ...(i % 3 === 0 && { KmsMasterKeyId: `alias/${i % 4}` }),
    });
  }
  rows = emulator.resources().map(({ Properties }) => Properties);
  return () => emulator.close();
});

const columns = {
  queue_name: "QueueName",
  delay_seconds: "DelaySeconds",
  visibility_timeout: "VisibilityTimeout",
  kms_master_key_id: "KmsMasterKeyId",
} as const;

/** The same rows in a table of SQLite's own. */
async function inSqlite(text: string): Promise<readonly unknown[][]> {
  const sqlite = await loadSqlite();
  const db = new sqlite.oo1.DB(":memory:");
  db.exec(
    "CREATE TABLE queues (queue_name TEXT, delay_seconds INTEGER, visibility_timeout INTEGER, kms_master_key_id TEXT)",
  );
  for (const row of rows) {
    const insert = db.prepare("INSERT INTO queues VALUES (?, ?, ?, ?)");
    insert.bind(Object.values(columns).map((name) => row[name] ?? null));
    insert.step();
    insert.finalize();
  }
  const asked = db.prepare(text.replaceAll("aws.sqs.queues", "queues"));
  const answer: unknown[][] = [];
  while (asked.step()) answer.push(Array.from({ length: asked.columnCount }, (_, n) => asked.get(n)));
  asked.finalize();
  db.close();
  return answer;
}

const column = fc.constantFrom(...Object.keys(columns));
const number = fc.constantFrom("delay_seconds", "visibility_timeout");
const scalar = fc.oneof(
  fc.integer({ min: 0, max: 7 }).map(String),
  fc.constantFrom("'q3'", "'q21'", "'alias/0'", "30", "NULL", "'5'"),
);
const operator = fc.constantFrom("=", "<>", "<", ">=", "IS", "IS NOT", "LIKE", "GLOB");
const { condition } = fc.letrec<{ condition: string; leaf: string }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 2 },
    tie("leaf"),
    fc
      .tuple(tie("condition"), fc.constantFrom("AND", "OR"), tie("condition"))
      .map(([a, o, b]) => `(${a} ${o} ${b})`),
    tie("condition").map((a) => `NOT (${a})`),
  ),
  leaf: fc.oneof(
    fc.tuple(column, operator, scalar).map((parts) => parts.join(" ")),
    fc
      .tuple(column, fc.array(scalar, { minLength: 1, maxLength: 3 }))
      .map(([c, list]) => `${c} IN (${list.join(", ")})`),
    fc
      .tuple(number, fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 60 }))
      .map(([c, a, b]) => `${c} BETWEEN ${a} AND ${b}`),
    fc.tuple(column, column).map(([a, b]) => `${a} = ${b}`),
    column.map((c) => `${c} IS NULL`),
    fc
      .tuple(number, column)
      .map(([n, c]) => `${n} = (SELECT max(${n}) FROM aws.sqs.queues WHERE ${c} IS NOT NULL)`),
  ),
}));
const joined = (on: string, of: string): string =>
  `FROM aws.sqs.queues a ${of} aws.sqs.queues b ON a.${on} = b.${on} AND a.queue_name < b.queue_name`;
const query = fc.oneof(
  fc
    .tuple(fc.uniqueArray(column, { minLength: 1 }), condition)
    .map(([c, w]) => `SELECT ${c.join(", ")} FROM aws.sqs.queues WHERE ${w} ORDER BY queue_name`),
  fc
    .tuple(column, number, condition)
    .map(
      ([c, n, w]) =>
        `SELECT ${c}, count(*), sum(${n}), min(queue_name) FROM aws.sqs.queues WHERE ${w} GROUP BY 1 ORDER BY 1`,
    ),
  fc
    .tuple(column, fc.constantFrom("JOIN", "LEFT JOIN"))
    .map(([c, j]) => `SELECT a.queue_name, b.queue_name, b.delay_seconds ${joined(c, j)} ORDER BY 1, 2`),
  fc
    .tuple(number, condition)
    .map(
      ([n, w]) =>
        `SELECT queue_name, rank() OVER (PARTITION BY visibility_timeout ORDER BY ${n}) FROM aws.sqs.queues WHERE ${w} ORDER BY queue_name`,
    ),
  fc
    .tuple(condition, condition, fc.constantFrom("UNION", "UNION ALL", "EXCEPT", "INTERSECT"))
    .map(
      ([a, b, s]) =>
        `SELECT queue_name FROM aws.sqs.queues WHERE ${a} ${s} SELECT queue_name FROM aws.sqs.queues WHERE ${b} ORDER BY 1`,
    ),
  fc
    .tuple(condition, fc.nat({ max: 9 }), fc.nat({ max: 9 }))
    .map(
      ([w, l, o]) =>
        `SELECT queue_name, delay_seconds FROM aws.sqs.queues WHERE ${w} ORDER BY 1 LIMIT ${l} OFFSET ${o}`,
    ),
);

test(
  "whatever is asked of live rows is answered as SQLite answers of the same rows in a table",
  { timeout: 60_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(query, async (text) => {
        const answer = (await one.ask(text)).map((row: Row) => Object.values(row));
        expect(answer).toEqual(await inSqlite(text));
      }),
      { numRuns: 40 },
    );
  },
);

test("SQLite itself is asked for what has no table at all", async () => {
  const statement = await openStatement({ text: "SELECT 1 + ?", values: [2], tables: [], isUpdate: false });
  const answer: Row[] = [];
  statement.run(
    (row) => answer.push(row),
    () => true,
  );
  statement.close();
  expect(answer.map((row) => Object.values(row))).toEqual([[3]]);
});
