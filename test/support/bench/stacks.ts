/** A resource of a stack: its type, and the ids that it stands upon. */
export interface StackResource {
  readonly id: string;
  readonly type: string;
  readonly needs: readonly string[];
}

/** A stack as people have it. */
export type Stack = readonly StackResource[];

/** How long a create of each type takes, in seconds: what public reports of deployments tell, by service and type. */
export const secondsOf: Readonly<Record<string, number>> = {
  "ApiGatewayV2::Api": 2,
  "ApiGatewayV2::Integration": 1.5,
  "ApiGatewayV2::Route": 1.5,
  "ApiGatewayV2::Stage": 2.5,
  "CertificateManager::Certificate": 95,
  "CloudFront::CachePolicy": 3,
  "CloudFront::Distribution": 230,
  "CloudFront::OriginAccessControl": 2,
  "DynamoDB::Table": 18,
  "EC2::EIP": 16,
  "EC2::Instance": 36,
  "EC2::InternetGateway": 16,
  "EC2::NatGateway": 110,
  "EC2::Route": 6,
  "EC2::RouteTable": 11,
  "EC2::SecurityGroup": 7,
  "EC2::Subnet": 6,
  "EC2::SubnetRouteTableAssociation": 2,
  "EC2::VPC": 12,
  "EC2::VPCGatewayAttachment": 16,
  "ECS::Cluster": 7,
  "ECS::Service": 75,
  "ECS::TaskDefinition": 2,
  "ElasticLoadBalancingV2::Listener": 3,
  "ElasticLoadBalancingV2::LoadBalancer": 135,
  "ElasticLoadBalancingV2::TargetGroup": 14,
  "Events::Rule": 31,
  "IAM::InstanceProfile": 122,
  "IAM::Policy": 17,
  "IAM::Role": 19,
  "Lambda::EventSourceMapping": 22,
  "Lambda::Function": 9,
  "Lambda::Permission": 11,
  "Logs::LogGroup": 2,
  "RDS::DBInstance": 340,
  "RDS::DBSubnetGroup": 2,
  "Route53::HostedZone": 42,
  "S3::Bucket": 21,
  "S3::BucketPolicy": 2,
  "SNS::Subscription": 2,
  "SNS::Topic": 11,
  "SQS::Queue": 63,
  "SSM::Parameter": 2,
};

const one = (id: string, type: string, ...needs: readonly string[]): StackResource => ({ id, type, needs });

const numbered = (count: number, make: (n: number) => readonly StackResource[]): readonly StackResource[] =>
  Array.from({ length: count }, (_, n) => make(n)).flat();

const network: Stack = [
  one("vpc", "EC2::VPC"),
  one("igw", "EC2::InternetGateway"),
  one("attachment", "EC2::VPCGatewayAttachment", "vpc", "igw"),
  ...numbered(2, (n) => [
    one(`public-${n}`, "EC2::Subnet", "vpc"),
    one(`public-routes-${n}`, "EC2::RouteTable", "vpc"),
    one(`public-route-${n}`, "EC2::Route", `public-routes-${n}`, "attachment"),
    one(`public-association-${n}`, "EC2::SubnetRouteTableAssociation", `public-${n}`, `public-routes-${n}`),
  ]),
];

const balanced: Stack = [
  one("alb-group", "EC2::SecurityGroup", "vpc"),
  one("alb", "ElasticLoadBalancingV2::LoadBalancer", "alb-group", "public-0", "public-1", "attachment"),
  one("targets", "ElasticLoadBalancingV2::TargetGroup", "vpc"),
  one("listener", "ElasticLoadBalancingV2::Listener", "alb", "targets"),
];

/** Six stacks as people have them. */
export const stacks: Readonly<Record<string, Stack>> = {
  "wide: 48 independent resources": numbered(12, (n) => [
    one(`queue-${n}`, "SQS::Queue"),
    one(`topic-${n}`, "SNS::Topic"),
    one(`logs-${n}`, "Logs::LogGroup"),
    one(`parameter-${n}`, "SSM::Parameter"),
  ]),
  "serverless: three functions behind an API": [
    one("role", "IAM::Role"),
    one("policy", "IAM::Policy", "role"),
    one("table", "DynamoDB::Table"),
    one("topic", "SNS::Topic"),
    one("queue", "SQS::Queue"),
    one("api", "ApiGatewayV2::Api"),
    ...numbered(3, (n) => [
      one(`logs-${n}`, "Logs::LogGroup"),
      one(`function-${n}`, "Lambda::Function", "role", "policy", `logs-${n}`, "table"),
      one(`permission-${n}`, "Lambda::Permission", `function-${n}`, "api"),
      one(`integration-${n}`, "ApiGatewayV2::Integration", `function-${n}`, "api"),
      one(`route-${n}`, "ApiGatewayV2::Route", `integration-${n}`),
    ]),
    one("stage", "ApiGatewayV2::Stage", "api"),
    one("subscription", "SNS::Subscription", "topic", "queue"),
    one("mapping", "Lambda::EventSourceMapping", "function-1", "queue"),
    one("rule", "Events::Rule", "function-2"),
  ],
  "ec2: an instance in its network": [
    ...network,
    one("role", "IAM::Role"),
    one("profile", "IAM::InstanceProfile", "role"),
    one("group", "EC2::SecurityGroup", "vpc"),
    one("instance", "EC2::Instance", "public-0", "group", "profile"),
    one("eip", "EC2::EIP", "instance", "attachment"),
  ],
  "webapp: load balancer, NAT and a database": [
    ...network,
    ...balanced,
    ...numbered(2, (n) => [
      one(`private-${n}`, "EC2::Subnet", "vpc"),
      one(`address-${n}`, "EC2::EIP", "attachment"),
      one(`nat-${n}`, "EC2::NatGateway", `address-${n}`, `public-${n}`, `public-route-${n}`),
      one(`private-routes-${n}`, "EC2::RouteTable", "vpc"),
      one(`private-route-${n}`, "EC2::Route", `private-routes-${n}`, `nat-${n}`),
      one(
        `private-association-${n}`,
        "EC2::SubnetRouteTableAssociation",
        `private-${n}`,
        `private-routes-${n}`,
      ),
    ]),
    one("subnets", "RDS::DBSubnetGroup", "private-0", "private-1"),
    one("database-group", "EC2::SecurityGroup", "vpc"),
    one("database", "RDS::DBInstance", "subnets", "database-group"),
    one("role", "IAM::Role"),
    one("profile", "IAM::InstanceProfile", "role"),
    one("app", "EC2::Instance", "private-0", "private-route-0", "profile", "database", "targets"),
  ],
  "ecs: a service behind a load balancer": [
    ...network,
    ...balanced,
    one("cluster", "ECS::Cluster"),
    one("logs", "Logs::LogGroup"),
    one("execution-role", "IAM::Role"),
    one("execution-policy", "IAM::Policy", "execution-role"),
    one("task-role", "IAM::Role"),
    one("task", "ECS::TaskDefinition", "execution-role", "task-role", "logs"),
    one("service-group", "EC2::SecurityGroup", "alb-group"),
    one("service", "ECS::Service", "cluster", "task", "listener", "service-group", "execution-policy"),
  ],
  "cloudfront: a site with its certificate": [
    one("zone", "Route53::HostedZone"),
    one("certificate", "CertificateManager::Certificate", "zone"),
    one("site", "S3::Bucket"),
    one("logs", "S3::Bucket"),
    one("access", "CloudFront::OriginAccessControl"),
    one("cache", "CloudFront::CachePolicy"),
    one("distribution", "CloudFront::Distribution", "certificate", "site", "logs", "access", "cache"),
    one("site-policy", "S3::BucketPolicy", "site", "distribution"),
  ],
};

/** The seconds that a stack takes where nothing is ever noticed late: its longest chain. */
export function criticalSecondsOf(stack: Stack): number {
  const endOf = new Map<string, number>();
  for (const { id, type, needs } of stack) {
    const begun = Math.max(0, ...needs.map((need) => endOf.get(need) ?? 0));
    endOf.set(id, begun + (secondsOf[type] ?? 0));
  }
  return Math.max(...endOf.values());
}
