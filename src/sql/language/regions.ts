import { ResourceError } from "../../errors.ts";
import { nearest } from "../../nearest.ts";

// https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html, and those of the other partitions.
const regions = (
  "af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 " +
  "ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 " +
  "eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 " +
  "me-south-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2 cn-north-1 cn-northwest-1 us-gov-east-1 " +
  "us-gov-west-1 eusc-de-east-1 us-iso-east-1 us-iso-west-1 us-isob-east-1 us-isob-west-1 eu-isoe-west-1 " +
  "us-isof-south-1 us-isof-east-1"
).split(" ");

/** Refuses a region that there is not, which would be no more than a host that does not answer. `own` is the caller's. */
export function requireRegion(region: string, own: string | undefined): void {
  if (region === own || regions.includes(region)) return;
  const near = nearest(region, regions);
  throw new ResourceError("VALIDATION", `there is no region ${JSON.stringify(region)}`, {
    advice: `${near === undefined ? "" : `Did you mean ${near}? `}One that is newer than this version is asked where it is the caller's own: set AWS_REGION.`,
  });
}
