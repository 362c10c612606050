/**
 * Types whose registry schema has no handlers at all: CloudFormation makes them by itself, Cloud Control cannot. Of the
 * 1,489 public schemas these ten; Route 53 record sets have a provider of their own (`src/providers/`).
 */
const unserved: readonly string[] = [
  "AWS::AppStream::StackFleetAssociation",
  "AWS::DAX::SubnetGroup",
  "AWS::DataSync::StorageSystem",
  "AWS::EMR::InstanceGroupConfig",
  "AWS::NimbleStudio::LaunchProfile",
  "AWS::NimbleStudio::StreamingImage",
  "AWS::NimbleStudio::Studio",
  "AWS::NimbleStudio::StudioComponent",
  "AWS::OpsWorksCM::Server",
];

/** Tells whether Cloud Control had no handlers for a type when this version was made. */
export const isUnserved = (type: string): boolean => unserved.includes(type);
