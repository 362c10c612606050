import { by } from "./natural-key.ts";
import type { Notes } from "./note.ts";

/** https://docs.aws.amazon.com/Route53/latest/APIReference/ */
export const route53Resolver: Notes = {
  "AWS::Route53Resolver::FirewallDomainList": { naturalKeys: [by("Name")] },
  "AWS::Route53Resolver::FirewallRuleGroup": { naturalKeys: [by("Name")] },
  "AWS::Route53Resolver::FirewallRuleGroupAssociation": { naturalKeys: [by("FirewallRuleGroupId", "VpcId")] },
  "AWS::Route53Resolver::ResolverEndpoint": { naturalKeys: [by("Name")] },
  "AWS::Route53Resolver::ResolverQueryLoggingConfig": { naturalKeys: [by("Name")] },
  "AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation": {
    naturalKeys: [by("ResolverQueryLogConfigId", "ResourceId")],
  },
  "AWS::Route53Resolver::ResolverRule": { naturalKeys: [by("Name")] },
  "AWS::Route53Resolver::ResolverRuleAssociation": { naturalKeys: [by("ResolverRuleId", "VPCId")] },
};
