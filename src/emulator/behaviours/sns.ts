import { type Behaviours, plain } from "./behaviour.ts";

/** https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
export const sns: Behaviours = {
  "AWS::SNS::Topic": {
    defaults: ({ FifoTopic: fifo }) => ({
      TopicName: fifo === true ? "{mixed:21}.fifo" : "{mixed:21}",
      ...(fifo === true && { ContentBasedDeduplication: false, FifoThroughputScope: "Topic" }),
    }),
    // The ARN follows from the name, so that a second topic of the same name collides with the first.
    made: { TopicArn: "arn:aws:sns:{region}:{account}:{TopicName}" },
    rules: [
      {
        path: "/TopicName",
        pattern: /^[\w-]{1,256}(\.fifo)?$/,
        message: "Invalid parameter: Topic Name",
      },
    ],
    refuse: ({ TopicName: name, FifoTopic: fifo }) =>
      plain(name).endsWith(".fifo") === (fifo === true) ? undefined : "Invalid parameter: Topic Name",
  },
};
