import { below, by } from "./natural-key.ts";
import type { Notes } from "./note.ts";

/** https://docs.aws.amazon.com/glue/latest/webapi/ */
export const glue: Notes = {
  "AWS::Glue::Blueprint": { naturalKeys: [by("Name")] },
  "AWS::Glue::Catalog": { naturalKeys: [by("Name")] },
  "AWS::Glue::Integration": { naturalKeys: [by("IntegrationName")] },
  "AWS::Glue::Registry": { naturalKeys: [by("Name")] },
  // A name is unique in its registry alone.
  "AWS::Glue::Schema": { naturalKeys: [by("/Registry/Name", "Name"), by("/Registry/Arn", "Name")] },
  "AWS::Glue::UserDefinedFunction": {
    naturalKeys: [below("DatabaseName", "FunctionName")],
    listNeeds: ["DatabaseName"],
  },
};
