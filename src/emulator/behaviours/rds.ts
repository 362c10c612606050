import type { Behaviours } from "./behaviour.ts";

const ports: readonly (readonly [RegExp, string])[] = [
  [/postgres/, "5432"],
  [/oracle/, "1521"],
  [/sqlserver/, "1433"],
  [/db2/, "50000"],
];

const portOf = (engine: unknown): string =>
  ports.find(([pattern]) => pattern.test(String(engine)))?.[1] ?? "3306";

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
export const rds: Behaviours = {
  "AWS::RDS::DBInstance": {
    lowerCase: ["/DBInstanceIdentifier"],
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
    readOnly: ["/CertificateDetails", "/Endpoint", "/MasterUserSecret/SecretArn"],
    defaults: ({ Engine: engine }) => ({
      DBInstanceIdentifier: "{lower:15}",
      AutoMinorVersionUpgrade: true,
      AvailabilityZone: "{region}a",
      BackupRetentionPeriod: 1,
      CACertificateIdentifier: "rds-ca-rsa2048-g1",
      CopyTagsToSnapshot: false,
      DeletionProtection: false,
      EnableIAMDatabaseAuthentication: false,
      MonitoringInterval: 0,
      MultiAZ: false,
      NetworkType: "IPV4",
      Port: portOf(engine),
      PubliclyAccessible: false,
      StorageEncrypted: false,
      StorageType: "gp2",
    }),
    made: {
      DBInstanceArn: "arn:aws:rds:{region}:{account}:db:{DBInstanceIdentifier}",
      DBInstanceStatus: "available",
      DbiResourceId: "db-{upper:26}",
      InstanceCreateTime: "{now}",
      CertificateDetails: { CAIdentifier: "{CACertificateIdentifier}" },
      Endpoint: {
        Address: "{DBInstanceIdentifier}.{lower:12}.{region}.rds.amazonaws.com",
        HostedZoneId: "Z{upper:13}",
        Port: "{Port}",
      },
    },
    mutable: ["/Port"],
    notUpdatable: ["/Engine"],
    protection: {
      property: "DeletionProtection",
      message: "Cannot delete protected DB Instance, please disable deletion protection and try again.",
    },
    rules: [
      {
        path: "/DBInstanceIdentifier",
        pattern: /^(?!.*--)[a-z][a-z0-9-]{0,61}[a-z0-9]$/,
        message:
          "The parameter DBInstanceIdentifier is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.",
      },
    ],
  },
};
