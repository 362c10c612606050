import { below, named } from "./natural-key.ts";
import type { Notes } from "./note.ts";

/** https://docs.aws.amazon.com/efs/latest/ug/api-reference.html */
export const efs: Notes = {
  "AWS::EFS::AccessPoint": { naturalKeys: [named("FileSystemId")] },
  "AWS::EFS::FileSystem": { naturalKeys: [named()] },
  // A file system has at most one mount target in a subnet.
  "AWS::EFS::MountTarget": { naturalKeys: [below("FileSystemId", "SubnetId")], listNeeds: ["FileSystemId"] },
};
