import type { Check, Json } from "await-aws";

/** Where types keep their tags; a type that has none of these has no tags here. */
const places = ["Tags", "HostedZoneTags", "FileSystemTags", "UserPoolTags", "BotTags", "ResourceTags"];

/** Types that a script can tag: what it makes of them must have these tags. */
const taggable =
  /^AWS::(S3::Bucket|DynamoDB::Table|Lambda::Function|SQS::Queue|SNS::Topic|RDS::DB\w+|EC2::(VPC|Subnet|Instance|Volume|SecurityGroup))$/;

/** Refuses what is made or changed without these tags. */
export const requireTags =
  (...keys: readonly string[]): Check =>
  ({ type, move, desired }) => {
    if (!taggable.test(type) || move === "delete" || move === "forget") return undefined;
    const there = new Set(places.flatMap((name) => keysOf(desired[name])));
    return keys.filter((key) => !there.has(key)).map((key) => `it has no tag ${key}`);
  };

/** The keys of a list of tags, or of a map. */
function keysOf(tags: Json | undefined): readonly string[] {
  if (Array.isArray(tags))
    return tags.map((tag: Json) =>
      typeof tag === "object" && tag && "Key" in tag ? String(tag["Key"]) : "",
    );
  return typeof tags === "object" && tags ? Object.keys(tags) : [];
}
