import { describe, expect, test } from "vitest";
import { type Plan, planChange } from "../../src/diff/index.ts";
import type { Json, Pointer, Props } from "../../src/json.ts";
import { segmentsOf } from "../../src/json.ts";
import { bundledFacts, bundledTypes } from "../../src/schema/bundled.ts";
import type { Facts, Shape } from "../../src/schema/facts.ts";
import { factsFromSchema } from "../../src/schema/from-schema.ts";
import { completeFacts } from "../../src/registry/complete.ts";
import { habitsOf } from "../../src/services/data/habits.ts";

const noted = bundledTypes().filter((type) => habitsOf(type) !== undefined);

/** Whether the members of a type have a place for a pointer. */
function leads({ members, definitions = {} }: Facts, pointer: Pointer): boolean {
  let shape: Shape | undefined = "any";
  let around = members;
  for (const segment of segmentsOf(pointer)) {
    if (around) shape = around.properties[segment];
    else if (typeof shape === "object" && "list" in shape) shape = segment === "*" ? shape.list : undefined;
    else if (typeof shape === "object" && "map" in shape) shape = shape.map;
    if (shape === undefined) return false;
    around = typeof shape === "object" && "ref" in shape ? definitions[shape.ref] : undefined;
  }
  return true;
}

describe("what is noted of how services treat values", () => {
  test("is noted of 50 types and more", () => expect(noted.length).toBeGreaterThan(50));

  test.each(noted)("speaks of places that %s has, in either source of facts", (type) => {
    const facts = bundledFacts(type) ?? {};
    const {
      onlyAtCreation = [],
      movedByAws = [],
      caseless = [],
      jsonTexts = [],
      unordered = [],
    } = habitsOf(type) ?? {};
    const all = [...onlyAtCreation, ...movedByAws, ...caseless, ...jsonTexts, ...unordered];
    expect(all.filter((pointer) => !leads(facts, pointer))).toEqual([]);
    const told = completeFacts(type, factsFromSchema({ typeName: type, properties: {} }));
    expect(told).toMatchObject(habitsOf(type) ?? {});
    expect(facts).toMatchObject(habitsOf(type) ?? {});
  });
});

const adopted = (type: string, live: Props, desired: Props): Plan =>
  planChange({ facts: bundledFacts(type) ?? {}, live, desired, adopt: true });
const settled = (type: string, live: Props, desired: Props): Plan =>
  planChange({ facts: bundledFacts(type) ?? {}, prior: { desired }, live, desired });

const filter = (Type: string, more: Props = {}): Props => ({ Type, InputStrength: "HIGH", ...more });
const index = (IndexName: string, more: Props = {}): Props => ({
  IndexName,
  KeySchema: [{ AttributeName: IndexName, KeyType: "HASH" }],
  ...more,
});
const rules: Json = [
  {
    Rules: [{ Resource: ["index/a/*", "index/b/*"], Permission: ["aoss:*"] }],
    Principal: ["arn:a", "arn:b"],
  },
];
const turnedRules: Json = [
  {
    Principal: ["arn:b", "arn:a"],
    Rules: [{ Permission: ["aoss:*"], Resource: ["index/b/*", "index/a/*"] }],
  },
];
const pretty = (value: Json): string => JSON.stringify(value, undefined, 2);

const needless: readonly (readonly [string, string, Props, Props])[] = [
  [
    "AWS::DMS::ReplicationInstance",
    "in lower case",
    { ReplicationInstanceIdentifier: "my-one" },
    { ReplicationInstanceIdentifier: "My-One" },
  ],
  [
    "AWS::DMS::Endpoint",
    "in lower case",
    { EndpointIdentifier: "my-end", EndpointType: "source" },
    { EndpointIdentifier: "My-End", EndpointType: "SOURCE" },
  ],
  [
    "AWS::DMS::ReplicationConfig",
    "spelt anew",
    { ReplicationConfigIdentifier: "r", TableMappings: pretty({ rules: [] }) },
    { ReplicationConfigIdentifier: "R", TableMappings: '{"rules":[]}' },
  ],
  [
    "AWS::DMS::ReplicationSubnetGroup",
    "in lower case",
    { ReplicationSubnetGroupIdentifier: "g" },
    { ReplicationSubnetGroupIdentifier: "G" },
  ],
  ["AWS::Neptune::DBCluster", "in lower case", { DBClusterIdentifier: "c" }, { DBClusterIdentifier: "C" }],
  [
    "AWS::Bedrock::Guardrail",
    "in another order and with defaults",
    {
      ContentPolicyConfig: {
        FiltersConfig: [filter("HATE", { InputAction: "BLOCK" }), filter("SEXUAL", { InputEnabled: true })],
      },
    },
    { ContentPolicyConfig: { FiltersConfig: [filter("SEXUAL"), filter("HATE")] } },
  ],
  [
    "AWS::DynamoDB::Table",
    "in another order and without defaults",
    {
      AttributeDefinitions: [
        { AttributeName: "b", AttributeType: "S" },
        { AttributeName: "a", AttributeType: "S" },
      ],
      GlobalSecondaryIndexes: [index("b", { WarmThroughput: { ReadUnitsPerSecond: 12000 } }), index("a")],
    },
    {
      AttributeDefinitions: [
        { AttributeName: "a", AttributeType: "S" },
        { AttributeName: "b", AttributeType: "S" },
      ],
      GlobalSecondaryIndexes: [index("a"), index("b")],
      BillingMode: "PROVISIONED",
      TableClass: "STANDARD",
      DeletionProtectionEnabled: false,
      SSESpecification: { SSEEnabled: false },
    },
  ],
  [
    "AWS::OpenSearchServerless::AccessPolicy",
    "spelt anew",
    { Policy: pretty(turnedRules) },
    { Policy: JSON.stringify(rules) },
  ],
  [
    "AWS::OpenSearchServerless::SecurityPolicy",
    "spelt anew",
    { Policy: pretty({ b: 1, a: 2 }) },
    { Policy: '{"a":2,"b":1}' },
  ],
  [
    "AWS::CloudWatch::Dashboard",
    "spelt anew",
    { DashboardBody: pretty({ widgets: [{ x: 1, y: 2 }] }) },
    { DashboardBody: '{"widgets":[{"y":2,"x":1}]}' },
  ],
  [
    "AWS::StepFunctions::StateMachine",
    "spelt anew",
    { DefinitionString: pretty({ StartAt: "A", States: {} }) },
    { DefinitionString: '{"States":{},"StartAt":"A"}' },
  ],
  [
    "AWS::Connect::ContactFlow",
    "spelt anew",
    { Content: pretty({ Version: "1" }) },
    { Content: '{"Version":"1"}' },
  ],
];

describe("an adoption sends no needless patch", () => {
  test.each(needless)("to %s, read %s", (type, _, live, desired) => {
    expect(adopted(type, live, desired).move).toBe("nothing");
    expect(settled(type, live, desired).move).toBe("nothing");
  });

  test.each<[string, Props, Props]>([
    ["AWS::DMS::Endpoint", { EndpointIdentifier: "a" }, { EndpointIdentifier: "b" }],
    [
      "AWS::Bedrock::Guardrail",
      { ContentPolicyConfig: { FiltersConfig: [filter("HATE")] } },
      { ContentPolicyConfig: { FiltersConfig: [filter("SEXUAL")] } },
    ],
    ["AWS::DynamoDB::Table", {}, { BillingMode: "PAY_PER_REQUEST" }],
    ["AWS::OpenSearchServerless::AccessPolicy", { Policy: "[]" }, { Policy: JSON.stringify(rules) }],
    [
      "AWS::CloudWatch::Dashboard",
      { DashboardBody: '{"widgets":[1,2]}' },
      { DashboardBody: '{"widgets":[2,1]}' },
    ],
    [
      "AWS::StepFunctions::StateMachine",
      { DefinitionString: '{"a":"x y"}' },
      { DefinitionString: '{"a":"xy"}' },
    ],
  ])("but a needed one to %s", (type, live, desired) => {
    expect(adopted(type, live, desired).move).toBe("update");
  });
});

describe("values that make something", () => {
  test.each<[string, string, Json]>([
    ["AWS::RDS::DBInstance", "DBSnapshotIdentifier", "s"],
    ["AWS::RDS::DBInstance", "RestoreTime", "2026-01-01T00:00:00Z"],
    ["AWS::RDS::DBInstance", "UseLatestRestorableTime", true],
    ["AWS::RDS::DBInstance", "SourceDbiResourceId", "db-A"],
    ["AWS::ElastiCache::ReplicationGroup", "AuthToken", "t"],
    ["AWS::ElastiCache::ReplicationGroup", "NodeGroupConfiguration", [{ Slots: "0-1" }]],
    ["AWS::DynamoDB::GlobalTable", "GlobalTableSourceArn", "arn:t"],
    ["AWS::SecretsManager::Secret", "GenerateSecretString", { PasswordLength: 30 }],
    ["AWS::RedshiftServerless::Workgroup", "SnapshotName", "s"],
    ["AWS::CloudFront::KeyValueStore", "ImportSource", { SourceType: "S3" }],
    ["AWS::ApiGateway::RestApi", "CloneFrom", "abc"],
    ["AWS::Neptune::DBCluster", "SnapshotIdentifier", "s"],
  ])("of %s are not sent again with a tag: %s", (type, name, value) => {
    const tagged = (Value: string): Props => ({ [name]: value, Tags: [{ Key: "a", Value }] });
    const plan = planChange({
      facts: bundledFacts(type) ?? {},
      prior: { desired: tagged("1"), live: { Tags: [{ Key: "a", Value: "1" }] } },
      live: { Tags: [{ Key: "a", Value: "1" }] },
      desired: tagged("2"),
    });
    expect(plan.move).toBe("update");
    expect(JSON.stringify(plan.move === "update" && plan.patch)).not.toContain(name);
    expect(adopted(type, {}, { [name]: value }).move).not.toBe("update");
  });
});

test.each<[string, Props, Props]>([
  ["AWS::ECS::Service", { DesiredCount: 5 }, { DesiredCount: 2 }],
  ["AWS::AutoScaling::AutoScalingGroup", { DesiredCapacity: "9" }, { DesiredCapacity: "1" }],
  [
    "AWS::DynamoDB::Table",
    { ProvisionedThroughput: { ReadCapacityUnits: 50, WriteCapacityUnits: 1 } },
    { ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 1 } },
  ],
  ["AWS::RDS::DBInstance", { AllocatedStorage: "50" }, { AllocatedStorage: "20" }],
  [
    "AWS::Lambda::Alias",
    { RoutingConfig: { AdditionalVersionWeights: [{ FunctionVersion: "2", FunctionWeight: 0.7 }] } },
    { RoutingConfig: { AdditionalVersionWeights: [{ FunctionVersion: "2", FunctionWeight: 0.1 }] } },
  ],
  [
    "AWS::EKS::Nodegroup",
    { ScalingConfig: { DesiredSize: 7, MinSize: 1 } },
    { ScalingConfig: { DesiredSize: 2, MinSize: 1 } },
  ],
  ["AWS::Kinesis::Stream", { ShardCount: 8 }, { ShardCount: 4 }],
  [
    "AWS::Cassandra::Table",
    { BillingMode: { Mode: "PROVISIONED", ProvisionedThroughput: { ReadCapacityUnits: 9 } } },
    { BillingMode: { Mode: "PROVISIONED", ProvisionedThroughput: { ReadCapacityUnits: 1 } } },
  ],
])("what AWS moves of %s is left where it is", (type, live, desired) => {
  expect(settled(type, live, desired)).toMatchObject({ move: "nothing", movedByAws: [expect.any(String)] });
  expect(adopted(type, live, desired).move).toBe("update");
});
