import type { Props } from "../../json.ts";
import { type Behaviours, changeProperty, plain } from "./behaviour.ts";
import { asObject } from "./policy-document.ts";

function refuseName({ QueueName: name, FifoQueue: fifo }: Props): string | undefined {
  const endsInFifo = plain(name).endsWith(".fifo");
  if (fifo === true && !endsInFifo) return "The name of a FIFO queue can only end with the .fifo suffix";
  return fifo !== true && endsInFifo
    ? "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length"
    : undefined;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
export const sqs: Behaviours = {
  "AWS::SQS::Queue": {
    defaults: ({ FifoQueue: fifo, KmsMasterKeyId: key }) => ({
      QueueName: fifo === true ? "{mixed:21}.fifo" : "{mixed:21}",
      DelaySeconds: 0,
      MaximumMessageSize: 1_048_576,
      MessageRetentionPeriod: 345_600,
      ReceiveMessageWaitTimeSeconds: 0,
      VisibilityTimeout: 30,
      ...(key === undefined ? { SqsManagedSseEnabled: true } : { KmsDataKeyReusePeriodSeconds: 300 }),
      ...(fifo === true && {
        ContentBasedDeduplication: false,
        DeduplicationScope: "queue",
        FifoThroughputLimit: "perQueue",
      }),
    }),
    // The URL follows from the name, so that a second queue of the same name collides with the first.
    made: {
      QueueUrl: "https://sqs.{region}.amazonaws.com/{account}/{QueueName}",
      Arn: "arn:aws:sqs:{region}:{account}:{QueueName}",
    },
    rules: [
      {
        path: "/QueueName",
        pattern: /^(?=.{1,80}$)[\w-]+(\.fifo)?$/,
        message: "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
      },
    ],
    refuse: refuseName,
    keep: (model) =>
      changeProperty(changeProperty(model, "RedrivePolicy", asObject), "RedriveAllowPolicy", asObject),
  },
};
