import { noUpdate } from "./handlers.ts";
import { belowParent, byKeys, byNameTag } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/**
 * What the registry's schemas of these types (DescribeType, us-east-1, August 2026) say and the specification does
 * not, and what tells one resource of a type from another.
 */
export const ec2: Notes = {
  "AWS::EC2::CapacityReservation": {
    replacement: { InstanceMatchCriteria: "no" },
    registry: { writeOnly: ["/UnusedReservationBillingOwnerId"] },
  },
  "AWS::EC2::CustomerGateway": { naturalKeys: [byNameTag()] },
  "AWS::EC2::DHCPOptions": { naturalKeys: [byNameTag()] },
  "AWS::EC2::EIP": {
    naturalKeys: [byNameTag()],
    replacement: { Domain: "no" },
    registry: { writeOnly: ["/Address", "/IpamPoolId", "/TransferAddress"] },
  },
  // An address is associated with one thing at a time.
  "AWS::EC2::EIPAssociation": {
    naturalKeys: [byKeys("AllocationId")],
    registry: { handlers: noUpdate, replacementStrategy: "delete_then_create" },
  },
  // A VPC has at most one.
  "AWS::EC2::EgressOnlyInternetGateway": { naturalKeys: [byKeys("VpcId")] },
  "AWS::EC2::FlowLog": { naturalKeys: [byNameTag("ResourceId")] },
  "AWS::EC2::IPAM": { naturalKeys: [byNameTag()] },
  "AWS::EC2::IPAMPool": { naturalKeys: [byNameTag("IpamScopeId")] },
  "AWS::EC2::IPAMScope": { naturalKeys: [byNameTag("IpamId")] },
  "AWS::EC2::Instance": {
    naturalKeys: [byNameTag()],
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
  "AWS::EC2::InstanceConnectEndpoint": { naturalKeys: [byKeys("SubnetId")] },
  "AWS::EC2::InternetGateway": { naturalKeys: [byNameTag()] },
  "AWS::EC2::KeyPair": { registry: { writeOnly: ["/KeyFormat"], handlers: noUpdate } },
  "AWS::EC2::LaunchTemplate": {
    naturalKeys: [byKeys("LaunchTemplateName")],
    registry: { writeOnly: ["/LaunchTemplateData", "/TagSpecifications", "/VersionDescription"] },
  },
  "AWS::EC2::NatGateway": {
    naturalKeys: [byNameTag("SubnetId"), byNameTag()],
    registry: { writeOnly: ["/MaxDrainDurationSeconds"] },
  },
  "AWS::EC2::NetworkAcl": { naturalKeys: [byNameTag("VpcId")] },
  "AWS::EC2::NetworkInterface": {
    naturalKeys: [byNameTag("SubnetId")],
    replacement: { ConnectionTrackingSpecification: "maybe", EnablePrimaryIpv6: "maybe" },
    registry: { writeOnly: ["/PublicIpDnsHostnameTypeSpecification"] },
  },
  "AWS::EC2::PlacementGroup": { registry: { handlers: noUpdate } },
  "AWS::EC2::PrefixList": { naturalKeys: [byKeys("PrefixListName")] },
  "AWS::EC2::Route": {
    naturalKeys: [
      belowParent("RouteTableId", "DestinationCidrBlock"),
      belowParent("RouteTableId", "DestinationIpv6CidrBlock"),
      belowParent("RouteTableId", "DestinationPrefixListId"),
    ],
    listNeeds: ["RouteTableId"],
  },
  "AWS::EC2::RouteTable": { naturalKeys: [byNameTag("VpcId")] },
  "AWS::EC2::SecurityGroup": {
    naturalKeys: [byKeys("VpcId", "GroupName")],
    registry: {
      writeOnly: ["/SecurityGroupIngress/*/SourceSecurityGroupName"],
      unordered: ["/SecurityGroupEgress", "/SecurityGroupIngress"],
    },
  },
  // EC2 refuses a second rule with the same protocol, ports and peer.
  "AWS::EC2::SecurityGroupEgress": {
    naturalKeys: [
      byKeys("GroupId", "IpProtocol", "FromPort", "ToPort", "CidrIp"),
      byKeys("GroupId", "IpProtocol", "FromPort", "ToPort", "CidrIpv6"),
      byKeys("GroupId", "IpProtocol", "FromPort", "ToPort", "DestinationPrefixListId"),
      byKeys("GroupId", "IpProtocol", "FromPort", "ToPort", "DestinationSecurityGroupId"),
    ],
  },
  "AWS::EC2::SecurityGroupIngress": {
    naturalKeys: [
      byKeys("GroupId", "IpProtocol", "FromPort", "ToPort", "CidrIp"),
      byKeys("GroupId", "IpProtocol", "FromPort", "ToPort", "CidrIpv6"),
      byKeys("GroupId", "IpProtocol", "FromPort", "ToPort", "SourcePrefixListId"),
      byKeys("GroupId", "IpProtocol", "FromPort", "ToPort", "SourceSecurityGroupId"),
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
    naturalKeys: [byKeys("VpcId", "CidrBlock"), byNameTag("VpcId")],
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
    naturalKeys: [byKeys("SubnetId", "Ipv6CidrBlock")],
    registry: { writeOnly: ["/Ipv6IpamPoolId", "/Ipv6NetmaskLength"], handlers: noUpdate },
  },
  "AWS::EC2::SubnetNetworkAclAssociation": { naturalKeys: [byKeys("SubnetId", "NetworkAclId")] },
  // A subnet has at most one: a second, also with another table, is refused.
  "AWS::EC2::SubnetRouteTableAssociation": {
    naturalKeys: [byKeys("SubnetId")],
    registry: { handlers: noUpdate, replacementStrategy: "delete_then_create" },
  },
  "AWS::EC2::TransitGateway": { naturalKeys: [byNameTag()], registry: { writeOnly: ["/EncryptionSupport"] } },
  "AWS::EC2::TransitGatewayAttachment": { naturalKeys: [byKeys("TransitGatewayId", "VpcId")] },
  "AWS::EC2::TransitGatewayPeeringAttachment": {
    naturalKeys: [byKeys("TransitGatewayId", "PeerTransitGatewayId")],
  },
  "AWS::EC2::TransitGatewayRouteTable": { naturalKeys: [byNameTag("TransitGatewayId")] },
  "AWS::EC2::TransitGatewayVpcAttachment": { naturalKeys: [byKeys("TransitGatewayId", "VpcId")] },
  "AWS::EC2::VPC": {
    naturalKeys: [byNameTag()],
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
    naturalKeys: [belowParent("VpcId", "CidrBlock"), belowParent("VpcId", "Ipv6CidrBlock")],
    listNeeds: ["VpcId"],
    registry: {
      writeOnly: ["/Ipv4IpamPoolId", "/Ipv4NetmaskLength", "/Ipv6IpamPoolId", "/Ipv6NetmaskLength"],
      handlers: noUpdate,
    },
  },
  "AWS::EC2::VPCEndpoint": {
    naturalKeys: [byNameTag("VpcId", "ServiceName"), byKeys("VpcId", "ServiceName", "VpcEndpointType")],
  },
  "AWS::EC2::VPCGatewayAttachment": {
    naturalKeys: [byKeys("VpcId", "InternetGatewayId"), byKeys("VpcId", "VpnGatewayId")],
  },
  "AWS::EC2::VPCPeeringConnection": { naturalKeys: [byKeys("VpcId", "PeerVpcId")] },
  "AWS::EC2::VPNConnection": { naturalKeys: [byNameTag()] },
  "AWS::EC2::VPNGateway": { naturalKeys: [byNameTag()] },
  "AWS::EC2::Volume": { naturalKeys: [byNameTag()] },
  "AWS::EC2::VolumeAttachment": { registry: { handlers: noUpdate } },
};
