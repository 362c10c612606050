import type { Check, Json } from "await-aws";

const blocks = ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"];

/** Refuses a bucket that anybody may read: without its four blocks of public access, or by its policy. */
export const noPublicBucket: Check = ({ type, move, desired }) => {
  if (move === "delete" || move === "forget") return undefined;
  if (type === "AWS::S3::BucketPolicy")
    return isForAll(desired["PolicyDocument"]) && "its policy lets everybody in";
  // S3 blocks public access to a new bucket that says nothing of it.
  const given = desired["PublicAccessBlockConfiguration"];
  if (type !== "AWS::S3::Bucket" || given === undefined) return undefined;
  const isBlocked = blocks.every((name) => String(memberOf(given, name)) === "true");
  return !isBlocked && `it lets the public in: set ${blocks.join(", ")}`;
};

function isForAll(policy: Json | undefined): boolean {
  const statements = [memberOf(policy, "Statement") ?? []].flat();
  return statements.some((statement: Json) => {
    const who = memberOf(statement, "Principal");
    const isEverybody = [who, memberOf(who, "AWS")].flat().includes("*");
    return memberOf(statement, "Effect") === "Allow" && isEverybody && !memberOf(statement, "Condition");
  });
}

const memberOf = (value: Json | undefined, name: string): Json | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? new Map<string, Json>(Object.entries(value)).get(name)
    : undefined;
