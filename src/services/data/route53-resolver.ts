import { byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/Route53/latest/APIReference/ */
export const route53Resolver: Notes = {
  "AWS::Route53Resolver::FirewallDomainList": { naturalKeys: [byKeys("Name")] },
  "AWS::Route53Resolver::FirewallRuleGroup": { naturalKeys: [byKeys("Name")] },
  "AWS::Route53Resolver::FirewallRuleGroupAssociation": {
    naturalKeys: [byKeys("FirewallRuleGroupId", "VpcId")],
  },
  "AWS::Route53Resolver::ResolverEndpoint": { naturalKeys: [byKeys("Name")] },
  "AWS::Route53Resolver::ResolverQueryLoggingConfig": { naturalKeys: [byKeys("Name")] },
  "AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation": {
    naturalKeys: [byKeys("ResolverQueryLogConfigId", "ResourceId")],
  },
  "AWS::Route53Resolver::ResolverRule": { naturalKeys: [byKeys("Name")] },
  "AWS::Route53Resolver::ResolverRuleAssociation": { naturalKeys: [byKeys("ResolverRuleId", "VPCId")] },
};
