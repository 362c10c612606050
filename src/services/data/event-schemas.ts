import { belowParent, byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/eventbridge/latest/schema-reference/ */
export const eventSchemas: Notes = {
  "AWS::EventSchemas::Registry": { naturalKeys: [byKeys("RegistryName")] },
  "AWS::EventSchemas::Schema": {
    naturalKeys: [belowParent("RegistryName", "SchemaName")],
    listNeeds: ["RegistryName"],
  },
};
