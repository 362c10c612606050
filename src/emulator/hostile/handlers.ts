import { type Json, type Pointer, type Props, isList, isProps } from "../../json.ts";

/** What one handler does beyond its schema, as people have reported it. */
export interface HandlerHabits {
  /** What a read shows beside what was asked. */
  readonly echo?: (model: Props) => Props;
  /** What the service has against a model that an update would lead to. */
  readonly refuse?: (wanted: Props) => string | undefined;
  /** The same, but the schema itself says so, and Cloud Control refuses before the handler runs. */
  readonly breach?: (wanted: Props) => string | undefined;
  /** Text of which the service keeps no case. */
  readonly caseless?: readonly Pointer[];
  /** Values that make something: a patch may not hold them, whatever they are. */
  readonly restores?: readonly Pointer[];
  /** The member that says how to generate the value of another one. */
  readonly generates?: readonly [by: string, value: string];
}

// cdk-real-drift #265: the empty Description fails the pattern of its own schema.
const described: HandlerHabits = {
  echo: ({ Description = "" }) => ({ Description }),
  breach: ({ Description }) =>
    Description === "" ? "#/Description: failed validation constraint for keyword [pattern]" : undefined,
};

/** Changes every object at any depth. */
function everywhere(value: Json, change: (object: Props) => Props): Json {
  if (isList(value)) return value.map((item) => everywhere(item, change));
  if (!isProps(value)) return value;
  const inner = Object.entries(value).map(([name, item]): [string, Json] => [name, everywhere(item, change)]);
  return change(Object.fromEntries(inner));
}

const some = (value: Json, test: (object: Props) => boolean): boolean =>
  isList(value)
    ? value.some((item) => some(item, test))
    : isProps(value) && (test(value) || Object.values(value).some((item) => some(item, test)));

// roadmap #2537, awscc #3243.
const withBase64 = (rules: Json): Json =>
  everywhere(rules, (object) =>
    typeof object["SearchString"] === "string"
      ? { ...object, SearchStringBase64: Buffer.from(object["SearchString"]).toString("base64") }
      : object,
  );

const searching: HandlerHabits = {
  ...described,
  echo: ({ Description = "", Rules }) => ({
    Description,
    ...(Rules !== undefined && { Rules: withBase64(Rules) }),
  }),
  refuse: ({ Rules = [] }) =>
    some(Rules, (object) => "SearchString" in object && "SearchStringBase64" in object)
      ? "You may provide only one of SearchString and SearchStringBase64 (Service: Wafv2, Status Code: 400)"
      : undefined,
};

const restored: readonly Pointer[] = [
  "/DBSnapshotIdentifier",
  "/RestoreTime",
  "/SourceDbiResourceId",
  "/UseLatestRestorableTime",
];

const clusterNames: readonly Pointer[] = ["/DBClusterIdentifier", "/DBSubnetGroupName"];

const known: Readonly<Record<string, HandlerHabits>> = {
  // cdk-real-drift #667.
  "AWS::ApiGatewayV2::Stage": {
    echo: ({ AutoDeploy }) => (AutoDeploy === true ? { DeploymentId: "d3p10y" } : {}),
    refuse: ({ AutoDeploy, DeploymentId }) =>
      AutoDeploy === true && DeploymentId !== undefined
        ? "Stage DeploymentId cannot be set with AutoDeploy"
        : undefined,
  },
  "AWS::DMS::Endpoint": { caseless: ["/EndpointIdentifier", "/EndpointType"] },
  "AWS::DMS::ReplicationSubnetGroup": { caseless: ["/ReplicationSubnetGroupIdentifier"] },
  "AWS::DocDB::DBCluster": { caseless: clusterNames },
  "AWS::ElastiCache::ReplicationGroup": { restores: ["/AuthToken", "/SnapshotName"] },
  "AWS::ElastiCache::SubnetGroup": { caseless: ["/CacheSubnetGroupName"] },
  // cdk-real-drift #266.
  "AWS::Glue::Job": {
    echo: ({ WorkerType, MaxCapacity = 10 }) => (WorkerType === undefined ? {} : { MaxCapacity }),
    refuse: ({ WorkerType, MaxCapacity }) =>
      WorkerType !== undefined && MaxCapacity !== undefined
        ? "MaxCapacity cannot be set with WorkerType or NumberOfWorkers"
        : undefined,
  },
  // cdk-real-drift #650.
  "AWS::Lambda::EventInvokeConfig": {
    echo: ({ DestinationConfig = {} }) => ({ DestinationConfig }),
    breach: ({ DestinationConfig: sent }) =>
      isProps(sent) && Object.keys(sent).length === 0
        ? "#/DestinationConfig/OnSuccess: required key [Destination] not found"
        : undefined,
  },
  "AWS::Neptune::DBCluster": { caseless: clusterNames, restores: ["/SnapshotIdentifier"] },
  "AWS::RDS::DBInstance": {
    caseless: ["/DBSubnetGroupName", "/DBParameterGroupName", "/OptionGroupName"],
    restores: restored,
  },
  "AWS::RDS::DBSubnetGroup": { caseless: ["/DBSubnetGroupName"] },
  "AWS::Redshift::Cluster": { caseless: ["/ClusterIdentifier"], restores: ["/SnapshotIdentifier"] },
  // cdkd #2472.
  "AWS::SecretsManager::Secret": { generates: ["GenerateSecretString", "SecretString"] },
  // cdk-real-drift #481.
  "AWS::VpcLattice::Rule": {
    echo: ({ Match }) => {
      const http = isProps(Match) ? Match["HttpMatch"] : undefined;
      return isProps(http) ? { Match: { HttpMatch: { HeaderMatches: [], ...http } } } : {};
    },
    refuse: ({ Match = {} }) =>
      some(Match, ({ HeaderMatches: list }) => isList(list) && list.length === 0)
        ? "HeaderMatches must hold at least one item"
        : undefined,
  },
  "AWS::WAFv2::IPSet": described,
  "AWS::WAFv2::RegexPatternSet": described,
  "AWS::WAFv2::RuleGroup": searching,
  "AWS::WAFv2::WebACL": searching,
};

const nothing: HandlerHabits = {};

/** What is known of the handlers of a type. */
export const habitsOf = (type: string): HandlerHabits =>
  Object.hasOwn(known, type) ? (known[type] ?? nothing) : nothing;
