/** Whose cloud a request is about, and where. */
export interface Realm {
  readonly account: string;
  readonly region: string;
}

// Credential=<access key>/<date>/<region>/<service>/aws4_request:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
const scope = /\bCredential=([^/,\s]+)\/\d{8}\/([a-z0-9-]+)\/[a-z0-9-]+\/aws4_request/;

/**
 * Reads the realm out of a signature: the region of its scope, and the account whose number the access key is. Other
 * keys are of the account that the emulator is told, and a signature without a scope is of its region.
 */
export function realmIn(authorization: string | undefined, otherwise: Realm): Realm {
  const [, key = "", region = otherwise.region] = scope.exec(authorization ?? "") ?? [];
  return { account: /^\d{12}$/.test(key) ? key : otherwise.account, region };
}

/** Tells whether a request is signed for S3: its paths are names that users choose. */
export const isForS3 = (authorization: string | undefined): boolean =>
  /\bCredential=[^,\s]+\/s3\/aws4_request/.test(authorization ?? "");

// Their resources are seen from every region of an account.
const global = /^AWS::(?:IAM|CloudFront|Route53|Organizations|GlobalAccelerator)::/;

/** Tells whether resources of a type belong to the account as a whole. */
export const isGlobal = (type: string): boolean => global.test(type);
