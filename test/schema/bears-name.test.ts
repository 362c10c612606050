import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bearsName, isNamedAnew, nameWithin, namesBorne } from "../../src/schema/bears-name.ts";
import { bundledFacts, bundledTypes } from "../../src/schema/bundled.ts";
import { isServerNamed } from "../../src/schema/identifier.ts";

const arn = "arn:aws:x:us-east-1:123456789012";

describe("an identifier that AWS makes", () => {
  test.each([
    ["AWS::SQS::Queue", "https://sqs.us-east-1.amazonaws.com/123456789012/jobs", "jobs"],
    ["AWS::SNS::Topic", `${arn}:news`, "news"],
    ["AWS::StepFunctions::StateMachine", `${arn}:stateMachine:flow`, "flow"],
    ["AWS::IAM::ManagedPolicy", "arn:aws:iam::123456789012:policy/team/reader", "reader"],
    ["AWS::Batch::JobQueue", `${arn}:job-queue/fast`, "fast"],
    ["AWS::Lambda::Alias", `${arn}:function:f:live`, "live"],
    ["AWS::ECS::Service", `${arn}:service/web/shop|${arn}:cluster/web`, "shop"],
    ["AWS::Example::ThirdParty", `${arn}:thing/mine`, "mine"],
  ])("of %s bears the name in %s", (type, identifier, name) => {
    expect(bearsName(bundledFacts(type) ?? { type }, identifier, ["other", name])).toBe(true);
    expect(bearsName(bundledFacts(type) ?? { type }, identifier, ["other", `my${name}`, "s"])).toBe(false);
  });

  test.each([
    ["AWS::EC2::VPC", "vpc-0a1b2c3d", ["10.0.0.0/16", "default"]],
    ["AWS::SecretsManager::Secret", `${arn}:secret:token-AbCdEf`, ["token"]],
    ["AWS::ElasticLoadBalancingV2::LoadBalancer", `${arn}:loadbalancer/app/web/50dc6c495c0c9188`, ["web"]],
    ["AWS::SNS::Subscription", `${arn}:news:5a6b-7c`, [`${arn}:news`, "sqs"]],
    ["AWS::ApiGatewayV2::Route", "a1b2c3|xyz", ["a1b2c3", "GET /"]],
    ["AWS::SQS::Queue", "https://sqs.us-east-1.amazonaws.com/123456789012/old-jobs", ["jobs", ""]],
  ])("of %s does not where it ends in a word of AWS's own: %s", (type, identifier, stated) => {
    expect(bearsName(bundledFacts(type) ?? { type }, identifier, stated)).toBe(false);
  });
});

test("the names that many identifiers bear are those that each of them bears", () => {
  const segment = fc.stringMatching(/^[a-c:/|]{0,3}$/);
  const identifier = fc.array(segment, { minLength: 1, maxLength: 5 }).map((all) => all.join("/"));
  const facts = { type: "AWS::Example::ThirdParty" };
  fc.assert(
    fc.property(fc.array(identifier, { maxLength: 4 }), segment, (identifiers, name) => {
      const each = identifiers.some((one) => bearsName(facts, one, [name]));
      expect(namesBorne(facts, identifiers).has(name)).toBe(each);
      const ends = identifiers.some((one) => endsIn(one, name));
      expect(each).toBe(ends);
    }),
    { numRuns: 2_000 },
  );
});

/** Whether a text is the last segment, or the last few; one that begins with what parts segments, where it stands. */
function endsIn(whole: string, name: string): boolean {
  if (name === "" || !whole.endsWith(name)) return false;
  const before = whole.charAt(whole.length - name.length - 1);
  return [":", "/", "|", ""].includes(before) || name.startsWith(":") || name.startsWith("/");
}

test("every type that is known to be named so is named by AWS, of one property that its user may set", () => {
  const named = bundledTypes().filter((type) => bundledFacts(type)?.namedBy !== undefined);
  expect(named.length).toBeGreaterThanOrEqual(75);
  for (const type of named) {
    const facts = bundledFacts(type) ?? {};
    const name = facts.namedBy ?? "";
    expect([type, isServerNamed(facts), facts.primaryIdentifier?.length]).toEqual([type, true, 1]);
    expect(facts.readOnly).not.toContain(`/${name}`);
    expect([type, nameWithin(facts, { [name]: "n" }), isNamedAnew(facts, { [name]: "n" })]).toEqual([
      type,
      "n",
      false,
    ]);
    expect([type, nameWithin(facts, {}), isNamedAnew(facts, {})]).toEqual([type, undefined, true]);
  }
  expect(named).toEqual(
    expect.arrayContaining(["AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::StepFunctions::StateMachine"]),
  );
});
