import { by, named } from "./natural-key.ts";
import type { Notes } from "./note.ts";

/** https://docs.aws.amazon.com/Route53/latest/APIReference/ */
export const route53: Notes = {
  "AWS::Route53::CidrCollection": { naturalKeys: [by("Name")] },
  // The console's name of a health check is its tag.
  "AWS::Route53::HealthCheck": { naturalKeys: [named()] },
  // A read shows the name with a dot at its end: the registry's propertyTransform says so.
  "AWS::Route53::HostedZone": { naturalKeys: [by("Name")] },
};
