import { belowParent, byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/ */
export const ses: Notes = {
  "AWS::SES::ConfigurationSetEventDestination": {
    naturalKeys: [belowParent("ConfigurationSetName", "/EventDestination/Name")],
    listNeeds: ["ConfigurationSetName"],
  },
  "AWS::SES::MailManagerAddressList": { naturalKeys: [byKeys("AddressListName")] },
  "AWS::SES::MailManagerArchive": { naturalKeys: [byKeys("ArchiveName")] },
  "AWS::SES::MailManagerIngressPoint": { naturalKeys: [byKeys("IngressPointName")] },
  "AWS::SES::MailManagerRelay": { naturalKeys: [byKeys("RelayName")] },
  "AWS::SES::MailManagerRuleSet": { naturalKeys: [byKeys("RuleSetName")] },
  "AWS::SES::MailManagerTrafficPolicy": { naturalKeys: [byKeys("TrafficPolicyName")] },
  "AWS::SES::Template": { naturalKeys: [byKeys("/Template/TemplateName")] },
};
