import { randomUUID } from "node:crypto";
import { Refusal } from "../../cloud/refusal.ts";
import { type Reply, shapeOf } from "../../doors/door.ts";
import { escapeXml } from "../../doors/query.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html

const namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

/** A refusal of S3, with what its answer says besides. */
export class S3Refusal extends Refusal {
  readonly headers: Readonly<Record<string, string>>;
  readonly members: Readonly<Record<string, string>>;

  constructor(
    [code, status]: readonly [code: string, status: number],
    message: string,
    more: Partial<Pick<S3Refusal, "headers" | "members">> = {},
  ) {
    super(code, message, status);
    this.headers = more.headers ?? {};
    this.members = more.members ?? {};
  }
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** An answer in XML; texts in it are escaped already. */
export const xmlReply = (root: string, contents: string): Reply => ({
  status: 200,
  headers: { "content-type": "application/xml" },
  text: `${declaration}<${root} xmlns="${namespace}">${contents}</${root}>`,
});

export const emptyReply = (status: number, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers,
  text: "",
});

/** One element. */
export const element = (name: string, text: string | number | boolean): string =>
  `<${name}>${escapeXml(String(text))}</${name}>`;

/** Names that other services have and S3 has not. */
const names: Readonly<Record<string, string>> = { AccessDeniedException: "AccessDenied" };

/** Answers a refusal. */
export function refusalReply(refusal: Refusal): Reply {
  const shape = shapeOf(refusal);
  const { headers = {}, members = {} } = refusal instanceof S3Refusal ? refusal : {};
  if (refusal.status === 304) return emptyReply(304, headers);
  const parts = {
    Code: names[shape] ?? shape,
    Message: refusal.message,
    ...members,
    RequestId: randomUUID(),
  };
  const contents = Object.entries(parts).map(([name, text]) => element(name, text));
  return {
    status: refusal.status,
    headers: { "content-type": "application/xml", ...headers },
    text: `${declaration}<Error>${contents.join("")}</Error>`,
  };
}
