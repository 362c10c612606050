import { belowParent, byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/ */
export const appConfig: Notes = {
  "AWS::AppConfig::Application": { naturalKeys: [byKeys("Name")] },
  "AWS::AppConfig::ConfigurationProfile": {
    naturalKeys: [belowParent("ApplicationId", "Name")],
    listNeeds: ["ApplicationId"],
  },
  "AWS::AppConfig::DeploymentStrategy": { naturalKeys: [byKeys("Name")] },
  "AWS::AppConfig::Environment": {
    naturalKeys: [belowParent("ApplicationId", "Name")],
    listNeeds: ["ApplicationId"],
  },
  "AWS::AppConfig::Extension": { naturalKeys: [byKeys("Name")] },
};
