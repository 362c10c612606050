import { belowParent, byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/global-accelerator/latest/api/ */
export const globalAccelerator: Notes = {
  "AWS::GlobalAccelerator::Accelerator": { naturalKeys: [byKeys("Name")] },
  // A listener has at most one in a region. ListEndpointGroups asks for the listener; the schema is silent on it.
  "AWS::GlobalAccelerator::EndpointGroup": {
    naturalKeys: [belowParent("ListenerArn", "ListenerArn", "EndpointGroupRegion")],
    listNeeds: ["ListenerArn"],
  },
  "AWS::GlobalAccelerator::Listener": { listNeeds: ["AcceleratorArn"] },
};
