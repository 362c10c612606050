import { noList } from "./handlers.ts";
import { below, by } from "./natural-key.ts";
import type { Notes } from "./note.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/ */
export const stepFunctions: Notes = {
  "AWS::StepFunctions::Activity": { naturalKeys: [by("Name")] },
  // Its ARN follows from its name, and Cloud Control cannot list it.
  "AWS::StepFunctions::StateMachine": { registry: { handlers: noList } },
  "AWS::StepFunctions::StateMachineAlias": {
    naturalKeys: [below("StateMachineArn", "Name")],
    listNeeds: ["StateMachineArn"],
  },
  "AWS::StepFunctions::StateMachineVersion": { listNeeds: ["StateMachineArn"] },
};
