import { below, by } from "./natural-key.ts";
import type { Notes } from "./note.ts";

/** https://docs.aws.amazon.com/eventbridge/latest/schema-reference/ */
export const eventSchemas: Notes = {
  "AWS::EventSchemas::Registry": { naturalKeys: [by("RegistryName")] },
  "AWS::EventSchemas::Schema": {
    naturalKeys: [below("RegistryName", "SchemaName")],
    listNeeds: ["RegistryName"],
  },
};
