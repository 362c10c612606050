import { below, by } from "./natural-key.ts";
import type { Notes } from "./note.ts";

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/ */
export const elasticLoadBalancingV2: Notes = {
  "AWS::ElasticLoadBalancingV2::Listener": {
    naturalKeys: [below("LoadBalancerArn", "Port")],
    listNeeds: ["LoadBalancerArn"],
  },
  // The rules of a listener are ranked: no two of them share a priority. The parent is write-only, so reads do not show it.
  "AWS::ElasticLoadBalancingV2::ListenerRule": {
    naturalKeys: [below("ListenerArn", "Priority")],
    listNeeds: ["ListenerArn"],
  },
  "AWS::ElasticLoadBalancingV2::LoadBalancer": { naturalKeys: [by("Name")] },
  "AWS::ElasticLoadBalancingV2::TargetGroup": { naturalKeys: [by("Name")] },
  "AWS::ElasticLoadBalancingV2::TrustStore": { naturalKeys: [by("Name")] },
};
