import type { Props } from "../../../src/json.ts";
import type { OpenedType } from "../../../src/resource/direct/table.ts";
import { bundledFacts } from "../../../src/schema/bundled.ts";
import { type Reading, type ReadingOptions, openReading } from "../../../src/sql/reading.ts";
import { readStatement } from "../../../src/sql/language/statement.ts";
import { memoryStore } from "../../../src/state/memory.ts";

const type = "AWS::SQS::Queue";

/** The models of so many queues. */
export const queuesOf = (count: number): readonly Props[] =>
  Array.from({ length: count }, (_, i) => ({
    QueueUrl: `https://sqs.us-east-1.amazonaws.com/123456789012/q${i}`,
    QueueName: `q${i}`,
    Arn: `arn:aws:sqs:us-east-1:123456789012:q${i}`,
    DelaySeconds: i % 900,
    MessageRetentionPeriod: 345_600,
    Tags: [{ Key: "team", Value: `t${i % 7}` }],
  }));

/** Reads queues that are there at once, without a call; `onItem` is told of each that the list hands out. */
export async function readMany(
  text: string,
  models: readonly Props[],
  { onItem = () => undefined, ...options }: ReadingOptions & { readonly onItem?: () => void } = {},
): Promise<Reading> {
  const query = readStatement(text);
  if (query.kind !== "query") throw new Error(`${text} is no query`);
  const queues: OpenedType = {
    type,
    home: { region: "us-east-1", partition: "aws" },
    facts: bundledFacts(type) ?? {},
    note: undefined,
    isListed: true,
    async *list() {
      for (const live of models) {
        onItem();
        yield { identifier: String(live["QueueUrl"]), live };
      }
    },
    read: (identifier) =>
      Promise.resolve({ identifier, live: models[Number(identifier.split("/q")[1])] ?? {} }),
    isRecordedBy: () => false,
  };
  const known = { facts: queues.facts, note: undefined, here: queues };
  const world = {
    store: memoryStore(),
    open: () => Promise.resolve(queues),
    know: () => Promise.resolve(known),
  };
  return openReading(query, [], world, options);
}
