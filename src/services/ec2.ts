import { noUpdate } from "./handlers.ts";
import type { Notes } from "./note.ts";

/** What the registry's schemas of these types (DescribeType, us-east-1, August 2026) say and the specification does not. */
export const ec2: Notes = {
  "AWS::EC2::CapacityReservation": {
    replacement: { InstanceMatchCriteria: "no" },
    registry: { writeOnly: ["/UnusedReservationBillingOwnerId"] },
  },
  "AWS::EC2::EIP": {
    replacement: { Domain: "no" },
    registry: { writeOnly: ["/Address", "/IpamPoolId", "/TransferAddress"] },
  },
  "AWS::EC2::EIPAssociation": { registry: { handlers: noUpdate, replacementStrategy: "delete_then_create" } },
  "AWS::EC2::Instance": {
    registry: {
      writeOnly: [
        "/AdditionalInfo",
        "/BlockDeviceMappings/*/NoDevice",
        "/BlockDeviceMappings/*/VirtualName",
        "/Ipv6AddressCount",
        "/Ipv6Addresses",
        "/LaunchTemplate",
        "/LicenseSpecification",
        "/PropagateTagsToVolumeOnCreation",
      ],
    },
  },
  "AWS::EC2::KeyPair": { registry: { writeOnly: ["/KeyFormat"], handlers: noUpdate } },
  "AWS::EC2::LaunchTemplate": {
    registry: { writeOnly: ["/LaunchTemplateData", "/TagSpecifications", "/VersionDescription"] },
  },
  "AWS::EC2::NatGateway": { registry: { writeOnly: ["/MaxDrainDurationSeconds"] } },
  "AWS::EC2::NetworkInterface": {
    replacement: { ConnectionTrackingSpecification: "maybe", EnablePrimaryIpv6: "maybe" },
    registry: { writeOnly: ["/PublicIpDnsHostnameTypeSpecification"] },
  },
  "AWS::EC2::PlacementGroup": { registry: { handlers: noUpdate } },
  "AWS::EC2::SecurityGroup": {
    registry: {
      writeOnly: ["/SecurityGroupIngress/*/SourceSecurityGroupName"],
      unordered: ["/SecurityGroupEgress", "/SecurityGroupIngress"],
    },
  },
  "AWS::EC2::SpotFleet": {
    registry: {
      writeOnly: [
        "/SpotFleetRequestConfigData/LaunchSpecifications/*/NetworkInterfaces/*/Groups",
        "/SpotFleetRequestConfigData/TagSpecifications",
      ],
    },
  },
  "AWS::EC2::Subnet": {
    registry: {
      writeOnly: [
        "/EnableLniAtDeviceIndex",
        "/Ipv4IpamPoolId",
        "/Ipv4NetmaskLength",
        "/Ipv6IpamPoolId",
        "/Ipv6NetmaskLength",
      ],
    },
  },
  "AWS::EC2::SubnetCidrBlock": {
    registry: { writeOnly: ["/Ipv6IpamPoolId", "/Ipv6NetmaskLength"], handlers: noUpdate },
  },
  "AWS::EC2::SubnetRouteTableAssociation": {
    registry: { handlers: noUpdate, replacementStrategy: "delete_then_create" },
  },
  "AWS::EC2::TransitGateway": { registry: { writeOnly: ["/EncryptionSupport"] } },
  "AWS::EC2::VPC": {
    registry: {
      writeOnly: [
        "/Ipv4IpamPoolId",
        "/Ipv4NetmaskLength",
        "/VpcEncryptionControl/EgressOnlyInternetGatewayExclusion",
        "/VpcEncryptionControl/ElasticFileSystemExclusion",
        "/VpcEncryptionControl/InternetGatewayExclusion",
        "/VpcEncryptionControl/LambdaExclusion",
        "/VpcEncryptionControl/NatGatewayExclusion",
        "/VpcEncryptionControl/VirtualPrivateGatewayExclusion",
        "/VpcEncryptionControl/VpcLatticeExclusion",
        "/VpcEncryptionControl/VpcPeeringExclusion",
      ],
    },
  },
  "AWS::EC2::VPCCidrBlock": {
    registry: {
      writeOnly: ["/Ipv4IpamPoolId", "/Ipv4NetmaskLength", "/Ipv6IpamPoolId", "/Ipv6NetmaskLength"],
      handlers: noUpdate,
    },
  },
  "AWS::EC2::VolumeAttachment": { registry: { handlers: noUpdate } },
};
