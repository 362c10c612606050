import { belowParent, byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/appsync/latest/APIReference/ */
export const appSync: Notes = {
  "AWS::AppSync::Api": { naturalKeys: [byKeys("Name")] },
  "AWS::AppSync::ChannelNamespace": { naturalKeys: [belowParent("ApiId", "Name")], listNeeds: ["ApiId"] },
  "AWS::AppSync::DataSource": { naturalKeys: [belowParent("ApiId", "Name")], listNeeds: ["ApiId"] },
  "AWS::AppSync::FunctionConfiguration": {
    naturalKeys: [belowParent("ApiId", "Name")],
    listNeeds: ["ApiId"],
  },
  "AWS::AppSync::GraphQLApi": { naturalKeys: [byKeys("Name")] },
  "AWS::AppSync::Resolver": {
    naturalKeys: [belowParent(["ApiId", "TypeName"], "FieldName")],
    listNeeds: ["ApiId", "TypeName"],
  },
};
