import { belowParent } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/waf/latest/APIReference/ */
export const wafv2: Notes = {
  "AWS::WAFv2::IPSet": { naturalKeys: [belowParent("Scope", "Name")], listNeeds: ["Scope"] },
  "AWS::WAFv2::RegexPatternSet": { naturalKeys: [belowParent("Scope", "Name")], listNeeds: ["Scope"] },
  "AWS::WAFv2::RuleGroup": { naturalKeys: [belowParent("Scope", "Name")], listNeeds: ["Scope"] },
  "AWS::WAFv2::WebACL": { naturalKeys: [belowParent("Scope", "Name")], listNeeds: ["Scope"] },
};
