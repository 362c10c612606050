import { belowParent, byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/aws-backup/latest/devguide/api-reference.html */
export const backup: Notes = {
  "AWS::Backup::BackupPlan": { naturalKeys: [byKeys("/BackupPlan/BackupPlanName")] },
  // ListBackupSelections asks for the plan; the schema is silent on it.
  "AWS::Backup::BackupSelection": {
    naturalKeys: [belowParent("BackupPlanId", "BackupPlanId", "/BackupSelection/SelectionName")],
    listNeeds: ["BackupPlanId"],
  },
  "AWS::Backup::Framework": { naturalKeys: [byKeys("FrameworkName")] },
  "AWS::Backup::ReportPlan": { naturalKeys: [byKeys("ReportPlanName")] },
};
