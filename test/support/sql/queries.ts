/** Queries of the account that `test/sql/queries.test.ts` fills, and the values of the rows that each answers with. */
export const queries: readonly (readonly [query: string, rows: readonly (readonly unknown[])[]])[] = [
  // Columns and rows.
  ["SELECT count(*) FROM aws.sqs.queues", [[13]]],
  ["SELECT queue_name FROM aws.sqs.queues WHERE delay_seconds = 7", [["q01"], ["q11"]]],
  ["SELECT queue_name FROM AWS.SQS.Queues WHERE queue_name = 'q03'", [["q03"]]],
  ['SELECT "QueueName" FROM "AWS::SQS::Queue" WHERE "DelaySeconds" > 8', [["orders"], ["q07"]].toReversed()],
  ["SELECT queues.queue_name FROM aws.sqs.queues WHERE aws.sqs.queues.delay_seconds = 4", [["q02"]]],
  ["SELECT region, queue_name FROM aws.sqs.queues WHERE region = 'eu-west-1'", [["eu-west-1", "far"]]],
  [
    "SELECT region, count(*) FROM aws.sqs.queues WHERE region IN ('us-east-1', 'eu-west-1') GROUP BY 1 ORDER BY 1",
    [
      ["eu-west-1", 1],
      ["us-east-1", 13],
    ],
  ],
  [
    "SELECT queue_name FROM aws.sqs.queues ORDER BY delay_seconds DESC, queue_name LIMIT 3",
    [["orders"], ["q07"], ["q04"]],
  ],
  ["SELECT queue_name FROM aws.sqs.queues ORDER BY queue_name LIMIT 2 OFFSET 3", [["q02"], ["q03"]]],
  ["SELECT DISTINCT kms_master_key_id FROM aws.sqs.queues ORDER BY 1", [[null], ["alias/k"]]],
  [
    "SELECT queue_name FROM aws.sqs.queues WHERE kms_master_key_id IS NOT NULL ORDER BY 1",
    [["q00"], ["q04"], ["q08"]],
  ],
  // Operators of SQLite's own.
  ["SELECT queue_name FROM aws.sqs.queues WHERE queue_name GLOB 'q1*' ORDER BY 1", [["q10"], ["q11"]]],
  [
    "SELECT queue_name FROM aws.sqs.queues WHERE queue_name LIKE 'Q0_' AND delay_seconds BETWEEN 1 AND 2",
    [["q03"], ["q06"]],
  ],
  ["SELECT queue_name FROM aws.sqs.queues WHERE queue_name = 'Q05' COLLATE NOCASE", [["q05"]]],
  [
    "SELECT queue_name FROM aws.sqs.queues WHERE kms_master_key_id IS 'alias/k' ORDER BY 1 LIMIT 1",
    [["q00"]],
  ],
  [
    "SELECT queue_name FROM aws.sqs.queues WHERE kms_master_key_id IS NOT DISTINCT FROM 'alias/k' ORDER BY 1 DESC LIMIT 1",
    [["q08"]],
  ],
  ["SELECT queue_name FROM aws.sqs.queues WHERE delay_seconds == '4'", [["q02"]]],
  [
    "SELECT iif(delay_seconds > 5, 'slow', 'fast') s, count(*) FROM aws.sqs.queues GROUP BY s ORDER BY s",
    [
      ["fast", 7],
      ["slow", 6],
    ],
  ],
  [
    "SELECT CASE WHEN queue_name < 'q' THEN 1 ELSE 0 END c, count(*) FROM aws.sqs.queues GROUP BY c ORDER BY c",
    [
      [0, 12],
      [1, 1],
    ],
  ],
  ["SELECT upper(queue_name) || '!' FROM aws.sqs.queues WHERE queue_name = 'q01'", [["Q01!"]]],
  [
    "SELECT queue_name FROM aws.sqs.queues WHERE (queue_name, delay_seconds) IN (VALUES ('q01', 7), ('q02', 9))",
    [["q01"]],
  ],
  // Aggregates, windows, WITH.
  [
    "SELECT min(delay_seconds), max(delay_seconds), sum(delay_seconds), avg(delay_seconds) FROM aws.sqs.queues WHERE NOT managed",
    [[0, 9, 52, 52 / 12]],
  ],
  [
    "SELECT count(*) FILTER (WHERE delay_seconds > 5), group_concat(queue_name, '+') FILTER (WHERE delay_seconds = 7) FROM aws.sqs.queues",
    [[6, "q01+q11"]],
  ],
  ["SELECT delay_seconds % 2 d, count(*) n FROM aws.sqs.queues GROUP BY d HAVING n > 6", [[0, 7]]],
  [
    "SELECT queue_name, rank() OVER (ORDER BY delay_seconds DESC) r FROM aws.sqs.queues ORDER BY r LIMIT 2",
    [
      ["orders", 1],
      ["q07", 2],
    ],
  ],
  [
    "SELECT queue_name, sum(delay_seconds) OVER (ORDER BY queue_name ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM aws.sqs.queues WHERE queue_name IN ('q00', 'q01', 'q02')",
    [
      ["q00", 0],
      ["q01", 7],
      ["q02", 11],
    ],
  ],
  [
    "SELECT queue_name, lag(queue_name) OVER w FROM aws.sqs.queues WINDOW w AS (ORDER BY queue_name) LIMIT 2",
    [
      ["orders", null],
      ["q00", "orders"],
    ],
  ],
  [
    "WITH slow AS (SELECT * FROM aws.sqs.queues WHERE delay_seconds > 6) SELECT count(*), min(queue_name) FROM slow",
    [[5, "orders"]],
  ],
  [
    "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT i, queue_name FROM n JOIN aws.sqs.queues ON queue_name = 'q0' || i ORDER BY i",
    [
      [0, "q00"],
      [1, "q01"],
      [2, "q02"],
      [3, "q03"],
    ],
  ],
  // JSON.
  [
    "SELECT queue_name, tags ->> '$[0].Value' FROM aws.sqs.queues WHERE queue_name IN ('q00', 'q01') ORDER BY 1",
    [
      ["q00", null],
      ["q01", "shop"],
    ],
  ],
  [
    "SELECT t.value ->> 'Value' team, count(*) FROM aws.sqs.queues, json_each(tags) t GROUP BY team ORDER BY team",
    [
      ["mail", 4],
      ["shop", 4],
    ],
  ],
  ["SELECT tags FROM aws.sqs.queues WHERE queue_name = 'q02'", [[[{ Key: "team", Value: "mail" }]]]],
  ["SELECT json_group_array(queue_name) FROM aws.sqs.queues WHERE delay_seconds = 7", [['["q01","q11"]']]],
  // Several tables, subqueries, sets.
  [
    "SELECT count(*) FROM aws.sqs.queues a JOIN aws.sqs.queues b ON a.delay_seconds = b.delay_seconds AND a.queue_name < b.queue_name",
    [[2]],
  ],
  [
    "SELECT a.queue_name, b.queue_name FROM aws.sqs.queues a JOIN aws.sqs.queues b USING (delay_seconds) WHERE a.queue_name < b.queue_name ORDER BY 1",
    [
      ["q00", "q10"],
      ["q01", "q11"],
    ],
  ],
  ["SELECT count(*) FROM aws.s3.buckets CROSS JOIN aws.sqs.queues", [[26]]],
  [
    "SELECT bucket_name, (SELECT count(*) FROM aws.sqs.queues q WHERE q.queue_name LIKE b.bucket_name || '%') FROM aws.s3.buckets b ORDER BY 1",
    [
      ["aaa", 0],
      ["bbb", 0],
    ],
  ],
  [
    "SELECT queue_name FROM aws.sqs.queues q WHERE delay_seconds = (SELECT max(delay_seconds) FROM aws.sqs.queues)",
    [["orders"]],
  ],
  [
    "SELECT bucket_name FROM aws.s3.buckets WHERE NOT EXISTS (SELECT 1 FROM aws.sqs.queues WHERE queue_name = bucket_name) ORDER BY 1",
    [["aaa"], ["bbb"]],
  ],
  [
    "SELECT bucket_name n FROM aws.s3.buckets UNION ALL SELECT queue_name FROM aws.sqs.queues WHERE managed ORDER BY n",
    [["aaa"], ["bbb"], ["orders"]],
  ],
  [
    "SELECT queue_name FROM aws.sqs.queues WHERE delay_seconds < 2 EXCEPT SELECT 'q10' ORDER BY 1",
    [["q00"], ["q03"]],
  ],
  [
    "SELECT queue_name FROM aws.sqs.queues FULL JOIN aws.s3.buckets ON bucket_name = queue_name WHERE bucket_name IS NOT NULL",
    [[null], [null]],
  ],
  // What is recorded.
  ["SELECT id, desired ->> 'DelaySeconds' FROM state.entries", [["orders", 900]]],
  [
    "SELECT e.app, q.delay_seconds FROM aws.sqs.queues q JOIN state.entries e ON e.identifier = q.data__Identifier",
    [["test", 900]],
  ],
  [
    "SELECT managed, count(*) FROM aws.sqs.queues GROUP BY managed ORDER BY managed",
    [
      [false, 12],
      [true, 1],
    ],
  ],
  [
    "VALUES (1, 'a'), (2, 'b')",
    [
      [1, "a"],
      [2, "b"],
    ],
  ],
];
