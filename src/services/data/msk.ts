import { byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/msk/1.0/apireference/ */
export const msk: Notes = {
  "AWS::MSK::Cluster": { naturalKeys: [byKeys("ClusterName")] },
  "AWS::MSK::Configuration": { naturalKeys: [byKeys("Name")] },
  "AWS::MSK::ServerlessCluster": { naturalKeys: [byKeys("ClusterName")] },
};
