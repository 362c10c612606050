import { AWS } from "../../../src/aws/namespace.ts";

/** What a script may say differently in its second life. */
export interface Wording {
  /** Changes in place. */
  readonly words: string;
  /** Changes only by replacement. */
  readonly name: string;
}

/** How many resources the program declares. */
export const declaredCount = 12;

/** Declares 12 resources of 7 types; the four of API Gateway are named by the server and stand on one another. */
export async function twelve({ words, name }: Wording): Promise<void> {
  await Promise.all([gateway(words, name), plain(words, name)]);
}

async function gateway(words: string, name: string): Promise<void> {
  const [first, second] = await Promise.all(
    ["one", "two"].map((id) =>
      AWS.ApiGatewayV2.Api(`api ${id}`, {
        Name: id,
        Description: words,
        ProtocolType: "WEBSOCKET",
        RouteSelectionExpression: "$request.body.action",
      }),
    ),
  );
  // The parent is create-only: another name moves everything below to the other API.
  const parent = name === "a" ? first : second;
  if (!parent) throw new Error("no API");
  const integration = await AWS.ApiGatewayV2.Integration("integration", {
    ApiId: parent,
    IntegrationType: "MOCK",
    Description: words,
  });
  await Promise.all([
    ...["$default", "/4\\d\\d/"].map((key) =>
      AWS.ApiGatewayV2.IntegrationResponse(`response ${key}`, {
        ApiId: parent,
        IntegrationId: integration,
        IntegrationResponseKey: key,
        TemplateSelectionExpression: `\${response.header.${words}}`,
      }),
    ),
    AWS.ApiGatewayV2.Route("route", {
      ApiId: parent,
      RouteKey: "$default",
      OperationName: words,
      Target: `integrations/${integration.IntegrationId}`,
    }),
  ]);
}

async function plain(words: string, name: string): Promise<void> {
  await Promise.all([
    ...["jobs", "mail"].map((id) =>
      AWS.SQS.Queue(id, { QueueName: `${id}-${name}`, DelaySeconds: words.length, allowReplace: true }),
    ),
    ...["web", "worker"].map((id) =>
      AWS.Logs.LogGroup(`log ${id}`, {
        LogGroupName: `/${id}/${name}`,
        RetentionInDays: words === "old" ? 7 : 14,
        allowReplace: true,
      }),
    ),
    AWS.IAM.Role("renamed role", { RoleName: `role-${name}`, Description: words, ...trusting }),
    // Its name stays, so that the old one has to go before the new one can come.
    AWS.IAM.Role("moved role", {
      RoleName: "mover",
      Path: `/${name}/`,
      Description: words,
      ...trusting,
      allowReplace: true,
    }),
  ]);
}

const trusting = {
  AssumeRolePolicyDocument: {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
    ],
  },
} as const;
