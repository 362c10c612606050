import { loadSqlite } from "../../src/sql/engine/sqlite.ts";
import { queuesOf, readMany } from "../support/sql/many.ts";

// What a query of 10,000 rows takes beyond its calls, which answer at once here, as a ratio to the floor: the same rows
// put into a table of SQLite's own and read from it. `npx tsx test/bench/sql.ts`
const count = 10_000;
const models = queuesOf(count);
const names = Object.keys(models[0] ?? {});

async function ask(text: string): Promise<number> {
  const reading = await readMany(text, models);
  const { rows } = await reading.settle();
  await reading.close();
  return rows.length;
}

async function floor(): Promise<number> {
  const { oo1 } = await loadSqlite();
  const db = new oo1.DB(":memory:");
  db.exec(`CREATE TABLE queues (${names.join(", ")})`);
  db.exec("BEGIN");
  const insert = db.prepare(`INSERT INTO queues VALUES (${names.map(() => "?").join(", ")})`);
  for (const model of models) {
    const cells = names.map((name) => {
      const value = model[name];
      return typeof value === "object" ? JSON.stringify(value) : value;
    });
    insert.bind(cells);
    insert.step();
    insert.reset();
  }
  insert.finalize();
  db.exec("COMMIT");
  const asked = db.prepare("SELECT * FROM queues");
  const rows: unknown[] = [];
  while (asked.step()) rows.push(names.map((_, n) => asked.get(n)));
  asked.finalize();
  db.close();
  return rows.length;
}

async function timed(what: () => Promise<number>): Promise<number> {
  await what();
  const begun = performance.now();
  if ((await what()) === 0) throw new Error("it answered nothing");
  return performance.now() - begun;
}

const least = await timed(floor);
console.log(`floor: ${count} rows in a table of SQLite's own: ${Math.round(least)} ms`);
for (const text of [
  `SELECT ${"queue_url queue_name arn delay_seconds message_retention_period tags".split(" ").join(", ")} FROM aws.sqs.queues`,
  "SELECT * FROM aws.sqs.queues",
  "SELECT queue_name FROM aws.sqs.queues WHERE delay_seconds > 5 ORDER BY queue_name LIMIT 20",
  "SELECT tag.value ->> 'Value' team, count(*) FROM aws.sqs.queues, json_each(tags) tag GROUP BY team",
  "SELECT count(*) FROM aws.sqs.queues a JOIN aws.sqs.queues b ON a.queue_name = b.queue_name",
]) {
  const ms = await timed(() => ask(text));
  console.log(`${(ms / least).toFixed(1)} × the floor, ${Math.round(ms)} ms: ${text}`);
}
