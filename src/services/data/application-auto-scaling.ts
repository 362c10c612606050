import { belowParent } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/ */
export const applicationAutoScaling: Notes = {
  "AWS::ApplicationAutoScaling::ScalableTarget": { listNeeds: ["ServiceNamespace"] },
  "AWS::ApplicationAutoScaling::ScalingPolicy": {
    naturalKeys: [belowParent("ServiceNamespace", "ResourceId", "ScalableDimension", "PolicyName")],
    listNeeds: ["ServiceNamespace"],
  },
};
