import { belowParent, byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/glue/latest/webapi/ */
export const glue: Notes = {
  "AWS::Glue::Blueprint": { naturalKeys: [byKeys("Name")] },
  "AWS::Glue::Catalog": { naturalKeys: [byKeys("Name")] },
  "AWS::Glue::Integration": { naturalKeys: [byKeys("IntegrationName")] },
  "AWS::Glue::Registry": { naturalKeys: [byKeys("Name")] },
  // A name is unique in its registry alone.
  "AWS::Glue::Schema": { naturalKeys: [byKeys("/Registry/Name", "Name"), byKeys("/Registry/Arn", "Name")] },
  "AWS::Glue::UserDefinedFunction": {
    naturalKeys: [belowParent("DatabaseName", "FunctionName")],
    listNeeds: ["DatabaseName"],
  },
};
