import type { Pointer, Props } from "../../../src/json.ts";

/** How a script words one resource at one time. */
export interface Wording {
  /** Changes in place. */
  readonly value: number;
  /** Whether what may be left out is there. */
  readonly option: boolean;
  /** The same in other words: another order, white space, spelling. */
  readonly respelt: boolean;
  /** Changes only by replacement. */
  readonly fixed: number;
}

/** One id, and what a script may ask of it. */
export interface Item {
  readonly type: string;
  readonly desired: (wording: Wording) => Props;
  /** What it takes from others: property, id, output. */
  readonly parents?: readonly (readonly [property: string, id: string, output: string])[];
  /** What somebody might do to it by hand. */
  readonly byHand: Props;
  /** Values that make something: nobody can see later whether they are in force. */
  readonly once?: readonly Pointer[];
  /** What no update may say where no read shows it: it holds what is fixed at creation. */
  readonly held?: readonly Pointer[];
  /** Text of which its service keeps no case. */
  readonly caseless?: readonly Pointer[];
}

/** A list, or the same the other way round. */
export const flip = <T>(respelt: boolean, list: readonly T[]): T[] =>
  respelt ? list.toReversed() : [...list];

/** What a text says. */
export const words = (value: number): string => ["old", "newer", "newest"][value] ?? "other";

const tagged = ({ option, respelt }: Wording): Props =>
  option
    ? {
        Tags: flip(respelt, [
          { Key: "team", Value: "shop" },
          { Key: "stage", Value: "dev" },
        ]),
      }
    : {};

function policy({ value, respelt }: Wording, Action: readonly string[]): Props {
  const statement = {
    Effect: "Allow",
    Action: respelt ? Action.toReversed() : [...Action],
    Resource: respelt ? ["*"] : "*",
    Sid: `Sid${value}`,
  };
  return { Version: "2012-10-17", Statement: respelt ? statement : [statement] };
}

/** A role that nobody looks at. */
export const role: string = "arn:aws:iam::123456789012:role/any";

/** Those of every day. */
export const items: Readonly<Record<string, Item>> = {
  queue: {
    type: "AWS::SQS::Queue",
    desired: (wording) => ({
      QueueName: `jobs-${wording.fixed}`,
      DelaySeconds: wording.value,
      ...(wording.option && { VisibilityTimeout: 60 }),
      ...tagged(wording),
    }),
    byHand: { DelaySeconds: 900 },
  },
  unnamed: {
    type: "AWS::SQS::Queue",
    desired: ({ value, fixed, option }) => ({
      FifoQueue: fixed === 1,
      DelaySeconds: value,
      ...(option && { MaximumMessageSize: 2_048 }),
      ...(fixed === 1 && { QueueName: "unnamed.fifo" }),
    }),
    byHand: { DelaySeconds: 900 },
  },
  log: {
    type: "AWS::Logs::LogGroup",
    desired: (wording) => ({
      LogGroupName: `/log/${wording.fixed}`,
      ...(wording.option && { RetentionInDays: [7, 14, 30][wording.value] ?? 90 }),
      ...tagged({ ...wording, option: true }),
    }),
    byHand: { RetentionInDays: 365 },
  },
  table: {
    type: "AWS::DynamoDB::Table",
    desired: (wording) => ({
      TableName: `table-${wording.fixed}`,
      AttributeDefinitions: flip(wording.respelt, [
        { AttributeName: "pk", AttributeType: "S" },
        { AttributeName: "sk", AttributeType: "S" },
      ]),
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      BillingMode: "PROVISIONED",
      ProvisionedThroughput: { ReadCapacityUnits: 5 + wording.value, WriteCapacityUnits: 5 },
      ...(wording.option && { TimeToLiveSpecification: { AttributeName: "ttl", Enabled: true } }),
    }),
    byHand: { TableClass: "STANDARD_INFREQUENT_ACCESS" },
  },
  function: {
    type: "AWS::Lambda::Function",
    desired: ({ value, fixed, option, respelt }) => ({
      FunctionName: `function-${fixed}`,
      Role: role,
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Code: { S3Bucket: "code", S3Key: `v${value}.zip` },
      MemorySize: 128 + 64 * value,
      VpcConfig: {
        SubnetIds: flip(respelt, ["subnet-0a", "subnet-0b", "subnet-0c"]),
        SecurityGroupIds: ["sg-01"],
      },
      ...(option && { Environment: { Variables: { MODE: words(value), LEVEL: "1" } } }),
    }),
    byHand: { MemorySize: 1_024 },
  },
  database: {
    type: "AWS::RDS::DBInstance",
    desired: ({ value, fixed, option }) => ({
      DBInstanceIdentifier: `Orders${fixed}`,
      DBInstanceClass: ["db.t3.micro", "db.t3.small", "db.t3.large"][value] ?? "db.r5.large",
      Engine: "postgres",
      DBSnapshotIdentifier: "orders-of-yesterday",
      DBSubnetGroupName: "Private-Subnets",
      MasterUserPassword: `secret-${value}`,
      ...(option && { BackupRetentionPeriod: 7, EnableCloudwatchLogsExports: ["postgresql", "upgrade"] }),
    }),
    byHand: { MultiAZ: true },
    once: ["/DBSnapshotIdentifier"],
    caseless: ["/DBInstanceIdentifier", "/DBSubnetGroupName"],
  },
  secret: {
    type: "AWS::SecretsManager::Secret",
    desired: (wording) => ({
      Name: `secret-${wording.fixed}`,
      Description: words(wording.value),
      GenerateSecretString: { PasswordLength: 24 },
      ...tagged(wording),
    }),
    byHand: { Description: "by hand" },
    once: ["/GenerateSecretString"],
  },
  role: {
    type: "AWS::IAM::Role",
    desired: (wording) => ({
      RoleName: `role-${wording.fixed}`,
      Description: words(wording.value),
      AssumeRolePolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: "sts:AssumeRole",
            Principal: { AWS: wording.respelt ? "123456789012" : "arn:aws:iam::123456789012:root" },
          },
        ],
      },
      ManagedPolicyArns: flip(wording.respelt, [
        "arn:aws:iam::aws:policy/ReadOnlyAccess",
        "arn:aws:iam::aws:policy/AWSSupportAccess",
      ]),
      ...(wording.option && {
        Policies: flip(wording.respelt, [
          { PolicyName: "read", PolicyDocument: policy(wording, ["s3:GetObject", "s3:ListBucket"]) },
          { PolicyName: "write", PolicyDocument: policy(wording, ["s3:PutObject"]) },
        ]),
      }),
    }),
    byHand: { MaxSessionDuration: 7_200 },
  },
  vpc: {
    type: "AWS::EC2::VPC",
    desired: ({ fixed, option }) => ({
      CidrBlock: `10.${fixed}.0.0/16`,
      ...(option && { EnableDnsHostnames: true }),
    }),
    byHand: { EnableDnsSupport: false },
  },
  group: {
    type: "AWS::EC2::SecurityGroup",
    desired: ({ value, fixed, option, respelt }) => ({
      GroupDescription: `group ${fixed}`,
      SecurityGroupIngress: flip(respelt, [
        { IpProtocol: "tcp", FromPort: 80 + value, ToPort: 80 + value, CidrIp: "10.0.0.0/8" },
        { IpProtocol: "tcp", FromPort: 443, ToPort: 443, CidrIp: "0.0.0.0/0" },
      ]),
      ...(option && {
        SecurityGroupEgress: [{ IpProtocol: "udp", FromPort: 53, ToPort: 53, CidrIp: "0.0.0.0/0" }],
      }),
    }),
    parents: [["VpcId", "vpc", "VpcId"]],
    byHand: { Tags: [{ Key: "by", Value: "hand" }] },
  },
  api: {
    type: "AWS::ApiGatewayV2::Api",
    desired: ({ value, fixed, option }) => ({
      Name: "chat",
      ProtocolType: "WEBSOCKET",
      RouteSelectionExpression: "$request.body.action",
      ...(option && { Description: words(value) }),
      ...(fixed === 1 && { Version: "1" }),
    }),
    byHand: { Description: "by hand" },
  },
  integration: {
    type: "AWS::ApiGatewayV2::Integration",
    desired: ({ value, option }) => ({
      IntegrationType: "MOCK",
      Description: words(value),
      RequestTemplates: { "application/json": '{ "statusCode": 200 }' },
      ...(option && { TemplateSelectionExpression: "\\$default" }),
    }),
    parents: [["ApiId", "api", "ApiId"]],
    byHand: { Description: "by hand" },
  },
  response: {
    type: "AWS::ApiGatewayV2::IntegrationResponse",
    desired: ({ value, option }) => ({
      IntegrationResponseKey: "$default",
      TemplateSelectionExpression: words(value),
      ...(option && { ResponseTemplates: { "application/json": '{ "a" : 1 }' } }),
    }),
    parents: [
      ["ApiId", "api", "ApiId"],
      ["IntegrationId", "integration", "IntegrationId"],
    ],
    byHand: { ContentHandlingStrategy: "CONVERT_TO_TEXT" },
  },
  stage: {
    type: "AWS::ApiGatewayV2::Stage",
    desired: ({ value, fixed, option }) => ({
      StageName: `stage${fixed}`,
      AutoDeploy: true,
      Description: words(value),
      ...(option && { StageVariables: { mode: words(value) } }),
    }),
    parents: [["ApiId", "api", "ApiId"]],
    byHand: { Description: "by hand" },
  },
  pipe: {
    type: "AWS::Pipes::Pipe",
    desired: ({ value, fixed, option }) => ({
      Name: `pipe-${fixed}`,
      RoleArn: role,
      Source: "arn:aws:kafka:us-east-1:123456789012:cluster/a/b",
      SourceParameters: { ManagedStreamingKafkaParameters: { TopicName: "orders", BatchSize: 10 + value } },
      Target: "arn:aws:lambda:us-east-1:123456789012:function:f",
      Description: words(value),
      ...(option && { TargetParameters: { InputTemplate: "<$.body>" } }),
    }),
    byHand: { DesiredState: "STOPPED" },
    held: ["/SourceParameters"],
  },
};
