import { noList } from "./handlers.ts";
import { belowParent, byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/ */
export const stepFunctions: Notes = {
  "AWS::StepFunctions::Activity": { naturalKeys: [byKeys("Name")] },
  // Its ARN follows from its name, and Cloud Control cannot list it.
  "AWS::StepFunctions::StateMachine": { registry: { handlers: noList } },
  "AWS::StepFunctions::StateMachineAlias": {
    naturalKeys: [belowParent("StateMachineArn", "Name")],
    listNeeds: ["StateMachineArn"],
  },
  "AWS::StepFunctions::StateMachineVersion": { listNeeds: ["StateMachineArn"] },
};
