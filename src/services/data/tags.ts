import type { Facts, TagFacts } from "../../schema/facts.ts";

/**
 * Types whose tags are given when they are made and never again, by service: their registry schema says
 * `tagUpdatable: false`, or that the place of their tags is create-only, or it has no update handler.
 */
const fixed: Readonly<Record<string, string>> = {
  ApiGateway: "DomainNameAccessAssociation",
  AppConfig: "Deployment",
  AppFlow: "Flow",
  AppRunner: "AutoScalingConfiguration ObservabilityConfiguration Service VpcConnector VpcIngressConnection",
  AppStream: "ImageBuilder",
  AuditManager: "Assessment",
  BackupGateway: "Hypervisor",
  Batch: "ComputeEnvironment",
  Bedrock: "AutomatedReasoningPolicyVersion PromptVersion",
  CE: "AnomalyMonitor AnomalySubscription",
  CloudFront: "AnycastIpList",
  CodeGuruReviewer: "RepositoryAssociation",
  Cognito: "UserPoolReplica",
  EC2: "CapacityReservation CapacityReservationFleet ClientVpnEndpoint EC2Fleet KeyPair LaunchTemplate PlacementGroup",
  ECS: "ExpressGatewayService",
  Evidently: "Segment",
  FinSpace: "Environment",
  HealthImaging: "Datastore",
  InspectorV2: "CodeSecurityIntegration CodeSecurityScanConfiguration",
  IoT: "JobTemplate",
  IoTTwinMaker: "SyncJob",
  KendraRanking: "ExecutionPlan",
  Kinesis: "StreamConsumer",
  MSK: "ServerlessCluster",
  MediaLive:
    "CloudWatchAlarmTemplate CloudWatchAlarmTemplateGroup EventBridgeRuleTemplate EventBridgeRuleTemplateGroup SignalMap",
  MediaPackage: "Asset Channel PackagingConfiguration PackagingGroup",
  NimbleStudio: "Studio",
  Notifications: "NotificationConfiguration",
  NotificationsContacts: "EmailContact",
  Omics: "AnnotationStore Configuration ReferenceStore VariantStore",
  OpenSearchServerless: "Collection",
  QuickSight: "Topic TopicV2",
  RedshiftServerless: "Snapshot",
  RefactorSpaces: "Application Service",
  Route53RecoveryControl: "Cluster ControlPanel SafetyRule",
  Route53Resolver: "ResolverQueryLoggingConfig",
  S3: "AccessGrant AccessGrantsInstance AccessGrantsLocation",
  SageMaker:
    "DataQualityJobDefinition FeatureGroup ModelBiasJobDefinition ModelExplainabilityJobDefinition ModelQualityJobDefinition ProcessingJob Project StudioLifecycleConfig",
  Wisdom: "AIAgent AIGuardrail AIPrompt Assistant AssistantAssociation KnowledgeBase",
  WorkSpaces: "ConnectionAlias",
  WorkspacesInstances: "Volume WorkspaceInstance",
};

const inSpecifications = (resourceType: string): TagFacts => ({
  path: "/TagSpecifications/*/Tags",
  shape: "array",
  key: "Key",
  resourceType,
});

/**
 * Tags in places of which the specification does not tell:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TagSpecification.html
 */
const places: Readonly<Record<string, TagFacts>> = {
  "AWS::Budgets::Budget": { path: "/ResourceTags", shape: "array", key: "Key" },
  "AWS::CloudFront::AnycastIpList": { path: "/Tags/Items", shape: "array", key: "Key" },
  "AWS::EC2::CapacityReservation": inSpecifications("capacity-reservation"),
  "AWS::EC2::CapacityReservationFleet": inSpecifications("capacity-reservation-fleet"),
  "AWS::EC2::ClientVpnEndpoint": inSpecifications("client-vpn-endpoint"),
  "AWS::EC2::EC2Fleet": inSpecifications("fleet"),
  "AWS::EC2::LaunchTemplate": inSpecifications("launch-template"),
  "AWS::WorkspacesInstances::Volume": inSpecifications("volume"),
};

/** What an item must say beside a key and a value. */
const besides: Readonly<Record<string, TagFacts["beside"]>> = {
  // Instances get the group's tags: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-tagging.html
  "AWS::AutoScaling::AutoScalingGroup": { PropagateAtLaunch: true },
};

/** How a type keeps its tags, where its schema or the specification tell of it in part; `told` is what they tell. */
export function tagHabitsOf(type: string, told: TagFacts | undefined): Pick<Facts, "tags"> {
  const tags = places[type] ?? told;
  if (!tags) return {};
  const [, service = "", name = ""] = type.split("::");
  const isFixed = Object.hasOwn(fixed, service) && fixed[service]?.split(" ").includes(name) === true;
  const beside = besides[type];
  return { tags: { ...tags, ...(beside && { beside }), ...(isFixed && { updatable: false }) } };
}
