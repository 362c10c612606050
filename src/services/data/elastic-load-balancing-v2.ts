import { belowParent, byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/ */
export const elasticLoadBalancingV2: Notes = {
  "AWS::ElasticLoadBalancingV2::Listener": {
    naturalKeys: [belowParent("LoadBalancerArn", "Port")],
    listNeeds: ["LoadBalancerArn"],
  },
  // The rules of a listener are ranked: no two of them share a priority. The parent is write-only, so reads do not show it.
  "AWS::ElasticLoadBalancingV2::ListenerRule": {
    naturalKeys: [belowParent("ListenerArn", "Priority")],
    listNeeds: ["ListenerArn"],
  },
  "AWS::ElasticLoadBalancingV2::LoadBalancer": { naturalKeys: [byKeys("Name")] },
  "AWS::ElasticLoadBalancingV2::TargetGroup": { naturalKeys: [byKeys("Name")] },
  "AWS::ElasticLoadBalancingV2::TrustStore": { naturalKeys: [byKeys("Name")] },
};
