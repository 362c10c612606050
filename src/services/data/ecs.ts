import { noList } from "./handlers.ts";
import { belowParent } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ */
export const ecs: Notes = {
  // A cluster has one service of a name; the list may show those of other clusters too.
  "AWS::ECS::Service": { naturalKeys: [belowParent("Cluster", "Cluster", "ServiceName")] },
  "AWS::ECS::TaskSet": { registry: { handlers: noList } },
};
