import { below, by } from "./natural-key.ts";
import type { Notes } from "./note.ts";

/** https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/ */
export const appConfig: Notes = {
  "AWS::AppConfig::Application": { naturalKeys: [by("Name")] },
  "AWS::AppConfig::ConfigurationProfile": {
    naturalKeys: [below("ApplicationId", "Name")],
    listNeeds: ["ApplicationId"],
  },
  "AWS::AppConfig::DeploymentStrategy": { naturalKeys: [by("Name")] },
  "AWS::AppConfig::Environment": {
    naturalKeys: [below("ApplicationId", "Name")],
    listNeeds: ["ApplicationId"],
  },
  "AWS::AppConfig::Extension": { naturalKeys: [by("Name")] },
};
