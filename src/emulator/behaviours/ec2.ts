import { type Json, type Props, isList, isProps } from "../../json.ts";
import { type Behaviours, type Parent, changeProperty, plain } from "./behaviour.ts";

const vpc: Parent = {
  type: "AWS::EC2::VPC",
  keys: ["VpcId"],
  missing: "The vpc ID '{VpcId}' does not exist (Service: Ec2, Status Code: 400)",
  onDelete: { refuse: "The vpc '{VpcId}' has dependencies and cannot be deleted." },
};

const cidrRule = {
  path: "/CidrBlock",
  pattern: /^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/,
  message: "Value for parameter cidrBlock is invalid. This is not a valid CIDR block.",
};

/** Rules come back in the service's order, those for all protocols with ports. */
const rulesRead = (rules: Json): Json =>
  isList(rules) ? rules.map(withPorts).toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1)) : rules;

const withPorts = (rule: Json): Json =>
  isProps(rule) && plain(rule["IpProtocol"]) === "-1" ? { FromPort: -1, ToPort: -1, ...rule } : rule;

const orderOf = (rule: Json): string =>
  isProps(rule)
    ? ["IpProtocol", "FromPort", "ToPort", "CidrIp"].map((name) => plain(rule[name])).join(" ")
    : "";

const openToAll = { CidrIp: "0.0.0.0/0", IpProtocol: "-1", FromPort: -1, ToPort: -1 };

const encryptionExclusions = [
  "EgressOnlyInternetGateway",
  "ElasticFileSystem",
  "InternetGateway",
  "Lambda",
  "NatGateway",
  "VirtualPrivateGateway",
  "VpcLattice",
  "VpcPeering",
].map((traffic) => `/VpcEncryptionControl/${traffic}Exclusion`);

function refuseVpc(model: Props): string | undefined {
  return model["CidrBlock"] === undefined
    ? "Either CIDR Block or IPv4 IPAM Pool and IPv4 Netmask Length must be provided"
    : undefined;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/ */
export const ec2: Behaviours = {
  "AWS::EC2::VPC": {
    writeOnly: ["/Ipv4IpamPoolId", "/Ipv4NetmaskLength", ...encryptionExclusions],
    defaults: ({ Ipv4IpamPoolId: pool }) => ({
      ...(pool !== undefined && { CidrBlock: "10.0.0.0/16" }),
      InstanceTenancy: "default",
      EnableDnsHostnames: false,
      EnableDnsSupport: true,
    }),
    made: {
      VpcId: "vpc-{hex:17}",
      CidrBlockAssociations: ["vpc-cidr-assoc-{hex:17}"],
      DefaultNetworkAcl: "acl-{hex:17}",
      DefaultSecurityGroup: "sg-{hex:17}",
      Ipv6CidrBlocks: [],
    },
    notUpdatable: ["/InstanceTenancy"],
    rules: [cidrRule],
    refuse: refuseVpc,
  },
  "AWS::EC2::Subnet": {
    writeOnly: [
      "/EnableLniAtDeviceIndex",
      "/Ipv4IpamPoolId",
      "/Ipv4NetmaskLength",
      "/Ipv6IpamPoolId",
      "/Ipv6NetmaskLength",
    ],
    parents: [vpc],
    defaults: {
      AssignIpv6AddressOnCreation: false,
      AvailabilityZone: "{region}a",
      EnableDns64: false,
      Ipv6Native: false,
      MapPublicIpOnLaunch: false,
      PrivateDnsNameOptionsOnLaunch: {
        EnableResourceNameDnsAAAARecord: false,
        EnableResourceNameDnsARecord: false,
        HostnameType: "ip-name",
      },
    },
    made: {
      SubnetId: "subnet-{hex:17}",
      BlockPublicAccessStates: { InternetGatewayBlockMode: "off" },
      Ipv6CidrBlocks: [],
      NetworkAclAssociationId: "aclassoc-{hex:17}",
    },
    rules: [cidrRule],
  },
  "AWS::EC2::SecurityGroup": {
    writeOnly: ["/SecurityGroupIngress/*/SourceSecurityGroupName"],
    parents: [vpc],
    defaults: { GroupName: "{mixed:21}", SecurityGroupEgress: [openToAll] },
    made: { GroupId: "sg-{hex:17}", Id: "{GroupId}" },
    unique: [
      {
        keys: ["VpcId", "GroupName"],
        message: "The security group '{GroupName}' already exists for VPC '{VpcId}'",
      },
    ],
    keep: (model) =>
      changeProperty(
        changeProperty(model, "SecurityGroupIngress", rulesRead),
        "SecurityGroupEgress",
        rulesRead,
      ),
  },
};
