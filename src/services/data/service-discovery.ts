import { byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/cloud-map/latest/api/ */
export const serviceDiscovery: Notes = {
  "AWS::ServiceDiscovery::Service": { naturalKeys: [byKeys("NamespaceId", "Name")] },
};
