import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import { refusedPlacesIn } from "../../../src/resource/moves/refused-paths.ts";
import { changeOf, cloud } from "../../support/run.ts";

const live = {
  Name: "x",
  Code: { S3Key: "x" },
  MaxCapacity: 2,
  AllocatedCapacity: 2,
  WorkerType: "G.1X",
  GuardrailPolicies: ["", "b"],
  Description: "",
  DefaultAction: { Allow: {} },
  Rules: [
    { Name: "one", Statement: { ByteMatchStatement: { SearchString: "a", SearchStringBase64: "YQ==" } } },
    { Name: "two", Statement: { ByteMatchStatement: { SearchString: "b" } } },
  ],
  Match: { HttpMatch: { HeaderMatches: [], PathMatch: { Match: { Exact: "/" } } } },
  DestinationConfig: { OnSuccess: {}, OnFailure: {} },
};

/** The words as services write them, and what they name. */
const words: readonly (readonly [string, readonly string[]])[] = [
  [
    "Model validation failed (#/Description: failed validation constraint for keyword [pattern])",
    ["/Description"],
  ],
  [
    "Model validation failed (#/GuardrailPolicies/0: failed validation constraint for keyword [pattern])",
    ["/GuardrailPolicies/0"],
  ],
  [
    "Model validation failed (#/DestinationConfig/OnSuccess: required key [Destination] not found\n#/DestinationConfig/OnFailure: required key [Destination] not found)",
    ["/DestinationConfig/OnSuccess", "/DestinationConfig/OnFailure"],
  ],
  [
    "Model validation failed (#/Rules/0/Statement: #: only 1 subschema matches out of 2)",
    ["/Rules/0/Statement"],
  ],
  ["Properties validation failed: #: extraneous key [MaxCapacity] is not permitted", ["/MaxCapacity"]],
  ["#/DefaultAction: extraneous key [Allow] is not permitted", ["/DefaultAction/Allow"]],
  [
    "The value at /properties/Match/HttpMatch/HeaderMatches is not allowed",
    ["/Match/HttpMatch/HeaderMatches"],
  ],
  ["Invalid value for Match.HttpMatch.HeaderMatches: must not be empty", ["/Match/HttpMatch/HeaderMatches"]],
  [
    "Rules[1].Statement is not valid (Service: Wafv2, Status Code: 400, Request ID: 1-2)",
    ["/Rules/1/Statement"],
  ],
  [
    "MaxCapacity cannot be specified (Service: Lambda, Status Code: 400, Request ID: Name) (SDK Attempt Count: 1)",
    ["/MaxCapacity"],
  ],
  ["Rules.1.Name is not valid", ["/Rules/1/Name"]],
  [
    "1 validation error detected: Value 'Name' at 'rules.1.member.statement.byteMatchStatement.searchString' failed to satisfy constraint: Member must not be null",
    ["/Rules/0/Statement/ByteMatchStatement/SearchString"],
  ],
  ["1 validation error detected: Value at 'Rules.member.2.Name' is too long", ["/Rules/1/Name"]],
  ["Invalid parameter at $.Match.HttpMatch.PathMatch", ["/Match/HttpMatch/PathMatch"]],
  [
    "1 validation error detected: Value '' at 'description' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\\w+=:#@/\\-,.][\\w+=:#@/\\-,.\\s]+[\\w+=:#@/\\-,.]$",
    ["/Description"],
  ],
  ["Please do not set Max Capacity.", ["/MaxCapacity"]],
  ["The parameter `maxCapacity` is not valid here", ["/MaxCapacity"]],
  ["Please set only Allocated Capacity or Max Capacity.", ["/MaxCapacity", "/AllocatedCapacity"]],
  ["HeaderMatches must not be empty", ["/Match/HttpMatch/HeaderMatches"]],
  ["Parameter 'Exact' is not valid", ["/Match/HttpMatch/PathMatch/Match/Exact"]],
  ["SearchStringBase64 is not supported", ["/Rules/0/Statement/ByteMatchStatement/SearchStringBase64"]],
  ["Exact times are not valid", []],
  ["Something went wrong", []],
  ["See docs.aws.amazon.com/waf and arn:aws:iam::aws:policy/Nothing", []],
];

describe("the words of a refusal", () => {
  test.each(words)("name their places: %s", (text, places) => {
    expect(refusedPlacesIn(text, { live, desired: {} })).toEqual(places);
  });

  test("name what the script states as well, so that it is known to be wrong itself", () => {
    const models = { live: {}, desired: { Rules: [{ Name: "x" }] } };
    expect(refusedPlacesIn("Rules[0].Name is not valid", models)).toEqual(["/Rules/0/Name"]);
  });
});

const queue = (more: object) => () => AWS.SQS.Queue("jobs", { QueueName: "jobs", ...more });

/** A service whose handler ends its updates so, as long as a value of its own stays. */
const endingIn = (code: string, message: string) =>
  cloud({
    faults: ({ api, body }) =>
      api === "UpdateResource" &&
      !/"op":"remove","path":"\/MaximumMessageSize"/.test(JSON.stringify(body).replaceAll("\\", ""))
        ? { failWith: { code, message } }
        : undefined,
  });

async function update(code: string, message: string): Promise<Awaited<ReturnType<typeof changeOf>>> {
  const { deploy, emulator } = await endingIn(code, message);
  await deploy(queue({ DelaySeconds: 1 }));
  const [made] = emulator.resources();
  emulator.change("AWS::SQS::Queue", made?.Identifier ?? "", (now) => ({ ...now, MaximumMessageSize: 2048 }));
  return changeOf(await deploy(queue({ DelaySeconds: 2 })), "jobs");
}

describe("a handler that passes on what its service says of a value", () => {
  test.each([
    [
      "InvalidRequest",
      "Invalid request provided: MaximumMessageSize (Service: Sqs, Status Code: 400, Request ID: x)",
    ],
    ["GeneralServiceException", "Please do not set Maximum Message Size if using something else."],
    [
      "InternalFailure",
      "1 validation error detected: Value '2048' at 'maximumMessageSize' failed to satisfy constraint",
    ],
    ["Unauthorized", "Attribute MaximumMessageSize is not supported for this queue"],
    ["AccessDenied", "Parameter MaximumMessageSize is not valid"],
    ["SomethingNew", "Model validation failed (#/MaximumMessageSize: expected maximum: 1)"],
  ])("is heard whatever its code: %s", async (code, message) => {
    expect(await update(code, message)).toMatchObject({ move: "update" });
  });

  test.each([
    [
      "AccessDenied",
      "User: x is not authorized to perform: sqs:SetQueueAttributes, MaximumMessageSize must be allowed by a policy",
    ],
    ["GeneralServiceException", "MaximumMessageSize: the service is out of order"],
    ["NotStabilized", "MaximumMessageSize is not valid"],
  ])("is no cause to take anything out where the words are of something else: %s", async (code, message) => {
    expect((await update(code, message)).error?.message).toContain("MaximumMessageSize");
  });
});
