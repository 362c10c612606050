import { randomUUID } from "node:crypto";
import { XMLParser } from "fast-xml-parser";
import { type Json, type Props, isList, isProps } from "../../../json.ts";
import { Refusal } from "../../cloud/refusal.ts";
import { type Reply, shapeOf } from "../../doors/door.ts";
import { escapeXml } from "../../doors/query.ts";

// restXml: https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html
const namespace = "https://route53.amazonaws.com/doc/2013-04-01/";

const lists = new Set(["Change", "ResourceRecord"]);
const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: false,
  isArray: (name) => lists.has(name),
});

/** Reads a request's XML, whose root element is `root`. Every value is text. */
export function bodyOf(text: string, root: string): Props {
  try {
    const document: unknown = parser.parse(text);
    const body = isProps(document) ? document[root] : undefined;
    if (isProps(body)) return body;
  } catch {
    // Said below: to the service it is all the same why it cannot be read.
  }
  throw new Refusal("InvalidInput", `Invalid XML ; the request holds no ${root}`);
}

/** Writes an answer: members in order, lists by the name of their items. */
export function answer(status: number, root: string, members: Props): Reply {
  return {
    status,
    headers: { "content-type": "text/xml" },
    text: `<?xml version="1.0"?>\n<${root} xmlns="${namespace}">${elements(members)}</${root}>`,
  };
}

/** What the items of a list are called. */
const itemNames: Readonly<Record<string, string>> = {
  HostedZones: "HostedZone",
  ResourceRecordSets: "ResourceRecordSet",
  ResourceRecords: "ResourceRecord",
};

function elements(members: Props): string {
  return Object.entries(members)
    .map(([name, value]) => `<${name}>${contents(name, value)}</${name}>`)
    .join("");
}

function contents(name: string, value: Json): string {
  if (isProps(value)) return elements(value);
  if (!isList(value)) return escapeXml(String(value));
  const item = itemNames[name] ?? "member";
  return value.map((one) => `<${item}>${contents(item, one)}</${item}>`).join("");
}

/** Answers a refusal; what a batch is refused for comes message by message. */
export function refusalReply(refusal: Refusal): Reply {
  const code = shapeOf(refusal);
  return answer(refusal.status, "ErrorResponse", {
    Error: { Type: "Sender", Code: code, Message: refusal.message },
    RequestId: randomUUID(),
  });
}
