import { byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/network-firewall/latest/APIReference/ */
export const networkFirewall: Notes = {
  "AWS::NetworkFirewall::Firewall": { naturalKeys: [byKeys("FirewallName")] },
  "AWS::NetworkFirewall::FirewallPolicy": { naturalKeys: [byKeys("FirewallPolicyName")] },
  "AWS::NetworkFirewall::RuleGroup": { naturalKeys: [byKeys("Type", "RuleGroupName")] },
  "AWS::NetworkFirewall::TLSInspectionConfiguration": {
    naturalKeys: [byKeys("TLSInspectionConfigurationName")],
  },
};
