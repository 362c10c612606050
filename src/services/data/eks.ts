import { belowParent } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/eks/latest/APIReference/ */
export const eks: Notes = {
  "AWS::EKS::Capability": {
    naturalKeys: [belowParent("ClusterName", "CapabilityName")],
    listNeeds: ["ClusterName"],
  },
  "AWS::EKS::Nodegroup": {
    naturalKeys: [belowParent("ClusterName", "NodegroupName")],
    listNeeds: ["ClusterName"],
  },
  // A service account has at most one role.
  "AWS::EKS::PodIdentityAssociation": {
    naturalKeys: [belowParent("ClusterName", "Namespace", "ServiceAccount")],
    listNeeds: ["ClusterName"],
  },
};
