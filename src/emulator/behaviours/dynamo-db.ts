import { type Json, type Props, isList, isProps } from "../../json.ts";
import type { Behaviours } from "./behaviour.ts";

const invalidParameters = "One or more parameter values were invalid:";

const namesIn = (list: Json | undefined): Json[] =>
  isList(list) ? list.filter(isProps).map((item) => item["AttributeName"] ?? "") : [];

function refuse(model: Props): string | undefined {
  const defined = namesIn(model["AttributeDefinitions"]);
  if (namesIn(model["KeySchema"]).some((name) => !defined.includes(name))) {
    return `${invalidParameters} Some index key attributes are not defined in AttributeDefinitions.`;
  }
  return model["BillingMode"] === "PROVISIONED" && model["ProvisionedThroughput"] === undefined
    ? `${invalidParameters} ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED`
    : undefined;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html */
export const dynamoDb: Behaviours = {
  "AWS::DynamoDB::Table": {
    writeOnly: ["/ImportSourceSpecification"],
    defaults: ({ BillingMode: billing }) => ({
      TableName: "{mixed:21}",
      BillingMode: "PROVISIONED",
      ContributorInsightsSpecification: { Enabled: false },
      DeletionProtectionEnabled: false,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false },
      ...(billing === "PAY_PER_REQUEST" && {
        WarmThroughput: { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 4000 },
      }),
    }),
    made: ({ StreamSpecification: stream }) => ({
      Arn: "arn:aws:dynamodb:{region}:{account}:table/{TableName}",
      ...(stream !== undefined && {
        StreamArn: "arn:aws:dynamodb:{region}:{account}:table/{TableName}/stream/{now}",
      }),
    }),
    notUpdatable: ["/KeySchema"],
    protection: {
      property: "DeletionProtectionEnabled",
      message:
        "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.",
    },
    rules: [
      {
        path: "/TableName",
        pattern: /^[A-Za-z0-9_.-]{3,255}$/,
        message: `${invalidParameters} TableName must be at least 3 characters long and at most 255 characters long`,
      },
    ],
    refuse,
  },
};
