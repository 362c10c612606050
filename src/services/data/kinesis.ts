import { belowParent } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/ */
export const kinesis: Notes = {
  // ListStreamConsumers asks for the stream; the schema is silent on it.
  "AWS::Kinesis::StreamConsumer": {
    naturalKeys: [belowParent("StreamARN", "StreamARN", "ConsumerName")],
    listNeeds: ["StreamARN"],
  },
};
