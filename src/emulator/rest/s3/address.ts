import type { Incoming } from "../../doors/door.ts";

/** What a request is about. */
export interface Address {
  /** Empty for the service itself. */
  readonly bucket: string;
  /** Empty for the bucket itself. */
  readonly key: string;
}

/**
 * The bucket stands in the host's name (`state.localhost`) or first in the path:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export function addressIn({ headers: { host = "" }, path }: Incoming): Address {
  const [, hosted] = /^(.+)\.localhost(?::\d+)?$/i.exec(host) ?? [];
  const rest = path.slice(1);
  if (hosted !== undefined) return { bucket: hosted, key: decodeURIComponent(rest) };
  const end = rest.indexOf("/");
  const [bucket, key] = end < 0 ? [rest, ""] : [rest.slice(0, end), rest.slice(end + 1)];
  return { bucket: decodeURIComponent(bucket), key: decodeURIComponent(key) };
}
