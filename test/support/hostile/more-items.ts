import { type Item, flip, items, role, words } from "./items.ts";

const text = (content: object, respelt: boolean): string =>
  respelt
    ? JSON.stringify(Object.fromEntries(Object.entries(content).toReversed()), undefined, 2)
    : JSON.stringify(content);

/** Types whose spelling alone has replaced them, or been refused. */
const spelt: Readonly<Record<string, Item>> = {
  addresses: {
    type: "AWS::WAFv2::IPSet",
    desired: ({ value, fixed, respelt }) => ({
      Name: `addresses-${fixed}`,
      Scope: "REGIONAL",
      IPAddressVersion: "IPV4",
      Addresses: flip(respelt, [`10.0.${value}.0/24`, "10.1.0.0/16", "10.2.0.0/16"]),
    }),
    byHand: { Addresses: ["192.0.2.0/24"] },
  },
  rules: {
    type: "AWS::WAFv2::RuleGroup",
    desired: ({ value, fixed }) => ({
      Name: `rules-${fixed}`,
      Scope: "REGIONAL",
      Capacity: 50,
      VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: "rules", SampledRequestsEnabled: true },
      Rules: [
        {
          Name: "bad",
          Priority: value,
          Action: { Block: {} },
          Statement: {
            ByteMatchStatement: {
              SearchString: `bad-${value}`,
              FieldToMatch: { UriPath: {} },
              PositionalConstraint: "CONTAINS",
              TextTransformations: [{ Priority: 0, Type: "NONE" }],
            },
          },
          VisibilityConfig: {
            CloudWatchMetricsEnabled: true,
            MetricName: "bad",
            SampledRequestsEnabled: true,
          },
        },
      ],
    }),
    byHand: { Tags: [{ Key: "by", Value: "hand" }] },
  },
  job: {
    type: "AWS::Glue::Job",
    desired: ({ value, fixed, option }) => ({
      Name: `job-${fixed}`,
      Role: role,
      Command: { Name: "glueetl", ScriptLocation: "s3://scripts/job.py" },
      WorkerType: "G.1X",
      NumberOfWorkers: 2 + value,
      ...(option && { DefaultArguments: { "--mode": words(value) } }),
    }),
    byHand: { Timeout: 99 },
  },
  profile: {
    type: "AWS::EKS::FargateProfile",
    desired: ({ fixed, respelt }) => ({
      ClusterName: "cluster",
      FargateProfileName: `profile-${fixed}`,
      PodExecutionRoleArn: "arn:aws:iam::123456789012:role/pods",
      Subnets: flip(respelt, ["subnet-0a", "subnet-0b", "subnet-0c"]),
      Selectors: flip(respelt, [{ Namespace: "default" }, { Namespace: "kube-system" }]),
    }),
    byHand: { Tags: [{ Key: "by", Value: "hand" }] },
  },
  schema: {
    type: "AWS::Glue::Schema",
    desired: (wording) => ({
      Name: `schema-${wording.fixed}`,
      DataFormat: "AVRO",
      Compatibility: ["NONE", "BACKWARD", "FULL"][wording.value] ?? "DISABLED",
      SchemaDefinition: text({ type: "record", name: "order", fields: [] }, wording.respelt),
    }),
    byHand: { Description: "by hand" },
  },
  dashboard: {
    type: "AWS::CloudWatch::Dashboard",
    desired: (wording) => ({
      DashboardName: `dashboard-${wording.fixed}`,
      DashboardBody: text(
        { widgets: [{ type: "text", height: 1 + wording.value }], start: "-PT3H" },
        wording.respelt,
      ),
    }),
    byHand: { Tags: [{ Key: "by", Value: "hand" }] },
  },
  endpoint: {
    type: "AWS::DMS::Endpoint",
    desired: (wording) => ({
      EndpointIdentifier: `Orders-Endpoint-${wording.value}`,
      EndpointType: "SOURCE",
      EngineName: "postgres",
      ServerName: `db.${words(wording.value)}.example`,
      Username: "dms",
      Password: `secret-${wording.value}`,
      Port: 5432,
      ...(wording.option && { ExtraConnectionAttributes: "heartbeatEnable=true" }),
      ...(wording.fixed === 1 && { KmsKeyId: "1234abcd-12ab-34cd-56ef-1234567890ab" }),
    }),
    byHand: { Port: 6543 },
    caseless: ["/EndpointIdentifier", "/EndpointType"],
  },
  rule: {
    type: "AWS::VpcLattice::Rule",
    desired: ({ value, fixed, option }) => ({
      ListenerIdentifier: "listener-0123456789abcdef0",
      ServiceIdentifier: "svc-0123456789abcdef0",
      Name: `rule-${fixed}`,
      Priority: 10 + value,
      Match: { HttpMatch: { PathMatch: { Match: { Exact: `/v${value}` } } } },
      Action: { FixedResponse: { StatusCode: option ? 404 : 403 } },
    }),
    byHand: { Priority: 99 },
  },
  invoking: {
    type: "AWS::Lambda::EventInvokeConfig",
    desired: ({ value, fixed, option }) => ({
      FunctionName: "function",
      Qualifier: `v${fixed}`,
      MaximumRetryAttempts: value === 0 ? 2 : 1,
      ...(option && { MaximumEventAgeInSeconds: 60 + value }),
    }),
    byHand: { MaximumRetryAttempts: 0 },
  },
  key: {
    type: "AWS::KMS::Key",
    desired: (wording) => ({
      Description: words(wording.value),
      MultiRegion: wording.fixed === 1,
      KeyPolicy: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { AWS: wording.respelt ? ["123456789012"] : "arn:aws:iam::123456789012:root" },
            Action: wording.respelt ? ["kms:*"] : "kms:*",
            Resource: "*",
          },
        ],
      },
      ...(wording.option && { EnableKeyRotation: true }),
    }),
    byHand: { Description: "by hand" },
  },
};

/** All that stories are about: 25 ids of 24 types. */
export const subjects: Readonly<Record<string, Item>> = { ...items, ...spelt };
