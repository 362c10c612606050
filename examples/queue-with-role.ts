// A queue whose failures go to a second queue, and a role that may read it.
//   npx tsx examples/queue-with-role.ts
import AWS, { app } from "await-aws";

const work = await app("queue-with-role");

const failures = await AWS.SQS.Queue("failures", {
  QueueName: "orders-failures",
  MessageRetentionPeriod: 14 * 24 * 3600,
});
const orders = await AWS.SQS.Queue("orders", {
  QueueName: "orders",
  VisibilityTimeout: 60,
  RedrivePolicy: { deadLetterTargetArn: failures.Arn, maxReceiveCount: 3 },
});

const worker = await AWS.IAM.Role("worker", {
  RoleName: "orders-worker",
  AssumeRolePolicyDocument: {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
    ],
  },
  Policies: [
    {
      PolicyName: "read-orders",
      PolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
            Resource: orders.Arn,
          },
        ],
      },
    },
  ],
});

await work.finalize();

console.log(`${orders.QueueUrl} is read by ${worker.Arn}`);
