import { byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/acm/latest/APIReference/ */
export const certificateManager: Notes = {
  // Several certificates may stand for one domain: then the search is ambiguous and says so.
  "AWS::CertificateManager::Certificate": { naturalKeys: [byKeys("DomainName")] },
};
