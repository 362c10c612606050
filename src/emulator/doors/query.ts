import { randomUUID } from "node:crypto";
import type { Refusal } from "../cloud/refusal.ts";
import { type Incoming, type Reply, shapeOf } from "./door.ts";

// AWS query protocol: a form in, XML out. https://smithy.io/2.0/aws/protocols/aws-query-protocol.html

/** The form that a request posts, or undefined where it posts none. */
export function formOf({ method, headers, text }: Incoming): Readonly<Record<string, string>> | undefined {
  const isForm = headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true;
  return method === "POST" && isForm ? Object.fromEntries(new URLSearchParams(text)) : undefined;
}

/** Answers an action. `result` is XML; texts in it are escaped already. */
export function answerOf(namespace: string, action: string, result: string): Reply {
  return xml(
    200,
    `<${action}Response xmlns="${namespace}"><${action}Result>${result}</${action}Result>` +
      `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`,
  );
}

/** Answers a refusal with its status. */
export function refusalOf(namespace: string, refusal: Refusal): Reply {
  return xml(
    refusal.status,
    `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>${escapeXml(shapeOf(refusal))}</Code>` +
      `<Message>${escapeXml(refusal.message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
  );
}

/** The text as it may stand between two tags. */
export const escapeXml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const xml = (status: number, text: string): Reply => ({
  status,
  headers: { "content-type": "text/xml" },
  text,
});
