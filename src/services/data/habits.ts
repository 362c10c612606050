import type { Facts } from "../../schema/facts.ts";

type Habits = Pick<
  Facts,
  "onlyAtCreation" | "movedByAws" | "caseless" | "jsonTexts" | "unordered" | "defaults"
>;

/**
 * What services do with values and no schema says: which are taken once and make something (restore, clone, import,
 * generate, seed), which AWS moves by itself, and in which spelling they come back.
 */
const made: Readonly<Record<string, Habits["onlyAtCreation"]>> = {
  // https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/crdr-for-active-mq.html: a replica is made of it.
  "AWS::AmazonMQ::Broker": ["/DataReplicationPrimaryBrokerArn"],
  // The RestApi that a new one is cloned from: https://docs.aws.amazon.com/apigateway/latest/api/API_CreateRestApi.html
  "AWS::ApiGateway::RestApi": ["/CloneFrom"],
  // UpdateKeyValueStore takes no import: https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_UpdateKeyValueStore.html
  "AWS::CloudFront::KeyValueStore": ["/ImportSource"],
  // "The code is only used when the repository is created": https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codecommit-repository.html
  "AWS::CodeCommit::Repository": ["/Code"],
  "AWS::CodeStar::GitHubRepository": ["/Code"],
  "AWS::DocDB::DBCluster": [
    "/RestoreToTime",
    "/RestoreType",
    "/SnapshotIdentifier",
    "/SourceDBClusterIdentifier",
    "/UseLatestRestorableTime",
  ],
  // A replica of another account's table; seeds are what a table starts with when it begins to scale.
  "AWS::DynamoDB::GlobalTable": [
    "/GlobalTableSourceArn",
    "/GlobalSecondaryIndexes/*/WriteProvisionedThroughputSettings/WriteCapacityAutoScalingSettings/SeedCapacity",
    "/Replicas/*/GlobalSecondaryIndexes/*/ReadProvisionedThroughputSettings/ReadCapacityAutoScalingSettings/SeedCapacity",
    "/Replicas/*/ReadProvisionedThroughputSettings/ReadCapacityAutoScalingSettings/SeedCapacity",
    "/WriteProvisionedThroughputSettings/WriteCapacityAutoScalingSettings/SeedCapacity",
  ],
  "AWS::DynamoDB::Table": ["/ImportSourceSpecification"],
  // Restore and clone: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopyVolumes.html
  "AWS::EC2::Volume": ["/SnapshotId", "/SourceVolumeId"],
  "AWS::EVS::Environment": ["/InitialVlans"],
  // The token is changed by a strategy of its own, never by sending it again; the rest names what a group is made of:
  // https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
  "AWS::ElastiCache::ReplicationGroup": [
    "/AuthToken",
    "/NodeGroupConfiguration",
    "/PrimaryClusterId",
    "/SnapshotArns",
    "/SnapshotName",
  ],
  "AWS::ElastiCache::GlobalReplicationGroup": ["/GlobalReplicationGroupIdSuffix"],
  "AWS::ElastiCache::ServerlessCache": ["/SnapshotArnsToRestore"],
  "AWS::FSx::FileSystem": ["/BackupId"],
  "AWS::FSx::Volume": ["/BackupId"],
  "AWS::GameLift::ContainerGroupDefinition": ["/SourceVersionNumber"],
  // Each is an act: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSAMLProvider.html
  "AWS::IAM::SAMLProvider": ["/AddPrivateKey", "/RemovePrivateKey"],
  "AWS::MemoryDB::Cluster": ["/SnapshotArns", "/SnapshotName"],
  "AWS::Neptune::DBCluster": [
    "/RestoreToTime",
    "/RestoreType",
    "/SnapshotIdentifier",
    "/SourceDBClusterIdentifier",
    "/UseLatestRestorableTime",
  ],
  "AWS::RDS::DBCluster": [
    "/RestoreToTime",
    "/RestoreType",
    "/SnapshotIdentifier",
    "/SourceDBClusterIdentifier",
    "/SourceDbClusterResourceId",
    "/SourceRegion",
    "/UseLatestRestorableTime",
  ],
  // The handler lets a snapshot stand only if it is that of the previous state, which a read never shows:
  // ImmutabilityHelper of aws-cloudformation-resource-providers-rds, roadmap #775.
  "AWS::RDS::DBInstance": [
    "/DBClusterSnapshotIdentifier",
    "/DBSnapshotIdentifier",
    "/RestoreTime",
    "/SourceDBClusterIdentifier",
    "/SourceDBInstanceAutomatedBackupsArn",
    "/SourceDBInstanceIdentifier",
    "/SourceDbiResourceId",
    "/SourceRegion",
    "/UseLatestRestorableTime",
  ],
  "AWS::Redshift::Cluster": ["/SnapshotClusterIdentifier", "/SnapshotIdentifier"],
  // Restores over what the workgroup's namespace holds: https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_RestoreFromSnapshot.html
  "AWS::RedshiftServerless::Workgroup": [
    "/RecoveryPointId",
    "/SnapshotArn",
    "/SnapshotName",
    "/SnapshotOwnerAccount",
  ],
  // A tag change made a new password: cdkd #2472, aws-cdk #19985.
  "AWS::SecretsManager::Secret": ["/GenerateSecretString"],
  "AWS::SecurityHub::Hub": ["/EnableDefaultStandards"],
  "AWS::StorageGateway::Volume": ["/SnapshotId", "/SourceVolumeARN"],
};

/** Mostly the dimensions of https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ScalableTarget.html */
const moved: Readonly<Record<string, Habits["movedByAws"]>> = {
  "AWS::AppStream::Fleet": ["/ComputeCapacity/DesiredInstances", "/ComputeCapacity/DesiredSessions"],
  "AWS::AutoScaling::AutoScalingGroup": ["/DesiredCapacity"],
  "AWS::Batch::ComputeEnvironment": ["/ComputeResources/DesiredvCpus"],
  "AWS::Cassandra::Table": [
    "/BillingMode/ProvisionedThroughput/ReadCapacityUnits",
    "/BillingMode/ProvisionedThroughput/WriteCapacityUnits",
  ],
  "AWS::DynamoDB::Table": [
    "/GlobalSecondaryIndexes/*/ProvisionedThroughput/ReadCapacityUnits",
    "/GlobalSecondaryIndexes/*/ProvisionedThroughput/WriteCapacityUnits",
    "/ProvisionedThroughput/ReadCapacityUnits",
    "/ProvisionedThroughput/WriteCapacityUnits",
  ],
  "AWS::DynamoDB::GlobalTable": [
    "/GlobalSecondaryIndexes/*/ReadProvisionedThroughputSettings/ReadCapacityUnits",
    "/ReadProvisionedThroughputSettings/ReadCapacityUnits",
    "/Replicas/*/GlobalSecondaryIndexes/*/ReadProvisionedThroughputSettings/ReadCapacityUnits",
    "/Replicas/*/ReadProvisionedThroughputSettings/ReadCapacityUnits",
  ],
  "AWS::EC2::SpotFleet": ["/SpotFleetRequestConfigData/TargetCapacity"],
  "AWS::ECS::Service": ["/DesiredCount"],
  // By the cluster's autoscaler: https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html
  "AWS::EKS::Nodegroup": ["/ScalingConfig/DesiredSize"],
  "AWS::EMR::InstanceGroupConfig": ["/InstanceCount"],
  "AWS::ElastiCache::CacheCluster": ["/NumCacheNodes"],
  "AWS::ElastiCache::ReplicationGroup": ["/NumNodeGroups", "/ReplicasPerNodeGroup"],
  // On-demand streams: https://docs.aws.amazon.com/streams/latest/dev/how-do-i-size-a-stream.html
  "AWS::Kinesis::Stream": ["/ShardCount"],
  // A deployment of CodeDeploy shifts them: https://docs.aws.amazon.com/lambda/latest/dg/lambda-traffic-shifting.html
  "AWS::Lambda::Alias": [
    "/FunctionVersion",
    "/ProvisionedConcurrencyConfig/ProvisionedConcurrentExecutions",
    "/RoutingConfig/AdditionalVersionWeights",
  ],
  "AWS::MSK::Cluster": ["/BrokerNodeGroupInfo/StorageInfo/EBSStorageInfo/VolumeSize"],
  // Storage autoscaling: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.StorageTypes.html
  "AWS::RDS::DBInstance": ["/AdditionalStorageVolumes/*/AllocatedStorage", "/AllocatedStorage"],
  "AWS::RDS::DBCluster": ["/AllocatedStorage"],
  "AWS::SageMaker::InferenceComponent": ["/RuntimeConfig/CopyCount"],
};

/** How values come back; mostly what go-to-k/cdk-real-drift has seen live. */
const spelt: Readonly<Record<string, Omit<Habits, "onlyAtCreation" | "movedByAws">>> = {
  "AWS::Bedrock::Guardrail": {
    unordered: [
      "/AutomatedReasoningPolicyConfig/Policies",
      "/ContentPolicyConfig/FiltersConfig",
      "/ContentPolicyConfig/FiltersConfig/*/InputModalities",
      "/ContentPolicyConfig/FiltersConfig/*/OutputModalities",
      "/ContextualGroundingPolicyConfig/FiltersConfig",
      "/SensitiveInformationPolicyConfig/PiiEntitiesConfig",
      "/SensitiveInformationPolicyConfig/RegexesConfig",
      "/Tags",
      "/TopicPolicyConfig/TopicsConfig",
      "/TopicPolicyConfig/TopicsConfig/*/Examples",
      "/WordPolicyConfig/ManagedWordListsConfig",
      "/WordPolicyConfig/WordsConfig",
    ],
  },
  "AWS::CloudWatch::Dashboard": { jsonTexts: ["/DashboardBody"] },
  "AWS::Config::ConfigRule": { jsonTexts: ["/InputParameters"] },
  "AWS::Connect::ContactFlow": { jsonTexts: ["/Content"] },
  "AWS::Connect::ContactFlowModule": { jsonTexts: ["/Content"] },
  "AWS::DAX::Cluster": { caseless: ["/ClusterName", "/ParameterGroupName", "/SubnetGroupName"] },
  "AWS::DMS::Endpoint": { caseless: ["/EndpointIdentifier", "/EndpointType"] },
  "AWS::DMS::EventSubscription": { caseless: ["/SourceIds/*", "/SubscriptionName"] },
  "AWS::DMS::ReplicationConfig": {
    caseless: ["/ReplicationConfigIdentifier"],
    jsonTexts: ["/ReplicationSettings", "/SupplementalSettings", "/TableMappings"],
  },
  "AWS::DMS::ReplicationInstance": {
    caseless: ["/ReplicationInstanceIdentifier", "/ReplicationSubnetGroupIdentifier"],
  },
  "AWS::DMS::ReplicationSubnetGroup": { caseless: ["/ReplicationSubnetGroupIdentifier"] },
  "AWS::DMS::ReplicationTask": {
    caseless: ["/ReplicationTaskIdentifier"],
    jsonTexts: ["/ReplicationTaskSettings", "/TableMappings", "/TaskData"],
  },
  "AWS::DocDB::DBCluster": {
    caseless: ["/DBClusterIdentifier", "/DBClusterParameterGroupName", "/DBSubnetGroupName"],
  },
  "AWS::DocDB::DBInstance": { caseless: ["/DBClusterIdentifier", "/DBInstanceIdentifier"] },
  "AWS::DocDB::DBSubnetGroup": { caseless: ["/DBSubnetGroupName"] },
  // A read leaves out what a table is without asking, and lists indexes and attributes in an order of its own.
  "AWS::DynamoDB::Table": {
    unordered: [
      "/AttributeDefinitions",
      "/GlobalSecondaryIndexes",
      "/GlobalSecondaryIndexes/*/KeySchema",
      "/GlobalSecondaryIndexes/*/Projection/NonKeyAttributes",
      "/KeySchema",
      "/LocalSecondaryIndexes",
      "/LocalSecondaryIndexes/*/KeySchema",
      "/LocalSecondaryIndexes/*/Projection/NonKeyAttributes",
      "/Tags",
    ],
    defaults: {
      BillingMode: "PROVISIONED",
      ContributorInsightsSpecification: { Enabled: false },
      DeletionProtectionEnabled: false,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false },
      SSESpecification: { SSEEnabled: false },
      TableClass: "STANDARD",
    },
  },
  "AWS::ElastiCache::CacheCluster": {
    caseless: ["/CacheParameterGroupName", "/CacheSubnetGroupName", "/ClusterName"],
  },
  "AWS::ElastiCache::ReplicationGroup": {
    caseless: ["/CacheParameterGroupName", "/CacheSubnetGroupName", "/ReplicationGroupId"],
  },
  "AWS::ElastiCache::SubnetGroup": { caseless: ["/CacheSubnetGroupName"] },
  "AWS::IoT::JobTemplate": { jsonTexts: ["/Document"] },
  "AWS::IoTSiteWise::Dashboard": { jsonTexts: ["/DashboardDefinition"] },
  "AWS::Neptune::DBCluster": {
    caseless: ["/DBClusterIdentifier", "/DBClusterParameterGroupName", "/DBSubnetGroupName"],
  },
  "AWS::Neptune::DBInstance": {
    caseless: [
      "/DBClusterIdentifier",
      "/DBInstanceIdentifier",
      "/DBParameterGroupName",
      "/DBSubnetGroupName",
    ],
  },
  "AWS::Neptune::DBSubnetGroup": { caseless: ["/DBSubnetGroupName"] },
  // Rules, resources, permissions and principals are sets:
  // https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-data-access.html
  "AWS::OpenSearchServerless::AccessPolicy": { jsonTexts: ["/Policy"], unordered: ["/Policy"] },
  "AWS::OpenSearchServerless::LifecyclePolicy": { jsonTexts: ["/Policy"], unordered: ["/Policy"] },
  "AWS::OpenSearchServerless::SecurityPolicy": { jsonTexts: ["/Policy"], unordered: ["/Policy"] },
  "AWS::RDS::DBCluster": {
    caseless: ["/DBClusterIdentifier", "/DBClusterParameterGroupName", "/DBSubnetGroupName"],
  },
  "AWS::RDS::DBInstance": {
    caseless: [
      "/DBClusterIdentifier",
      "/DBInstanceIdentifier",
      "/DBParameterGroupName",
      "/DBSubnetGroupName",
      "/OptionGroupName",
    ],
  },
  "AWS::RDS::DBSubnetGroup": { caseless: ["/DBSubnetGroupName"] },
  "AWS::Redshift::Cluster": {
    caseless: ["/ClusterIdentifier", "/ClusterParameterGroupName", "/ClusterSubnetGroupName"],
  },
  "AWS::StepFunctions::StateMachine": { jsonTexts: ["/DefinitionString"] },
};

/** What is known of how a type treats values, as facts; undefined where nothing is. */
export function habitsOf(type: string): Habits | undefined {
  const of = <T>(table: Readonly<Record<string, T>>): T | undefined =>
    Object.hasOwn(table, type) ? table[type] : undefined;
  const [onlyAtCreation, movedByAws, spelling] = [of(made), of(moved), of(spelt)];
  if (!onlyAtCreation && !movedByAws && !spelling) return undefined;
  return { ...spelling, ...(onlyAtCreation && { onlyAtCreation }), ...(movedByAws && { movedByAws }) };
}
