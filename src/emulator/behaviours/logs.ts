import { type Behaviours, plain } from "./behaviour.ts";

const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/ */
export const logs: Behaviours = {
  "AWS::Logs::LogGroup": {
    defaults: { LogGroupName: "{mixed:21}", LogGroupClass: "STANDARD" },
    made: { Arn: "arn:aws:logs:{region}:{account}:log-group:{LogGroupName}:*" },
    rules: [
      {
        path: "/LogGroupName",
        pattern: /^[.\-_/#A-Za-z0-9]{1,512}$/,
        message:
          "1 validation error detected: Value at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+",
      },
    ],
    refuse: ({ RetentionInDays: days }) =>
      days === undefined || (typeof days === "number" && retentions.includes(days))
        ? undefined
        : `1 validation error detected: Value '${plain(days)}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${retentions.join(", ")}]`,
  },
};
