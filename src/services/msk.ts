import { by } from "./natural-key.ts";
import type { Notes } from "./note.ts";

/** https://docs.aws.amazon.com/msk/1.0/apireference/ */
export const msk: Notes = {
  "AWS::MSK::Cluster": { naturalKeys: [by("ClusterName")] },
  "AWS::MSK::Configuration": { naturalKeys: [by("Name")] },
  "AWS::MSK::ServerlessCluster": { naturalKeys: [by("ClusterName")] },
};
