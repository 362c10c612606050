import { below, by } from "./natural-key.ts";
import type { Notes } from "./note.ts";

/** https://docs.aws.amazon.com/appsync/latest/APIReference/ */
export const appSync: Notes = {
  "AWS::AppSync::Api": { naturalKeys: [by("Name")] },
  "AWS::AppSync::ChannelNamespace": { naturalKeys: [below("ApiId", "Name")], listNeeds: ["ApiId"] },
  "AWS::AppSync::DataSource": { naturalKeys: [below("ApiId", "Name")], listNeeds: ["ApiId"] },
  "AWS::AppSync::FunctionConfiguration": { naturalKeys: [below("ApiId", "Name")], listNeeds: ["ApiId"] },
  "AWS::AppSync::GraphQLApi": { naturalKeys: [by("Name")] },
  "AWS::AppSync::Resolver": {
    naturalKeys: [below(["ApiId", "TypeName"], "FieldName")],
    listNeeds: ["ApiId", "TypeName"],
  },
};
