import { byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/**
 * What the registry's schemas of these types (DescribeType, us-east-1, August 2026) say and the specification does
 * not, and what tells one resource of a type from another.
 */
export const secretsManager: Notes = {
  // A secret has at most one policy, one rotation and one attachment.
  "AWS::SecretsManager::ResourcePolicy": { naturalKeys: [byKeys("SecretId")] },
  "AWS::SecretsManager::RotationSchedule": { naturalKeys: [byKeys("SecretId")] },
  "AWS::SecretsManager::Secret": {
    naturalKeys: [byKeys("Name")],
    registry: { writeOnly: ["/GenerateSecretString", "/SecretString"] },
  },
  "AWS::SecretsManager::SecretTargetAttachment": { naturalKeys: [byKeys("SecretId")] },
};
