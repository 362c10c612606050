import { describe, expect, test } from "vitest";
import { UsageError, isResourceError } from "../../src/errors.ts";
import { sql } from "../../src/sql/index.ts";
import { type Account, account, putApis } from "../support/sql/account.ts";

/** What a statement is refused with, and that nothing was written. */
async function refusal(one: Account, text: string): Promise<string> {
  const before = JSON.stringify(one.emulator.resources());
  const error: unknown = await one.ask(text).then(
    (rows) => new Error(`it answered ${JSON.stringify(rows)}`),
    (thrown: unknown) => thrown,
  );
  expect(JSON.stringify(one.emulator.resources())).toBe(before);
  if (isResourceError(error)) return `${error.code}: ${error.what}. ${error.advice}`;
  throw error;
}

const cases: readonly (readonly [what: string, text: string, said: RegExp])[] = [
  [
    "a syntax error",
    "SELECT queue_name FROM aws.sqs.queues WHERE = 1",
    /^VALIDATION: near "=": syntax error, at line 1, column 45/,
  ],
  [
    "a syntax error on another line",
    "SELECT queue_name\nFROM aws.sqs.queues\nWHER queue_name = 'ä'",
    /syntax error, at line 3, column 6/,
  ],
  [
    "a statement that is cut off",
    "SELECT queue_name FROM aws.sqs.queues WHERE",
    /^VALIDATION: the statement ends before it is whole, at line 1, column 44/,
  ],
  [
    "an opening quote without its end",
    "SELECT 'a FROM aws.sqs.queues",
    /^VALIDATION: a ' opens and never ends, at line 1, column 8/,
  ],
  ["no statement", "  -- nothing", /^VALIDATION: the statement is empty/],
  [
    "two statements",
    "SELECT 1; DELETE FROM aws.sqs.queues WHERE 1",
    /^VALIDATION: one statement at a time.* column 11/,
  ],
  ["a verb that is none", "DROP TABLE aws.sqs.queues", /^VALIDATION: a statement does not begin with "DROP"/],
  ["a pragma", "PRAGMA table_list", /^VALIDATION/],
  ["an attachment", "ATTACH 'x.db' AS x", /^VALIDATION/],
  [
    "an unknown table",
    "SELECT 1 FROM aws.sqs.quees",
    /^VALIDATION: there is no table aws.sqs.quees, at line 1, column 15. Did you mean aws.sqs.queues\?/,
  ],
  [
    "an unknown service",
    "SELECT 1 FROM aws.sqss.queues",
    /^VALIDATION: there is no table aws.sqss.queues.*Did you mean aws.sqs.queues\?/,
  ],
  [
    "a table without its service",
    "SELECT 1 FROM state_machines",
    /^VALIDATION: there is no table state_machines.*aws.stepfunctions.state_machines/,
  ],
  ["a service for a table", "SELECT 1 FROM aws.sqs", /^VALIDATION: there is no table/],
  ["an unknown type", 'SELECT 1 FROM "AWS::SQS::Quee"', /^UNSUPPORTED_TYPE.*Did you mean AWS::SQS::Queue\?/],
  [
    "an unknown column",
    "SELECT queue_nme FROM aws.sqs.queues",
    /^VALIDATION: there is no column queue_nme, at line 1, column 8. Did you mean queue_name\?/,
  ],
  [
    "an unknown column of an alias",
    "SELECT q.delay FROM aws.sqs.queues q WHERE q.dely_seconds = 1",
    /^VALIDATION: there is no column q\.de?lay/,
  ],
  [
    "an unknown column that is set",
    "UPDATE aws.sqs.queues SET delay_second = 1 WHERE queue_name = 'a'",
    /^VALIDATION: there is no column delay_second.* Did you mean delay_seconds\?/,
  ],
  [
    "an unknown column that is inserted",
    "INSERT INTO aws.sqs.queues (queue_nam) VALUES ('x')",
    /^VALIDATION.*Did you mean queue_name\?/,
  ],
  [
    "a list without its parent",
    "SELECT 1 FROM aws.apigatewayv2.integrations",
    /^VALIDATION: .*aws.apigatewayv2.integrations by api_id/,
  ],
  [
    "a list without one of its parents",
    "SELECT 1 FROM aws.apigatewayv2.integration_responses WHERE api_id = 'x'",
    /by api_id and integration_id/,
  ],
  [
    "the one without its identifier",
    "SELECT 1 FROM aws.sqs.queue",
    /^VALIDATION: .*aws.sqs.queue by data__Identifier = '…', or queue_url/,
  ],
  [
    "an identifier of the wrong form",
    "SELECT 1 FROM aws.apigatewayv2.integration_response WHERE data__Identifier = 'a|b'",
    /^VALIDATION.*ApiId\|IntegrationId\|IntegrationResponseId/,
  ],
  [
    "a type that cannot be listed",
    "SELECT 1 FROM aws.apigateway.methods",
    /^UNSUPPORTED_TYPE: Cloud Control has no list/,
  ],
  [
    "a region that there is not",
    "SELECT queue_url FROM aws.sqs.queues WHERE region = 'us-esat-1'",
    /^VALIDATION: there is no region "us-esat-1". Did you mean us-east-1\?/,
  ],
  [
    "a region that there is not, to insert into",
    "INSERT INTO aws.sqs.queues (queue_name, region) VALUES ('x', 'mars-1')",
    /^VALIDATION: there is no region "mars-1"/,
  ],
  ["DELETE without WHERE", "DELETE FROM aws.sqs.queues", /^VALIDATION: DELETE without WHERE/],
  [
    "DELETE whose WHERE is another's",
    "DELETE FROM aws.sqs.queues RETURNING (SELECT 1 WHERE 1)",
    /^VALIDATION: DELETE without WHERE/,
  ],
  [
    "UPDATE without WHERE",
    "UPDATE aws.sqs.queues SET delay_seconds = 1",
    /^VALIDATION: UPDATE without WHERE/,
  ],
  [
    "a patch that is no JSON",
    "UPDATE aws.sqs.queues SET data__PatchDocument = '[' WHERE queue_name = 'a'",
    /^VALIDATION: data__PatchDocument is no JSON/,
  ],
  [
    "a patch that is no list",
    "UPDATE aws.sqs.queues SET data__PatchDocument = '{}' WHERE queue_name = 'a'",
    /^VALIDATION: a patch is a list of operations/,
  ],
  [
    "a patch of no operation",
    'UPDATE aws.sqs.queues SET data__PatchDocument = \'[{"op":"set","path":"/DelaySeconds"}]\' WHERE queue_name = \'a\'',
    /^VALIDATION: operation 0 .*has no op of/,
  ],
  [
    "a patch that leads nowhere",
    'UPDATE aws.sqs.queues SET data__PatchDocument = \'[{"op":"replace","path":"/Nowhere/1","value":1}]\' WHERE queue_name = \'a\'',
    /^VALIDATION: operation 0 .*does not fit what is there/,
  ],
  [
    "a patch of what cannot be changed",
    'UPDATE aws.sqs.queues SET data__PatchDocument = \'[{"op":"replace","path":"/QueueUrl","value":"x"}]\' WHERE queue_name = \'a\'',
    /^VALIDATION: operation 0 writes \/QueueUrl, which cannot be changed/,
  ],
  [
    "a patch beside a column",
    "UPDATE aws.sqs.queues SET data__PatchDocument = '[]', delay_seconds = 1 WHERE queue_name = 'a'",
    /^VALIDATION: data__PatchDocument is all/,
  ],
  [
    "a column that AWS sets",
    "UPDATE aws.sqs.queues SET arn = 'x' WHERE queue_name = 'a'",
    /^VALIDATION: arn cannot be set/,
  ],
  [
    "a region that is set",
    "UPDATE aws.sqs.queues SET region = 'eu-west-1' WHERE queue_name = 'a'",
    /^VALIDATION: region cannot be set/,
  ],
  [
    "a value of the wrong kind",
    "UPDATE aws.sqs.queues SET delay_seconds = 'soon' WHERE queue_name = 'a'",
    /^VALIDATION: \/DelaySeconds/,
  ],
  [
    "a row without what is required",
    "INSERT INTO aws.apigatewayv2.integration_responses (api_id) VALUES ('x')",
    /^VALIDATION: .*IntegrationId/,
  ],
  [
    "one bad row among good ones",
    "INSERT INTO aws.sqs.queues (queue_name, delay_seconds) VALUES ('c', 1), ('d', 'soon')",
    /^VALIDATION: \/DelaySeconds/,
  ],
  [
    "RETURNING of what there is not",
    "INSERT INTO aws.sqs.queues (queue_name) VALUES ('c') RETURNING urll",
    /^VALIDATION: there is no column urll/,
  ],
  [
    "a write to what is recorded",
    "DELETE FROM state.entries WHERE id = 'a'",
    /^VALIDATION: what is recorded is not written to/,
  ],
  [
    "a place without a value",
    "SELECT 1 FROM aws.sqs.queues WHERE queue_name = ?",
    /^VALIDATION: the statement has a place for a value.*column 49/,
  ],
  ["SHOW of what there is not", "SHOW TABLES", /^VALIDATION: SHOW shows SERVICES/],
  [
    "a service that there is not",
    "SHOW RESOURCES IN aws.sqqs",
    /^VALIDATION: there is no service sqqs.* Did you mean aws.sqs\?/,
  ],
  [
    "DESCRIBE of what there is not",
    "DESCRIBE aws.sqs.quees",
    /^VALIDATION: there is no table aws.sqs.quees.*aws.sqs.queues/,
  ],
  [
    "a function of the wrong arity",
    "SELECT substr() FROM aws.sqs.queues",
    /^VALIDATION: wrong number of arguments/,
  ],
];

describe("what cannot be right is refused with a code, and nothing is written", () => {
  test.each(cases)("%s", async (_, text, said) => {
    const one = await account();
    one.emulator.put("AWS::SQS::Queue", { QueueName: "a" });
    expect(await refusal(one, text)).toMatch(said);
  });
});

describe("values", () => {
  test.each(["it's", "a' OR 1=1 --", '"; DELETE FROM "aws.sqs.queues"', "?1", "ä\u0000b", "$1"])(
    "are bound as text whatever they hold: %j",
    async (name) => {
      const one = await account();
      one.emulator.put("AWS::SQS::Queue", { QueueName: "a" });
      expect(await one.ask("SELECT queue_name FROM aws.sqs.queues WHERE queue_name = $1", [name])).toEqual(
        [],
      );
      expect(await one.ask("SELECT $1 AS v", [name])).toEqual([
        { v: name.includes("\u0000") ? expect.any(String) : name },
      ]);
      expect(one.emulator.resources()).toHaveLength(1);
    },
  );

  test("are what they are: lists for IN, numbers, booleans, null, objects as JSON", async () => {
    const one = await account();
    expect(
      await one.ask(
        "SELECT 2 IN ($1) AS a, 2 IN ($2) AS b, $3 IS NULL AS c, $4 AS d, $5 ->> 'k' AS e, $6 AS f",
        [[1, 2], [], null, true, { k: "v" }, 2n ** 40n],
      ),
    ).toEqual([{ a: 1, b: 0, c: 1, d: 1, e: "v", f: 2 ** 40 }]);
  });

  test("within quotes are refused, and so is what is no value or no tag", async () => {
    await expect(sql`SELECT '${"a"}'`).rejects.toMatchObject({ code: "VALIDATION" });
    // @ts-expect-error: a function is no value
    await expect(sql`SELECT ${() => 1}`).rejects.toThrow(UsageError);
    // @ts-expect-error: a text is no tag
    await expect(sql("SELECT 1")).rejects.toThrow(/sql is a tag/);
    // @ts-expect-error: an option that does not exist
    expect(() => sql.with({ regoin: "us-east-1" })).toThrow(/did you mean region/);
  });
});

test("a list below what is not there is empty, as in any table", async () => {
  const one = await account();
  putApis(one, [1, 1, 1]);
  expect(await one.ask("SELECT 1 FROM aws.apigatewayv2.integrations WHERE api_id = 'nowhere'")).toEqual([]);
  expect(await one.ask("SELECT 1 FROM aws.sqs.queue WHERE data__Identifier = 'nowhere'")).toEqual([]);
});
