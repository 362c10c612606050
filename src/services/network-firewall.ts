import { by } from "./natural-key.ts";
import type { Notes } from "./note.ts";

/** https://docs.aws.amazon.com/network-firewall/latest/APIReference/ */
export const networkFirewall: Notes = {
  "AWS::NetworkFirewall::Firewall": { naturalKeys: [by("FirewallName")] },
  "AWS::NetworkFirewall::FirewallPolicy": { naturalKeys: [by("FirewallPolicyName")] },
  "AWS::NetworkFirewall::RuleGroup": { naturalKeys: [by("Type", "RuleGroupName")] },
  "AWS::NetworkFirewall::TLSInspectionConfiguration": { naturalKeys: [by("TLSInspectionConfigurationName")] },
};
