// Which types lose something with them. The specification marks 29; whoever deploys loses far more than those.
// Every type whose properties or name show a sign of data, or of being dear to make again, stands in one of two lists.

/** What losing a resource loses, and the types that lose it, without their `AWS::`. */
type Reasons = Readonly<Record<string, readonly string[]>>;

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Losing one loses data, or what is dear to make again: never replaced unasked, and no orphan deleted unasked. */
export const statefulTypes: Reasons = {
  "rows and documents that nothing else keeps": words(`
    Cassandra::Keyspace Cassandra::Table Connect::DataTable CustomerProfiles::Domain DocDB::DBCluster DocDB::DBInstance
    DocDB::GlobalCluster DocDBElastic::Cluster DSQL::Cluster DynamoDB::GlobalTable DynamoDB::Table
    ElastiCache::CacheCluster ElastiCache::GlobalReplicationGroup ElastiCache::ReplicationGroup
    ElastiCache::ServerlessCache Elasticsearch::Domain HealthImaging::Datastore HealthLake::FHIRDatastore
    Kendra::Index Lightsail::Database MemoryDB::Cluster MemoryDB::MultiRegionCluster Neptune::DBCluster
    Neptune::DBInstance Neptune::GlobalCluster NeptuneGraph::Graph ODB::CloudAutonomousVmCluster ODB::CloudVmCluster
    Glue::Database OpenSearchServerless::Collection OpenSearchServerless::CollectionIndex OpenSearchServerless::Index
    OpenSearchService::Domain QBusiness::Index QLDB::Ledger RDS::DBCluster
    RDS::DBInstance RDS::GlobalCluster Redshift::Cluster RedshiftServerless::Namespace RedshiftServerless::Workgroup
    Rekognition::Collection S3Tables::Table S3Tables::TableBucket S3Vectors::Index S3Vectors::VectorBucket SDB::Domain
    Timestream::Database Timestream::InfluxDBCluster Timestream::InfluxDBInstance Timestream::Table Cases::Domain
    Location::GeofenceCollection CloudFront::KeyValueStore VerifiedPermissions::PolicyStore Detective::Graph`),
  "files, images and volumes": words(`
    EC2::Volume EFS::FileSystem FSx::FileCache FSx::FileSystem FSx::StorageVirtualMachine FSx::Volume Lightsail::Bucket Lightsail::Disk
    Omics::AnnotationStore Omics::ReferenceStore Omics::SequenceStore Omics::VariantStore S3::Bucket
    S3Express::DirectoryBucket S3Files::FileSystem S3Outposts::Bucket StorageGateway::Volume WorkspacesInstances::Volume`),
  "code and packages": words(`
    CodeArtifact::Domain CodeArtifact::Repository CodeCommit::Repository ECR::PublicRepository ECR::Repository`),
  "messages, events, logs and measurements that are kept": words(`
    AmazonMQ::Broker APS::Workspace CloudTrail::EventDataStore Events::Archive IoTAnalytics::Channel
    IoTAnalytics::Dataset IoTAnalytics::Datastore Kinesis::Stream KinesisVideo::Stream Logs::LogGroup Logs::LogStream MSK::Cluster
    MSK::ServerlessCluster SageMaker::MlflowTrackingServer SES::MailManagerArchive SSMIncidents::ReplicationSet
    BedrockAgentCore::Memory SQS::Queue EMR::WALWorkspace`),
  "copies that were made to be kept": words(`
    Backup::BackupVault Backup::LogicallyAirGappedBackupVault DocDBElastic::ClusterSnapshot
    ElastiCache::ServerlessCacheSnapshot Lightsail::DatabaseSnapshot Lightsail::DiskSnapshot
    Lightsail::InstanceSnapshot MemoryDB::Snapshot NeptuneGraph::GraphSnapshot RDS::ClusterSnapshot RDS::DBSnapshot
    Redshift::Snapshot RedshiftServerless::Snapshot`),
  "keys and secrets, and with them all that only they open or sign": words(`
    ACMPCA::CertificateAuthority CloudHSM::Cluster KMS::Key KMS::ReplicaKey PaymentCryptography::Key
    SecretsManager::Secret`),
  "people, their accounts and their work": words(`
    Cognito::IdentityPool Cognito::UserPool Connect::Instance DataZone::Domain DirectoryService::MicrosoftAD DirectoryService::SimpleAD
    Grafana::Workspace Organizations::Account SageMaker::Domain SageMaker::NotebookInstance SageMaker::Space SageMaker::UserProfile SSO::Instance
    VoiceID::Domain WorkSpaces::Workspace WorkSpaces::WorkspacesPool`),
  "names that others point at, and that come back as other ones": words(`
    Lightsail::Domain Route53::HostedZone SMSVOICE::PhoneNumber SMSVOICE::Pool SMSVOICE::SenderId`),
  "machines with what was put on them": words(`
    CloudFormation::Stack EC2::Instance EKS::Cluster EMR::Cluster Lightsail::Instance
    WorkspacesInstances::WorkspaceInstance`),
};

/** A sign, and yet nothing is lost that the declaration does not make again. */
export const statelessTypes: Reasons = {
  "settings, however long something else is kept by them": words(`
    AIOps::InvestigationGroup AmazonMQ::Configuration AppConfig::ConfigurationProfile AppConfig::Environment
    Backup::BackupPlan Backup::BackupSelection Backup::TieringConfiguration Batch::JobDefinition CloudTrail::Dashboard
    Config::DeliveryChannel EventsV2::Subscriber Pinpoint::EventStream Rbin::Rule RDS::CustomDBEngineVersion
    RDS::OptionGroup Redshift::SnapshotCopyGrant StorageGateway::TapePool Synthetics::Canary
    SMSVOICE::ProtectConfiguration WellArchitected::AgentProfile ResourceExplorer2::Index Glue::Table
    CleanRooms::ConfiguredTable CleanRooms::IdMappingTable CleanRooms::IntermediateTable DevOpsGuru::ResourceCollection
    CloudWatch::MetricStream CustomerProfiles::EventStream KinesisFirehose::DeliveryStream QLDB::Stream IoT::Stream
    Location::PlaceIndex
    MediaConnect::FlowMediaStream S3::AccessGrantsInstance SES::MailManagerAddonInstance CodeStar::GitHubRepository
    SageMaker::CodeRepository HealthAgent::Domain SecurityAgent::TargetDomain AWSExternalAnthropic::Workspace
    Bedrock::KnowledgeBase S3Tables::Namespace Connect::Workspace IoTSiteWise::Workspace IoTTwinMaker::Workspace Chime::AppInstance`),
  "a way through, or machines that hold nothing of their own": words(`
    AutoScaling::AutoScalingGroup DAX::Cluster DMS::ReplicationInstance EC2::LocalGatewayRouteTable EC2::RouteServer
    EC2::RouteTable EC2::SqlHaStandbyDetectedInstance EC2::TransitGatewayMulticastDomain
    EC2::TransitGatewayPolicyTable EC2::TransitGatewayRouteTable EC2::VerifiedAccessInstance ECS::Cluster
    EMRContainers::VirtualCluster M2::Environment MediaLive::Channel MediaLive::Cluster
    NetworkFirewall::Firewall ODB::OdbNetwork Omics::Workflow Omics::WorkflowVersion Panorama::ApplicationInstance
    PCS::Cluster Route53RecoveryControl::Cluster SageMaker::Cluster
    ServiceDiscovery::Instance SimSpaceWeaver::Simulation Transfer::Server Route53::TrafficPolicyInstance`),
  "credentials and certificates that are issued anew": words(`
    ACMPCA::Certificate ApiGateway::ApiKey ApiGateway::ClientCertificate ApiGateway::UsagePlanKey AppSync::ApiKey
    CertificateManager::Certificate CloudFront::PublicKey EC2::KeyPair IVS::PlaybackKeyPair IVS::PublicKey CloudFront::TrustStore Connect::SecurityKey DMS::Certificate
    EKS::CertificateAuthority ElasticLoadBalancingV2::ListenerCertificate ElasticLoadBalancingV2::TrustStore
    IAM::AccessKey IAM::ServerCertificate IoT::CACertificate IoT::Certificate IVS::StreamKey Lightsail::Certificate
    Lightsail::LoadBalancerTlsCertificate Location::APIKey MSK::BatchScramSecret Route53::KeySigningKey
    SES::EmailIdentityCertificate Transfer::Certificate Transfer::HostKey WorkSpacesWeb::TrustStore`),
  "a name that stays the same": words(`
    Amplify::Domain Cognito::UserPoolDomain Cognito::UserPoolResourceServer Route53::CidrCollection`),
};

const stateful = new Set(Object.values(statefulTypes).flat());

/** Tells whether losing a resource of this type loses data, or what is dear to make again. */
export const isStatefulType = (type: string): boolean => stateful.has(type.replace(/^AWS::/, ""));
