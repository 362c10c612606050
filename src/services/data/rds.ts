import { byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/**
 * What the registry's schemas of these types (DescribeType, us-east-1, August 2026) say and the specification does
 * not, and what tells one resource of a type from another.
 */
export const rds: Notes = {
  "AWS::RDS::CustomDBEngineVersion": {
    registry: {
      writeOnly: ["/Manifest", "/SourceCustomDbEngineVersionIdentifier", "/UseAwsProvidedLatestImage"],
    },
  },
  "AWS::RDS::DBCluster": {
    registry: {
      writeOnly: [
        "/ClusterScalabilityType",
        "/DBInstanceParameterGroupName",
        "/DeleteAutomatedBackups",
        "/MasterUserAuthenticationType",
        "/MasterUserPassword",
        "/RestoreToTime",
        "/RestoreType",
        "/SnapshotIdentifier",
        "/SourceDBClusterIdentifier",
        "/SourceDbClusterResourceId",
        "/SourceRegion",
        "/UseLatestRestorableTime",
      ],
    },
  },
  "AWS::RDS::DBInstance": {
    replacement: { Port: "no" },
    registry: {
      writeOnly: [
        "/AllowMajorVersionUpgrade",
        "/ApplyImmediately",
        "/AutomaticBackupReplicationKmsKeyId",
        "/CertificateRotationRestart",
        "/DBSnapshotIdentifier",
        "/DeleteAutomatedBackups",
        "/MasterUserAuthenticationType",
        "/MasterUserPassword",
        "/RestoreTime",
        "/SourceDBInstanceAutomatedBackupsArn",
        "/SourceDBInstanceIdentifier",
        "/SourceDbiResourceId",
        "/SourceRegion",
        "/TdeCredentialPassword",
        "/UseDefaultProcessorFeatures",
        "/UseLatestRestorableTime",
      ],
    },
  },
  "AWS::RDS::DBProxyTargetGroup": { naturalKeys: [byKeys("DBProxyName", "TargetGroupName")] },
  "AWS::RDS::DBShardGroup": { registry: { writeOnly: ["/MinACU"] } },
  "AWS::RDS::Integration": { naturalKeys: [byKeys("IntegrationName")] },
};
