import { noUpdate } from "./handlers.ts";
import { below, by, named } from "./natural-key.ts";
import type { Notes } from "./note.ts";

/**
 * What the registry's schemas of these types (DescribeType, us-east-1, August 2026) say and the specification does
 * not, and what tells one resource of a type from another.
 */
export const ec2: Notes = {
  "AWS::EC2::CapacityReservation": {
    replacement: { InstanceMatchCriteria: "no" },
    registry: { writeOnly: ["/UnusedReservationBillingOwnerId"] },
  },
  "AWS::EC2::CustomerGateway": { naturalKeys: [named()] },
  "AWS::EC2::DHCPOptions": { naturalKeys: [named()] },
  "AWS::EC2::EIP": {
    naturalKeys: [named()],
    replacement: { Domain: "no" },
    registry: { writeOnly: ["/Address", "/IpamPoolId", "/TransferAddress"] },
  },
  // An address is associated with one thing at a time.
  "AWS::EC2::EIPAssociation": {
    naturalKeys: [by("AllocationId")],
    registry: { handlers: noUpdate, replacementStrategy: "delete_then_create" },
  },
  // A VPC has at most one.
  "AWS::EC2::EgressOnlyInternetGateway": { naturalKeys: [by("VpcId")] },
  "AWS::EC2::FlowLog": { naturalKeys: [named("ResourceId")] },
  "AWS::EC2::IPAM": { naturalKeys: [named()] },
  "AWS::EC2::IPAMPool": { naturalKeys: [named("IpamScopeId")] },
  "AWS::EC2::IPAMScope": { naturalKeys: [named("IpamId")] },
  "AWS::EC2::Instance": {
    naturalKeys: [named()],
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
  "AWS::EC2::InstanceConnectEndpoint": { naturalKeys: [by("SubnetId")] },
  "AWS::EC2::InternetGateway": { naturalKeys: [named()] },
  "AWS::EC2::KeyPair": { registry: { writeOnly: ["/KeyFormat"], handlers: noUpdate } },
  "AWS::EC2::LaunchTemplate": {
    naturalKeys: [by("LaunchTemplateName")],
    registry: { writeOnly: ["/LaunchTemplateData", "/TagSpecifications", "/VersionDescription"] },
  },
  "AWS::EC2::NatGateway": {
    naturalKeys: [named("SubnetId"), named()],
    registry: { writeOnly: ["/MaxDrainDurationSeconds"] },
  },
  "AWS::EC2::NetworkAcl": { naturalKeys: [named("VpcId")] },
  "AWS::EC2::NetworkInterface": {
    naturalKeys: [named("SubnetId")],
    replacement: { ConnectionTrackingSpecification: "maybe", EnablePrimaryIpv6: "maybe" },
    registry: { writeOnly: ["/PublicIpDnsHostnameTypeSpecification"] },
  },
  "AWS::EC2::PlacementGroup": { registry: { handlers: noUpdate } },
  "AWS::EC2::PrefixList": { naturalKeys: [by("PrefixListName")] },
  "AWS::EC2::Route": {
    naturalKeys: [
      below("RouteTableId", "DestinationCidrBlock"),
      below("RouteTableId", "DestinationIpv6CidrBlock"),
      below("RouteTableId", "DestinationPrefixListId"),
    ],
    listNeeds: ["RouteTableId"],
  },
  "AWS::EC2::RouteTable": { naturalKeys: [named("VpcId")] },
  "AWS::EC2::SecurityGroup": {
    naturalKeys: [by("VpcId", "GroupName")],
    registry: {
      writeOnly: ["/SecurityGroupIngress/*/SourceSecurityGroupName"],
      unordered: ["/SecurityGroupEgress", "/SecurityGroupIngress"],
    },
  },
  // EC2 refuses a second rule with the same protocol, ports and peer.
  "AWS::EC2::SecurityGroupEgress": {
    naturalKeys: [
      by("GroupId", "IpProtocol", "FromPort", "ToPort", "CidrIp"),
      by("GroupId", "IpProtocol", "FromPort", "ToPort", "CidrIpv6"),
      by("GroupId", "IpProtocol", "FromPort", "ToPort", "DestinationPrefixListId"),
      by("GroupId", "IpProtocol", "FromPort", "ToPort", "DestinationSecurityGroupId"),
    ],
  },
  "AWS::EC2::SecurityGroupIngress": {
    naturalKeys: [
      by("GroupId", "IpProtocol", "FromPort", "ToPort", "CidrIp"),
      by("GroupId", "IpProtocol", "FromPort", "ToPort", "CidrIpv6"),
      by("GroupId", "IpProtocol", "FromPort", "ToPort", "SourcePrefixListId"),
      by("GroupId", "IpProtocol", "FromPort", "ToPort", "SourceSecurityGroupId"),
    ],
  },
  "AWS::EC2::SpotFleet": {
    registry: {
      writeOnly: [
        "/SpotFleetRequestConfigData/LaunchSpecifications/*/NetworkInterfaces/*/Groups",
        "/SpotFleetRequestConfigData/TagSpecifications",
      ],
    },
  },
  // Subnets of one VPC never overlap.
  "AWS::EC2::Subnet": {
    naturalKeys: [by("VpcId", "CidrBlock"), named("VpcId")],
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
    naturalKeys: [by("SubnetId", "Ipv6CidrBlock")],
    registry: { writeOnly: ["/Ipv6IpamPoolId", "/Ipv6NetmaskLength"], handlers: noUpdate },
  },
  "AWS::EC2::SubnetNetworkAclAssociation": { naturalKeys: [by("SubnetId", "NetworkAclId")] },
  // A subnet has at most one: a second, also with another table, is refused.
  "AWS::EC2::SubnetRouteTableAssociation": {
    naturalKeys: [by("SubnetId")],
    registry: { handlers: noUpdate, replacementStrategy: "delete_then_create" },
  },
  "AWS::EC2::TransitGateway": { naturalKeys: [named()], registry: { writeOnly: ["/EncryptionSupport"] } },
  "AWS::EC2::TransitGatewayAttachment": { naturalKeys: [by("TransitGatewayId", "VpcId")] },
  "AWS::EC2::TransitGatewayPeeringAttachment": {
    naturalKeys: [by("TransitGatewayId", "PeerTransitGatewayId")],
  },
  "AWS::EC2::TransitGatewayRouteTable": { naturalKeys: [named("TransitGatewayId")] },
  "AWS::EC2::TransitGatewayVpcAttachment": { naturalKeys: [by("TransitGatewayId", "VpcId")] },
  "AWS::EC2::VPC": {
    naturalKeys: [named()],
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
    naturalKeys: [below("VpcId", "CidrBlock"), below("VpcId", "Ipv6CidrBlock")],
    listNeeds: ["VpcId"],
    registry: {
      writeOnly: ["/Ipv4IpamPoolId", "/Ipv4NetmaskLength", "/Ipv6IpamPoolId", "/Ipv6NetmaskLength"],
      handlers: noUpdate,
    },
  },
  "AWS::EC2::VPCEndpoint": {
    naturalKeys: [named("VpcId", "ServiceName"), by("VpcId", "ServiceName", "VpcEndpointType")],
  },
  "AWS::EC2::VPCGatewayAttachment": {
    naturalKeys: [by("VpcId", "InternetGatewayId"), by("VpcId", "VpnGatewayId")],
  },
  "AWS::EC2::VPCPeeringConnection": { naturalKeys: [by("VpcId", "PeerVpcId")] },
  "AWS::EC2::VPNConnection": { naturalKeys: [named()] },
  "AWS::EC2::VPNGateway": { naturalKeys: [named()] },
  "AWS::EC2::Volume": { naturalKeys: [named()] },
  "AWS::EC2::VolumeAttachment": { registry: { handlers: noUpdate } },
};
