import { below, by } from "./natural-key.ts";
import type { Notes } from "./note.ts";

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/ */
export const ses: Notes = {
  "AWS::SES::ConfigurationSetEventDestination": {
    naturalKeys: [below("ConfigurationSetName", "/EventDestination/Name")],
    listNeeds: ["ConfigurationSetName"],
  },
  "AWS::SES::MailManagerAddressList": { naturalKeys: [by("AddressListName")] },
  "AWS::SES::MailManagerArchive": { naturalKeys: [by("ArchiveName")] },
  "AWS::SES::MailManagerIngressPoint": { naturalKeys: [by("IngressPointName")] },
  "AWS::SES::MailManagerRelay": { naturalKeys: [by("RelayName")] },
  "AWS::SES::MailManagerRuleSet": { naturalKeys: [by("RuleSetName")] },
  "AWS::SES::MailManagerTrafficPolicy": { naturalKeys: [by("TrafficPolicyName")] },
  "AWS::SES::Template": { naturalKeys: [by("/Template/TemplateName")] },
};
