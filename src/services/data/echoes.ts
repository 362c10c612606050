import type { Facts } from "../../schema/facts.ts";

type Echoes = Pick<Facts, "echoes" | "pairs">;

const searches: Echoes = {
  // `Description` fails its own pattern when empty: cdk-real-drift #265, awscc #1030.
  echoes: [{ at: "/Description", value: "" }],
  // Both are read back, one is taken: roadmap #2537, awscc #3243.
  pairs: [["SearchString", "SearchStringBase64"]],
};

const described: Echoes = { echoes: [{ at: "/Description", value: "" }] };

const matches: Echoes = {
  // cdk-real-drift #481: an empty list is refused, and read back where there is none.
  echoes: [
    { at: "/Match/HttpMatch/HeaderMatches", value: [] },
    { at: "/Match/HttpMatch/HeaderMatches", value: {} },
  ],
};

const clients = "/AuthorizerConfiguration/CustomJWTAuthorizer";

/** What services read back and refuse to be told, and no schema says so. */
const known: Readonly<Record<string, Echoes>> = {
  "AWS::WAFv2::IPSet": described,
  "AWS::WAFv2::RegexPatternSet": described,
  "AWS::WAFv2::RuleGroup": searches,
  "AWS::WAFv2::WebACL": searches,
  // cdk-real-drift #266: "MaxCapacity cannot be set with WorkerType or NumberOfWorkers".
  "AWS::Glue::Job": {
    pairs: [
      ["WorkerType", "MaxCapacity"],
      ["NumberOfWorkers", "MaxCapacity"],
      ["WorkerType", "AllocatedCapacity"],
      ["MaxCapacity", "AllocatedCapacity"],
    ],
  },
  // The same for transforms: https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateMLTransform.html
  "AWS::Glue::MLTransform": {
    pairs: [
      ["WorkerType", "MaxCapacity"],
      ["NumberOfWorkers", "MaxCapacity"],
    ],
  },
  "AWS::VpcLattice::Rule": matches,
  // cdk-real-drift #667: "Stage DeploymentId cannot be set with AutoDeploy".
  "AWS::ApiGatewayV2::Stage": { echoes: [{ at: "/DeploymentId", when: "/AutoDeploy" }] },
  // roadmap #2528: lists with minItems 1 come back empty.
  "AWS::BedrockAgentCore::Gateway": {
    echoes: ["AllowedAudience", "AllowedClients", "AllowedScopes", "CustomClaims"].map((name) => ({
      at: `${clients}/${name}`,
      value: [],
    })),
  },
  // cdk-real-drift #650: `{}` where nothing is set, refused for its missing Destination.
  "AWS::Lambda::EventInvokeConfig": {
    echoes: [
      { at: "/DestinationConfig/OnSuccess", value: {} },
      { at: "/DestinationConfig/OnFailure", value: {} },
      { at: "/DestinationConfig", value: {} },
    ],
  },
  // awscc #2969: an empty WordsConfig.
  "AWS::Bedrock::Guardrail": {
    echoes: [
      { at: "/WordPolicyConfig/WordsConfig", value: [] },
      { at: "/WordPolicyConfig/ManagedWordListsConfig", value: [] },
      { at: "/WordPolicyConfig", value: {} },
    ],
  },
};

/** What the service of a type reads back and refuses. */
export const echoesOf = (type: string): Echoes => (Object.hasOwn(known, type) ? (known[type] ?? {}) : {});
