import { belowParent, byNameTag } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/efs/latest/ug/api-reference.html */
export const efs: Notes = {
  "AWS::EFS::AccessPoint": { naturalKeys: [byNameTag("FileSystemId")] },
  "AWS::EFS::FileSystem": { naturalKeys: [byNameTag()] },
  // A file system has at most one mount target in a subnet.
  "AWS::EFS::MountTarget": {
    naturalKeys: [belowParent("FileSystemId", "SubnetId")],
    listNeeds: ["FileSystemId"],
  },
};
