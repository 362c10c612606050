// await-aws deploy deploy.ts --check examples/checks/policy.ts
// Checks are plain functions: copy what you need, and change it.
import { noDeletionIn } from "./deletion.ts";
import { noOpenSecurityGroup } from "./open-security-group.ts";
import { noPublicBucket } from "./public-bucket.ts";
import { requireTags } from "./tags.ts";
import { noUnencryptedVolume } from "./unencrypted-volume.ts";

export default [
  noPublicBucket,
  noOpenSecurityGroup,
  noUnencryptedVolume,
  requireTags("team"),
  noDeletionIn("prod"),
];
