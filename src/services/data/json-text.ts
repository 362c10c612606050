import type { Facts } from "../../schema/facts.ts";

/**
 * Where the registry's schema takes a JSON document as an object or as text, which the specification does not tell from
 * an object alone (DescribeType, us-east-1, August 2026).
 */
const taken: Readonly<Record<string, readonly string[]>> = {
  "AWS::ApiGateway::DomainNameV2": ["/Policy"],
  "AWS::ApiGateway::Model": ["/Schema"],
  "AWS::ApiGateway::RestApi": ["/Policy", "/Body"],
  "AWS::Backup::BackupVault": ["/AccessPolicy"],
  "AWS::Backup::LogicallyAirGappedBackupVault": ["/AccessPolicy"],
  "AWS::CloudTrail::ResourcePolicy": ["/ResourcePolicy"],
  "AWS::Config::ConfigRule": ["/InputParameters"],
  "AWS::EC2::VPCEndpoint": ["/PolicyDocument"],
  "AWS::ECR::PublicRepository": ["/RepositoryPolicyText"],
  "AWS::ECR::Repository": ["/RepositoryPolicyText"],
  "AWS::ECS::Service": ["/DeploymentConfiguration/LifecycleHooks/*/HookDetails"],
  "AWS::EMR::SecurityConfiguration": ["/SecurityConfiguration"],
  "AWS::Events::EventBus": ["/Policy"],
  "AWS::Events::Rule": ["/EventPattern"],
  "AWS::FSx::S3AccessPointAttachment": ["/S3AccessPoint/Policy"],
  "AWS::IAM::Group": ["/Policies/*/PolicyDocument"],
  "AWS::IAM::ManagedPolicy": ["/PolicyDocument"],
  "AWS::IAM::Role": ["/AssumeRolePolicyDocument", "/Policies/*/PolicyDocument"],
  "AWS::IAM::User": ["/Policies/*/PolicyDocument"],
  "AWS::IoT::Policy": ["/PolicyDocument"],
  "AWS::KMS::Key": ["/KeyPolicy"],
  "AWS::KMS::ReplicaKey": ["/KeyPolicy"],
  "AWS::Logs::ResourcePolicy": ["/PolicyDocument"],
  "AWS::MediaPackageV2::ChannelPolicy": ["/Policy"],
  "AWS::MediaPackageV2::OriginEndpointPolicy": ["/Policy"],
  "AWS::MediaTailor::ChannelPolicy": ["/Policy"],
  "AWS::Organizations::Policy": ["/Content"],
  "AWS::Organizations::ResourcePolicy": ["/Content"],
  "AWS::S3::BucketPolicy": ["/PolicyDocument"],
  "AWS::S3Express::BucketPolicy": ["/PolicyDocument"],
  "AWS::S3Tables::Table": ["/IcebergMetadata/IcebergSchemaV2/SchemaV2FieldList/*/Type"],
  "AWS::S3Tables::TableBucketPolicy": ["/ResourcePolicy"],
  "AWS::S3Tables::TablePolicy": ["/ResourcePolicy"],
  "AWS::S3Vectors::VectorBucketPolicy": ["/Policy"],
  "AWS::SNS::Subscription": ["/ReplayPolicy", "/FilterPolicy", "/RedrivePolicy", "/DeliveryPolicy"],
  "AWS::SQS::Queue": ["/RedriveAllowPolicy", "/RedrivePolicy"],
  "AWS::SSM::Document": ["/Content"],
  "AWS::SSM::ResourcePolicy": ["/Policy"],
  "AWS::SSO::PermissionSet": ["/InlinePolicy"],
  "AWS::SageMaker::ModelPackageGroup": ["/ModelPackageGroupPolicy"],
  "AWS::SecretsManager::ResourcePolicy": ["/ResourcePolicy"],
};

/** The types of these places of a type, as facts. */
export function jsonTextOf(type: string): NonNullable<Facts["types"]> {
  const pointers = Object.hasOwn(taken, type) ? (taken[type] ?? []) : [];
  return Object.fromEntries(pointers.map((pointer) => [pointer, ["object", "string"]]));
}
